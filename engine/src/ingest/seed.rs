//! The plain text format: the first line is the title, each further line a paragraph. A line `More from <Source>` opens
//! a block of teasers for other articles of that source, each after a line `-`: a title line, then a summary line.

use std::sync::LazyLock;

use regex::Regex;

use super::language;
use super::slug::slug;
use crate::article::{Article, Block, Date, Head, Kind, Rich};

/// A line number, from 1; what is wrong; what to do.
pub type Fault = (usize, &'static str, &'static str);

/// The article in `text` and the briefs that came with it.
pub fn parse(name: &str, text: &str) -> Result<Vec<Article>, Vec<Fault>> {
    if text.trim().is_empty() {
        return Err(vec![(1, "the file is empty", "write a title on its first line, then the text, or delete it")]);
    }
    let mut lines = text.lines().map(str::trim).enumerate().map(|(index, line)| (index + 1, line));
    let mut faults = Vec::new();
    let title = lines.next().map_or("", |(_, line)| line);
    if title.is_empty() {
        faults.push((1, "no title", "write the title on the first line"));
    }
    let mut paragraphs = Vec::new();
    let mut teasers = None;
    let lines: Vec<(usize, &str)> = lines.collect();
    for (index, (_, line)) in lines.iter().enumerate() {
        // Only a dash right after it makes this line a heading; an article may well say "More from …" in its text.
        if let Some(source) = line.strip_prefix("More from ")
            && lines[index + 1..].iter().find(|(_, line)| !line.is_empty()).is_some_and(|(_, line)| *line == "-")
        {
            teasers = Some((source, &lines[index + 1..]));
            break;
        }
        if !line.is_empty() {
            paragraphs.push(*line);
        }
    }
    if paragraphs.is_empty() && !title.is_empty() {
        faults.push((1, "a title without a text", "write the text below the title, a paragraph a line"));
    }

    let (source, teasers) = match teasers {
        Some((source, lines)) => (Some(source.to_owned()), read_teasers(lines, &mut faults)),
        None => (None, Vec::new()),
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let language = language::detect(text).map(str::to_owned);
    let head = |title: &str, id: String, kind| Head {
        language: language.clone(),
        slug: slug(title),
        id,
        kind,
        title: title.to_owned(),
        source: source.clone(),
        ..Head::default()
    };
    let main = Article {
        head: Head { date: first_date(&paragraphs), ..head(title, name.to_owned(), Kind::Article) },
        body: paragraphs.iter().map(|line| Block::Paragraph(Rich::from(line.to_string()))).collect(),
    };
    let briefs = teasers.into_iter().enumerate().map(|(index, (title, summary))| Article {
        head: Head {
            came_with: Some(main.head.slug.clone()),
            ..head(title, format!("{name}#{}", index + 1), Kind::Brief)
        },
        body: vec![Block::Paragraph(Rich::from(summary.to_owned()))],
    });
    Ok([main.clone()].into_iter().chain(briefs).collect())
}

/// Titles and summaries.
fn read_teasers<'t>(lines: &[(usize, &'t str)], faults: &mut Vec<Fault>) -> Vec<(&'t str, &'t str)> {
    let mut teasers = Vec::new();
    let written: Vec<(usize, &str)> = lines.iter().filter(|(_, line)| !line.is_empty()).copied().collect();
    for teaser in written.split(|(_, line)| *line == "-").skip(1) {
        match teaser {
            [] => {}
            [(_, title), (_, summary)] => teasers.push((*title, *summary)),
            [(line, _)] => {
                faults.push((*line, "a teaser without a summary", "write its summary on the next line, or delete it"))
            }
            [_, _, (line, _), ..] => faults.push((
                *line,
                "a teaser of more than a title and a summary",
                "put a line with only - between teasers",
            )),
        }
    }
    if let Some((line, _)) = written.last()
        && written.last().is_some_and(|(_, text)| *text == "-")
    {
        faults.push((*line, "a dash without a teaser", "write a title and a summary below it, or delete it"));
    }
    teasers
}

/// How many opening paragraphs are searched for the article's date.
const OPENING: usize = 3;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first full date in the opening paragraphs: `14 March 2019`, `March 14, 2019` or `2019-03-14`.
fn first_date(paragraphs: &[&str]) -> Option<Date> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        let months = MONTHS.join("|");
        Regex::new(&format!(
            r"(?i)\b(?:(?<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?<m1>{months}),?\s+(?<y1>\d{{4}})|(?<m2>{months})\s+(?<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?<y2>\d{{4}})|(?<y3>\d{{4}})-(?<m3>\d\d)-(?<d3>\d\d))\b"
        ))
        .expect("the pattern is fixed")
    });
    paragraphs.iter().take(OPENING).flat_map(|text| DATE.captures_iter(text)).find_map(|found| {
        let part = |names: [&str; 3]| names.iter().find_map(|name| found.name(name)).map(|part| part.as_str());
        let month = part(["m1", "m2", "m3"])?;
        let month = MONTHS
            .iter()
            .position(|name| name.eq_ignore_ascii_case(month))
            .map(|index| index as u8 + 1)
            .or_else(|| month.parse().ok())?;
        Date::day(part(["y1", "y2", "y3"])?.parse().ok()?, month, part(["d1", "d2", "d3"])?.parse().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_full_date_of_the_opening() {
        let check = |text: &str, expected| assert_eq!(first_date(&[text]), expected, "{text}");
        check("said on 14 March 2019, as", Date::day(2019, 3, 14));
        check("On March 3rd, 2020 and 4 May 2021", Date::day(2020, 3, 3));
        check("from 2019-03-14 on", Date::day(2019, 3, 14));
        check("on 31 February 2019", None);
        check("in March 2019", None);
    }

    #[test]
    fn an_article_and_its_briefs() {
        let articles = parse("a", "T\nOne.\n\nTwo.\nMore from Here\n-\nB\nSummary.\n-\nC\nOther.\n").unwrap();
        let facts: Vec<_> = articles
            .iter()
            .map(|a| (&*a.head.title, a.head.kind, a.head.source.as_deref(), a.head.came_with.as_deref(), a.body.len()))
            .collect();
        assert_eq!(
            facts,
            [
                ("T", Kind::Article, Some("Here"), None, 2),
                ("B", Kind::Brief, Some("Here"), Some("t"), 1),
                ("C", Kind::Brief, Some("Here"), Some("t"), 1),
            ]
        );
    }

    #[test]
    fn more_from_in_the_text_is_text() {
        let articles = parse("a", "T\nMore from the meeting tomorrow.\nText.\n").unwrap();
        assert_eq!((articles.len(), articles[0].body.len()), (1, 2));
    }
}
