//! Markdown with front matter, as Hugo, Jekyll, Zola, Eleventy and Astro write it.
//!
//! The text becomes HTML and goes through the same gate as a page does, so HTML inside Markdown is nothing special.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, html::push_html};

use super::entry::{Content, Entry, Origin, Slugged, located, places};
use super::facts;
use super::html::{self, Dom};
use super::left_out::LeftOut;
use super::name::FileName;
use super::problem::{Fault, Position, Severity};
use super::shortcode;
use super::value::{Map, toml, yaml};
use crate::article::Block;

/// Bytes of front matter at most.
const LONGEST_FRONT: usize = 256 << 10;

/// The article in a file.
pub fn parse(name: &FileName, text: &str) -> Content {
    // Hugo's lists of other pages.
    if name.identity.rsplit('/').next().is_some_and(|last| last.starts_with("_index")) {
        return Content { lists: 1, ..Content::default() };
    }
    Content::of_one(|content| read(name, text, content))
}

/// `None` for a draft.
fn read(name: &FileName, text: &str, content: &mut Content) -> Result<Option<Entry>, Fault> {
    let (map, body) = front_matter(text)?;
    let mut facts = facts::read(&map, Severity::Error);
    if facts.draft || name.identity.split('/').any(|folder| folder == "_drafts") {
        return Ok(None);
    }
    content.faults.append(&mut facts.faults);
    let at = Position::START;
    let mut body = blocks(body, &mut content.left_out).map_err(|much| Fault::error(at, much.what(), much.remedy()))?;
    let places = places(&mut body);
    let origin = Origin { name, at, slugged: Slugged::Derived, slug_by_name: true };
    let mut entry = Entry::complete(facts, body, &origin)?;
    entry.references = located(text, places);
    Ok(Some(entry))
}

/// Markdown as blocks.
pub fn blocks(text: &str, left_out: &mut LeftOut) -> Result<Vec<Block<String>>, html::TooMuch> {
    let code: Vec<Range<usize>> = Parser::new_ext(text, options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect();
    let text = shortcode::expand(text, &code, left_out);
    let raw = RawText::of(&text);
    let events = Parser::new_ext(&text, options()).into_offset_iter().map(|(event, range)| match event {
        Event::InlineHtml(tag) if raw.swallows(&tag, range.start) => Event::Text(tag),
        Event::Html(tag) if raw.swallows(&tag, range.start) => Event::Text(tag),
        event => event,
    });
    let mut page = String::new();
    push_html(&mut page, events);
    let dom = Dom::parse(&page)?;
    Ok(html::blocks(&dom, dom.body(), HashSet::new(), left_out))
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// Elements whose content is no markup: one that is never closed would take the rest of the article with it, so its tag
/// is text, as on GitHub.
struct RawText {
    /// For each of [`NAMES`](Self::NAMES), where it is closed for the last time.
    closed: [Option<usize>; 9],
}

impl RawText {
    const NAMES: [&str; 9] =
        ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"];

    fn of(text: &str) -> RawText {
        let lower = text.to_ascii_lowercase();
        RawText { closed: Self::NAMES.map(|name| lower.rfind(&format!("</{name}")).filter(|_| name != "plaintext")) }
    }

    fn swallows(&self, tag: &str, at: usize) -> bool {
        let mut rest = tag;
        while let Some(open) = rest.find('<') {
            rest = &rest[open + 1..];
            for (name, closed) in Self::NAMES.iter().zip(&self.closed) {
                let named = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
                let ends = rest.as_bytes().get(name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
                if named && ends && closed.is_none_or(|closed| closed < at) {
                    return true;
                }
            }
        }
        false
    }
}

/// Reads facts that begin on a line.
type Parse = fn(&str, u32) -> Result<Map, Fault>;

/// The facts at a file's head and the text below them.
pub fn front_matter(text: &str) -> Result<(Map, &str), Fault> {
    let start = text.len() - text.trim_start().len();
    let first = Position::of(text, start);
    let mut lines = text[start..].split_inclusive('\n');
    let open = lines.next().unwrap_or("");
    let (parse, closers): (Parse, &[&str]) = match open.trim_end() {
        "---" => (yaml::parse, &["---", "..."]),
        "+++" => (toml::parse, &["+++"]),
        _ => return Ok((Map::new(), text)),
    };
    let from = start + open.len();
    let mut end = from;
    for line in lines {
        if closers.contains(&line.trim_end()) {
            if end - from > LONGEST_FRONT {
                let what = format!("front matter of more than {} KiB", LONGEST_FRONT >> 10);
                return Err(Fault::error(first, what, "keep to the facts about the article"));
            }
            return Ok((parse(&text[from..end], first.line + 1)?, &text[end + line.len()..]));
        }
        end += line.len();
    }
    let closer = closers[0];
    Err(Fault::error(
        first,
        "front matter that never ends",
        format!("write {closer} on a line of its own below the facts"),
    ))
}
