//! Plain text: the first line is the title, below it the paragraphs.
//!
//! Paragraphs are lines; where lines are wrapped, blank lines part them. A line `More from <Source>` opens a block of
//! teasers for other articles of that source, each after a line `-`: a title line, then a summary line.

use super::entry::{Content, Entry, Origin, Slugged};
use super::facts::Facts;
use super::name::FileName;
use super::problem::{Fault, Position};
use super::slug::slug;
use crate::article::{Block, Head, Kind, Rich};

/// The article in `text` and the briefs that came with it.
pub fn parse(name: &FileName, text: &str) -> Content {
    match read(name, text) {
        Ok(entries) => Content { entries, ..Content::default() },
        Err(faults) => Content { faults, ..Content::default() },
    }
}

fn read(name: &FileName, text: &str) -> Result<Vec<Entry>, Vec<Fault>> {
    if text.trim().is_empty() {
        let remedy = "write a title on its first line, then the text, or delete it";
        return Err(vec![Fault::error(Position::START, "the file is empty", remedy)]);
    }
    let mut lines = text.lines().map(str::trim).enumerate().map(|(index, line)| (index as u32 + 1, line));
    let mut faults = Vec::new();
    let title = lines.next().map_or("", |(_, line)| line);
    if title.is_empty() {
        faults.push(Fault::error(Position::START, "no title", "write the title on the first line"));
    }
    let lines: Vec<(u32, &str)> = lines.collect();
    let more = teasers_at(&lines);
    let (body, teasers) = lines.split_at(more.unwrap_or(lines.len()));
    let body = paragraphs(body);
    if body.is_empty() && !title.is_empty() {
        let remedy = "write the text below the title, a paragraph a line";
        faults.push(Fault::error(Position::START, "a title without a text", remedy));
    }
    let source = teasers.first().and_then(|(_, line)| line.strip_prefix("More from ")).map(str::to_owned);
    let teasers = read_teasers(teasers.get(1..).unwrap_or(&[]), &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let blocks = body.into_iter().map(|text| Block::Paragraph(Rich::from(text))).collect();
    let facts = Facts { head: Head { title: title.to_owned(), source, ..Head::default() }, ..Facts::default() };
    let origin = Origin { name, at: Position::START, slugged: Slugged::Derived, slug_by_name: false };
    let main = Entry::complete(facts, blocks, &origin).map_err(|fault| vec![fault])?;
    let briefs = teasers.into_iter().enumerate().map(|(index, (line, title, summary))| {
        let id = format!("{}#{}", name.identity, index + 1);
        let mut brief = main.clone();
        let head = &main.article.head;
        brief.article.head = Head {
            slug: slug(title),
            id: id.clone(),
            kind: Kind::Brief,
            title: title.to_owned(),
            source: head.source.clone(),
            language: head.language.clone(),
            ..Head::default()
        };
        brief.article.body = vec![Block::Paragraph(Rich::from(summary.to_owned()))];
        brief.at = Position { line, column: 1 };
        brief.dated = super::entry::Dated::Unknown;
        brief.identity = id;
        brief.came_with = Some(index as u32 + 1);
        brief
    });
    let briefs: Vec<Entry> = briefs.collect();
    Ok([main].into_iter().chain(briefs).collect())
}

/// Where the teasers begin. Only a dash right after it makes a line their heading; an article may well say
/// "More from …" in its text.
fn teasers_at(lines: &[(u32, &str)]) -> Option<usize> {
    let mut next = "";
    let mut at = None;
    for (index, (_, line)) in lines.iter().enumerate().rev() {
        if line.starts_with("More from ") && next == "-" {
            at = Some(index);
        }
        if !line.is_empty() {
            next = line;
        }
    }
    at
}

/// Characters of a line of wrapped text at most.
const WRAPPED: usize = 120;

/// A paragraph a line, or, where lines are wrapped and blank ones part them, a paragraph a group of lines.
fn paragraphs(lines: &[(u32, &str)]) -> Vec<String> {
    let lines = lines.iter().map(|(_, line)| *line);
    let groups: Vec<Vec<&str>> = {
        let mut groups = vec![Vec::new()];
        for line in lines {
            if !line.is_empty() {
                groups.last_mut().expect("there is always one").push(line);
            } else if !groups.last().expect("there is always one").is_empty() {
                groups.push(Vec::new());
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    };
    let wrapped = groups.len() > 1
        && groups.iter().any(|group| group.len() > 1)
        && groups.iter().flatten().all(|line| line.chars().count() <= WRAPPED);
    if wrapped {
        groups.into_iter().map(|group| group.join(" ")).collect()
    } else {
        groups.into_iter().flatten().map(str::to_owned).collect()
    }
}

/// Lines, titles and summaries.
fn read_teasers<'t>(lines: &[(u32, &'t str)], faults: &mut Vec<Fault>) -> Vec<(u32, &'t str, &'t str)> {
    let at = |line: u32| Position { line, column: 1 };
    let mut teasers = Vec::new();
    let written: Vec<(u32, &str)> = lines.iter().filter(|(_, line)| !line.is_empty()).copied().collect();
    for teaser in written.split(|(_, line)| *line == "-").skip(1) {
        match teaser {
            [] => {}
            [(line, title), (_, summary)] => teasers.push((*line, *title, *summary)),
            [(line, _)] => {
                let remedy = "write its summary on the next line, or delete it";
                faults.push(Fault::error(at(*line), "a teaser without a summary", remedy));
            }
            [_, _, (line, _), ..] => {
                let what = "a teaser of more than a title and a summary";
                faults.push(Fault::error(at(*line), what, "put a line with only - between teasers"));
            }
        }
    }
    if let Some((line, "-")) = written.last() {
        let remedy = "write a title and a summary below it, or delete it";
        faults.push(Fault::error(at(*line), "a dash without a teaser", remedy));
    }
    teasers
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn entries(text: &str) -> Vec<Entry> {
        let content = parse(&FileName::of(Path::new("a.txt")), text);
        assert_eq!(content.faults, []);
        content.entries
    }

    #[test]
    fn an_article_and_its_briefs() {
        let entries = entries("T\nOne.\n\nTwo.\nMore from Here\n-\nB\nSummary.\n-\nC\nOther.\n");
        let facts = entries.iter().map(|entry| {
            let Head { title, kind, source, .. } = &entry.article.head;
            (&**title, *kind, source.as_deref(), entry.came_with, entry.article.body.len())
        });
        let expected = [
            ("T", Kind::Article, Some("Here"), None, 2),
            ("B", Kind::Brief, Some("Here"), Some(1), 1),
            ("C", Kind::Brief, Some("Here"), Some(2), 1),
        ];
        assert!(facts.eq(expected));
    }

    #[test]
    fn more_from_in_the_text_is_text() {
        let entries = entries("T\nMore from the meeting tomorrow.\nText.\n");
        assert_eq!((entries.len(), entries[0].article.body.len()), (1, 2));
    }

    #[test]
    fn paragraphs_are_lines_or_groups_of_wrapped_lines() {
        let check = |text: &str, expected: &[&str]| {
            let lines: Vec<_> = text.lines().map(|line| (1, line)).collect();
            assert_eq!(paragraphs(&lines), expected, "{text:?}");
        };
        check("One.\nTwo.", &["One.", "Two."]);
        check("One.\n\nTwo.\n\n\nThree.", &["One.", "Two.", "Three."]);
        check("One\nand more.\n\nTwo.", &["One and more.", "Two."]);
        let long = "word ".repeat(40);
        check(&format!("{long}\nTwo.\n\nThree."), &[&*long, "Two.", "Three."]);
    }
}
