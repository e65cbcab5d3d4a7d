//! JSON Lines: one article a line, an object with at least a title and a text.

use std::collections::HashSet;

use xxhash_rust::xxh64::xxh64;

use super::entry::{Content, Entry, Origin, Slugged, places};
use super::facts::{self, Body};
use super::html::{self, Dom, TooMuch};
use super::left_out::LeftOut;
use super::markdown;
use super::name::FileName;
use super::problem::{Fault, Position, Severity};
use super::value::{Kind, json};
use crate::article::{Block, Rich};

/// Bytes of a line at most.
pub const LONGEST_LINE: usize = 16 << 20;

/// Reads the article in a line.
pub fn parse(name: &FileName, number: u32, line: &str, content: &mut Content) {
    match read(name, number, line, content) {
        Ok(Some(entry)) => content.entries.push(entry),
        Ok(None) => content.drafts += 1,
        Err(fault) => content.faults.push(fault),
    }
}

fn read(name: &FileName, number: u32, line: &str, content: &mut Content) -> Result<Option<Entry>, Fault> {
    let value = json::parse(line, number)?;
    let at = Position { line: number, column: 1 };
    let Kind::Map(map) = value.kind else {
        let remedy = "write one object a line, with at least \"title\" and \"text\"";
        return Err(Fault::error(at, "a line that is no object", remedy));
    };
    let mut facts = facts::read(&map, Severity::Error);
    if facts.draft {
        return Ok(None);
    }
    content.faults.append(&mut facts.faults);
    if facts.head.title.is_empty() {
        return Err(Fault::error(at, "an article without a title", "give \"title\" the article's title"));
    }
    let mut body = match facts.body.take() {
        Some(body) => {
            blocks(body, &mut content.left_out).map_err(|much| Fault::error(at, much.what(), much.remedy()))?
        }
        None if facts.head.summary.is_some() => Vec::new(),
        None => {
            let what = "an article without a text";
            return Err(Fault::error(at, what, "give \"text\", \"markdown\" or \"html\" the article's text"));
        }
    };
    if facts.head.id.is_empty() {
        facts.head.id = facts.head.url.clone().unwrap_or_default();
    }
    let references = places(&mut body).into_iter().map(|place| (place, at)).collect();
    // Lines come and go and have no names, so what tells an article from others is what it says of itself.
    let identity = match &*facts.head.id {
        "" => format!("{:016x}", xxh64(line.as_bytes(), 0)),
        id => id.to_owned(),
    };
    let stated = facts.head.id.clone();
    let origin = Origin { name: &unnamed(name), at, slugged: Slugged::Identified, slug_by_name: false };
    let mut entry = Entry::complete(facts, body, &origin)?;
    entry.article.head.id = stated;
    entry.references = references;
    entry.identity = identity;
    Ok(Some(entry))
}

/// The name of the file says nothing about its lines.
fn unnamed(name: &FileName) -> FileName {
    FileName { identity: name.identity.clone(), ..FileName::default() }
}

fn blocks(body: Body, left_out: &mut LeftOut) -> Result<Vec<Block<String>>, TooMuch> {
    match body {
        Body::Text(text) => {
            Ok(paragraphs(&text).into_iter().map(|text| Block::Paragraph(Rich::from(text.to_owned()))).collect())
        }
        Body::Markdown(text) => markdown::blocks(&text, left_out),
        Body::Html(text) => {
            let dom = Dom::parse(&text)?;
            Ok(html::blocks(&dom, dom.body(), HashSet::new(), left_out))
        }
    }
}

/// The paragraphs of a text in which blank lines part them.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.push(text[start..at].trim());
            start = at + line.len();
        }
        at += line.len();
    }
    paragraphs.push(text[start..].trim());
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Date;

    fn check(line: &str) -> Content {
        let mut content = Content::default();
        parse(&FileName::default(), 1, line, &mut content);
        content
    }

    #[test]
    fn a_line_is_an_article() {
        let content = check(
            r#"{"id": 7, "title": "T", "date": "2019-03", "source": null, "lang": "en", "tags": ["a"], "text": "One.\n\nTwo\nlines."}"#,
        );
        let article = &content.entries[0].article;
        assert_eq!((&*article.head.id, article.head.date), ("7", Date::month(2019, 3)));
        let body: Vec<_> = ["One.", "Two\nlines."].map(|text| Block::Paragraph(Rich::from(text.to_owned()))).into();
        assert_eq!(article.body, body);
    }

    #[test]
    fn a_bad_line_says_where_and_why() {
        let check = |line: &str, expected: &str| {
            let fault = &check(line).faults[0];
            assert_eq!(format!("{}:{}: {}", fault.at.line, fault.at.column, fault.what), expected);
        };
        check(r#"{"title": "T", }"#, "1:16: not JSON: trailing comma");
        check(r#"{"title": "T"}"#, "1:1: an article without a text");
        check(r#"{"text": "T"}"#, "1:1: an article without a title");
        check("[1]", "1:1: a line that is no object");
        check(
            r#"{"title": "T", "date": "Mrach 14", "text": "x"}"#,
            r#"1:1: a date like 2019-03-14 was expected, not "Mrach 14""#,
        );
    }
}
