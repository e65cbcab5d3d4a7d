//! What a build read and what it left out, for the publisher.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::entry::Dated;
use super::left_out::LeftOut;
use super::problem::{Problem, Severity};

/// Everything that a publisher may want to know of a build. Nothing is dropped without a number here:
/// `files` + `lines` = `articles` + `briefs` - `teasers` + `drafts` + `lists` + `failed`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Files of one article each.
    pub files: u32,
    /// Lines of files of one article a line.
    pub lines: u32,
    /// Bytes of all these files, unpacked.
    pub bytes: u64,
    pub articles: u32,
    /// Titles with a summary.
    pub briefs: u32,
    /// Those of the briefs that came with an article.
    pub teasers: u32,
    /// Not to be published yet, and left out.
    pub drafts: u32,
    /// Pages of a site that list others, and are left out.
    pub lists: u32,
    /// Files and lines that no article could be made of.
    pub failed: u32,
    pub words: u64,
    /// Articles by language; `unknown` where it can't be told.
    pub languages: BTreeMap<String, u32>,
    /// Articles by where their date comes from.
    pub dates: BTreeMap<Dated, u32>,
    /// Articles whose text is that of another one.
    pub duplicates: Vec<Duplicate>,
    /// Links to other articles of the corpus.
    pub links: u64,
    pub broken_links: u64,
    pub pictures: u64,
    pub picture_bytes: u64,
    pub left_out: LeftOut,
    /// Files of other formats, by the end of their names.
    pub other_files: BTreeMap<String, u32>,
    /// The articles of the most words.
    pub largest: Vec<Large>,
    pub problems: Vec<Problem>,
}

/// An article and the one that it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    pub article: String,
    pub of: String,
}

/// A long article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Large {
    pub words: u64,
    pub article: String,
}

/// Lines of one kind that the text of the report has at most; the JSON has all.
const SHOWN: usize = 20;

impl Report {
    /// The same as JSON, for programs.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report is plain data")
    }

    /// How many problems there are of a kind.
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut row = |name: &str, said: String| if said.is_empty() { Ok(()) } else { writeln!(f, "{name:<12}{said}") };
        let mut read = Vec::new();
        if self.files > 0 || self.lines == 0 {
            read.push(counted(self.files, "file", "files"));
        }
        if self.lines > 0 {
            read.push(counted(self.lines, "line", "lines"));
        }
        row("read", format!("{}, {}", read.join(" and "), bytes(self.bytes)))?;
        let mut made = vec![counted(self.articles, "article", "articles")];
        if self.briefs > 0 {
            made.push(counted(self.briefs, "brief", "briefs"));
        }
        row("made", format!("{} of {} words", made.join(" and "), grouped(self.words)))?;
        let mut not = Vec::new();
        for (count, one, many) in [
            (self.drafts, "draft", "drafts"),
            (self.lists, "page that lists others", "pages that list others"),
            (self.failed, "file or line in error", "files or lines in error"),
        ] {
            if count > 0 {
                not.push(counted(count, one, many));
            }
        }
        row("not made", not.join(", "))?;
        let mut languages: Vec<_> = self.languages.iter().collect();
        languages.sort_by_key(|(tag, count)| (std::cmp::Reverse(**count), *tag));
        row("languages", list(languages.iter().map(|(tag, count)| format!("{tag} {}", grouped(u64::from(**count))))))?;
        let dates = self.dates.iter().map(|(source, count)| {
            let source = match source {
                Dated::Stated => "stated",
                Dated::Name => "from the file's name",
                Dated::Text => "from the text",
                Dated::Unknown => "unknown",
            };
            format!("{} {source}", grouped(u64::from(*count)))
        });
        row("dates", list(dates))?;
        let links = if self.links + self.broken_links == 0 {
            String::new()
        } else {
            format!("{} between articles, {} broken", grouped(self.links), grouped(self.broken_links))
        };
        row("links", links)?;
        let pictures = if self.pictures == 0 {
            String::new()
        } else {
            format!("{}, {}", grouped(self.pictures), bytes(self.picture_bytes))
        };
        row("pictures", pictures)?;
        let mut kinds: Vec<_> = self.left_out.0.iter().collect();
        kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), *kind));
        row("left out", list(kinds.iter().map(|(kind, count)| format!("{} × {kind}", grouped(**count)))))?;
        let others = self.other_files.iter().map(|(end, count)| format!("{} × {end}", grouped(u64::from(*count))));
        row("not read", list(others))?;
        row(
            "longest",
            list(
                self.largest.iter().take(5).map(|large| format!("{} ({} words)", large.article, grouped(large.words))),
            ),
        )?;
        if !self.duplicates.is_empty() {
            writeln!(
                f,
                "{:<12}{} with the text of another one",
                "copies",
                counted(self.duplicates.len() as u32, "article", "articles")
            )?;
            for duplicate in self.duplicates.iter().take(5) {
                writeln!(f, "            {} = {}", duplicate.article, duplicate.of)?;
            }
            more(f, self.duplicates.len(), 5)?;
        }
        let (errors, warnings) = (self.count(Severity::Error), self.count(Severity::Warning));
        if errors + warnings > 0 {
            writeln!(
                f,
                "{:<12}{}, {}",
                "problems",
                counted(errors as u32, "error", "errors"),
                counted(warnings as u32, "warning", "warnings")
            )?;
        }
        for problem in self.problems.iter().take(SHOWN) {
            writeln!(f, "  {problem}")?;
        }
        more(f, self.problems.len(), SHOWN)
    }
}

fn more(f: &mut fmt::Formatter, all: usize, shown: usize) -> fmt::Result {
    if all > shown { writeln!(f, "  and {} more in build-report.json", grouped((all - shown) as u64)) } else { Ok(()) }
}

/// As many items as a reader takes in.
fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let shown = items[..items.len().min(SHOWN)].join(", ");
    if items.len() > SHOWN { format!("{shown} and {} more", items.len() - SHOWN) } else { shown }
}

fn counted(count: u32, one: &str, many: &str) -> String {
    format!("{} {}", grouped(u64::from(count)), if count == 1 { one } else { many })
}

fn bytes(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} bytes", grouped(bytes)),
        10_000..10_000_000 => format!("{} kB", grouped(bytes / 1000)),
        _ => format!("{} MB", grouped(bytes / 1_000_000)),
    }
}

/// `number` with a comma after every third digit.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_by_people() {
        let mut report =
            Report { files: 3, bytes: 12_345, articles: 1, briefs: 1, drafts: 1, words: 1234, ..Report::default() };
        report.languages.insert("en".into(), 2);
        report.dates.insert(Dated::Text, 2);
        report.left_out.add("<script>");
        let expected = "\
read        3 files, 12 kB
made        1 article and 1 brief of 1,234 words
not made    1 draft
languages   en 2
dates       2 from the text
left out    1 × <script>
";
        assert_eq!(report.to_string(), expected);
    }
}
