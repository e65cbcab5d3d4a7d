//! JSON Lines: one article a line, an object with at least a title and a text.

use serde::Deserialize;

use super::slug::{identified, slug};
use super::{date, language};
use crate::article::{Article, Block, Head, Rich};

/// Bytes of a line at most.
pub const LONGEST_LINE: usize = 16 << 20;

/// The article in one line.
pub fn parse(line: &str) -> Result<Article, Fault> {
    let line: Line = serde_json::from_str(line).map_err(|error| Fault {
        column: error.column(),
        what: format!("not an article in JSON: {}", reason(&error)),
        remedy: "write one object a line, with at least \"title\" and \"text\"",
    })?;
    let fault = |what: String, remedy| Fault { column: 1, what, remedy };
    let title = line.title.trim();
    if title.is_empty() {
        return Err(fault("an article without a title".into(), "give \"title\" the article's title"));
    }
    let day = |written: &Option<String>, key: &str| match written.as_deref().filter(|date| !date.trim().is_empty()) {
        None => Ok(None),
        Some(written) => date::parse(written).map(Some).ok_or_else(|| {
            fault(format!("{key} is {written:?}"), "write dates as 2019-03-14, 2019-03 or 2019, or null where unknown")
        }),
    };
    let paragraphs = paragraphs(&line.text);
    let id = line.id.map(Id::into_text).or_else(|| line.url.clone());
    let base = slug(title);
    let head = Head {
        slug: identified(&base, id.as_deref().unwrap_or(&line.text)),
        id: id.unwrap_or_default(),
        title: title.to_owned(),
        subtitle: said(line.subtitle),
        authors: line.authors.into_list(),
        date: day(&line.date, "\"date\"")?,
        updated: day(&line.updated, "\"updated\"")?,
        source: said(line.source),
        section: said(line.section),
        tags: line.tags.into_list(),
        language: said(line.language).or_else(|| language::detect(&line.text).map(str::to_owned)),
        summary: said(line.summary),
        url: said(line.url),
        ..Head::default()
    };
    let body = paragraphs.into_iter().map(|text| Block::Paragraph(Rich::from(text.to_owned()))).collect();
    Ok(Article { head, body })
}

/// Where in the line, what is wrong, what to do.
#[derive(Debug)]
pub struct Fault {
    /// In bytes, from 1.
    pub column: usize,
    pub what: String,
    pub remedy: &'static str,
}

#[derive(Deserialize)]
struct Line {
    id: Option<Id>,
    title: String,
    subtitle: Option<String>,
    #[serde(default, alias = "author")]
    authors: OneOrMany,
    date: Option<String>,
    updated: Option<String>,
    source: Option<String>,
    section: Option<String>,
    #[serde(default)]
    tags: OneOrMany,
    #[serde(alias = "lang")]
    language: Option<String>,
    summary: Option<String>,
    url: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

impl Id {
    fn into_text(self) -> String {
        match self {
            Id::Text(text) => text,
            Id::Number(number) => number.to_string(),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    None(()),
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> OneOrMany {
        OneOrMany::None(())
    }
}

impl OneOrMany {
    fn into_list(self) -> Vec<String> {
        let list = match self {
            OneOrMany::None(()) => Vec::new(),
            OneOrMany::One(text) => vec![text],
            OneOrMany::Many(list) => list,
        };
        list.into_iter().filter_map(|text| said(Some(text))).collect()
    }
}

/// A value that says something.
fn said(value: Option<String>) -> Option<String> {
    value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The paragraphs of a text in which blank lines part them.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut paragraphs = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len();
        let mut next = rest.len();
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim().is_empty() && at > 0 {
                (end, next) = (at, at + line.len());
                break;
            }
            at += line.len();
        }
        let paragraph = rest[..end].trim();
        if !paragraph.is_empty() {
            paragraphs.push(paragraph);
        }
        rest = &rest[next..];
    }
    paragraphs
}

/// serde_json's words without the place, which is told apart from them.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.as_str(), |(reason, _)| reason).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Date;

    #[test]
    fn a_line_is_an_article() {
        let article = parse(
            r#"{"id": 7, "title": "T", "date": "2019-03", "source": null, "lang": "en", "tags": ["a"], "text": "One.\n\nTwo\nlines."}"#,
        )
        .unwrap();
        assert_eq!((&*article.head.id, article.head.date), ("7", Date::month(2019, 3)));
        let body: Vec<_> = ["One.", "Two\nlines."].map(|text| Block::Paragraph(Rich::from(text.to_owned()))).into();
        assert_eq!(article.body, body);
    }

    #[test]
    fn a_bad_line_says_where_and_why() {
        let check = |line: &str, expected: &str| {
            let fault = parse(line).unwrap_err();
            assert_eq!(format!("{}: {}", fault.column, fault.what), expected);
        };
        check(r#"{"title": "T", }"#, "16: not an article in JSON: trailing comma");
        check(r#"{"title": "T"}"#, "14: not an article in JSON: missing field `text`");
        check(r#"{"title": "T", "date": "Mrach 14", "text": "x"}"#, r#"1: "date" is "Mrach 14""#);
    }
}
