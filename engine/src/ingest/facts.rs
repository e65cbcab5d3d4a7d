//! The facts about an article by the names that publishers' tools give them.

use super::address;
use super::date;
use super::problem::{Fault, Severity};
use super::value::{Kind, Map, Value};
use crate::article::{Date, Head};

/// What a file states about its article.
#[derive(Debug, Default)]
pub struct Facts {
    /// Without a slug.
    pub head: Head<String>,
    /// The slug it asks for.
    pub slug: Option<String>,
    /// Not to be published yet.
    pub draft: bool,
    /// Whether there is a date, or the file says that there is none.
    pub dated: bool,
    /// Other addresses that links to it may use.
    pub aliases: Vec<String>,
    /// The text, where the facts hold it.
    pub body: Option<Body>,
    pub faults: Vec<Fault>,
}

/// A text in one of the forms that it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Paragraphs parted by blank lines.
    Text(String),
    Markdown(String),
    Html(String),
}

// Each list in order of precedence; names compare without case, hyphens and underscores.
const TITLE: &[&str] = &["title", "headline"];
const SUBTITLE: &[&str] = &["subtitle", "deck", "dek", "standfirst", "alternativeheadline"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "creator"];
const DATE: &[&str] = &["date", "pubdate", "publishdate", "published", "datepublished", "publishedat", "created"];
const UPDATED: &[&str] =
    &["updated", "lastmod", "lastmodified", "lastmodifiedat", "modified", "datemodified", "updateddate", "updatedat"];
const SOURCE: &[&str] = &["source", "publisher", "publication", "sitename"];
const SECTION: &[&str] = &["section", "category", "categories"];
const TAGS: &[&str] = &["tags", "tag", "topics", "keywords"];
const LANGUAGE: &[&str] = &["lang", "language", "locale", "inlanguage"];
const SUMMARY: &[&str] = &["summary", "description", "excerpt", "abstract"];
const URL: &[&str] = &["canonical", "canonicalurl", "url", "sourceurl", "externalurl", "link"];
const ID: &[&str] = &["id", "guid", "uuid"];
const ALIASES: &[&str] = &["aliases", "alias", "redirectfrom", "redirectto", "permalink", "url", "path"];

/// Sorts what a file states. Where a page's date can't be read, that is a warning: its publisher may not have written it.
pub fn read(map: &Map, unread_date: Severity) -> Facts {
    let mut facts = Facts::default();
    let get = |names: &[&str]| names.iter().find_map(|name| find(map, name));
    let said = |names: &[&str]| {
        let values = names.iter().flat_map(|name| find_all(map, name));
        values.filter_map(Value::said).map(str::to_owned).collect::<Vec<_>>()
    };
    let text = |names: &[&str]| said(names).into_iter().next();
    // Zola keeps its lists one level down.
    let nested = |name: &str| ["taxonomies", "extra"].iter().find_map(|map_name| find(map, map_name)?.get(name));
    let list = |names: &[&str]| {
        let own = names.iter().find_map(|name| find(map, name)).or_else(|| names.iter().find_map(|name| nested(name)));
        own.map(listed).unwrap_or_default()
    };
    let day = |names: &[&str], faults: &mut Vec<Fault>| -> Option<Date> {
        let value = names.iter().flat_map(|name| find_all(map, name)).find(|value| value.said().is_some())?;
        let written = value.said()?;
        match date::parse(written) {
            Ok(date) => Some(date),
            Err(what) => {
                let what = format!("a date like 2019-03-14 was expected, not {:.60?}{what}", written);
                faults.push(Fault {
                    severity: unread_date,
                    ..Fault::error(
                        value.at,
                        what,
                        "write dates as 2019-03-14, 2019-03 or 2019, or leave them out where unknown",
                    )
                });
                None
            }
        }
    };

    let head = &mut facts.head;
    head.title = words(&text(TITLE).unwrap_or_default());
    head.subtitle = text(SUBTITLE).map(|text| words(&text)).filter(|text| *text != head.title);
    head.authors = names(list(AUTHORS));
    head.date = day(DATE, &mut facts.faults);
    head.updated = day(UPDATED, &mut facts.faults);
    head.source = names(get(SOURCE).map(Value::texts).unwrap_or_default()).into_iter().next();
    let mut sections = list(SECTION);
    head.tags = list(TAGS);
    // A list of categories is a section and tags.
    if sections.len() > 1 {
        head.tags.extend(sections.drain(1..));
    }
    head.section = sections.pop();
    head.tags = names(std::mem::take(&mut head.tags));
    head.language = said(LANGUAGE).iter().find_map(|tag| language(tag));
    head.summary = text(SUMMARY).map(|text| words(&text));
    head.url = said(URL).iter().find_map(|url| address::web(url));
    head.id = text(ID).unwrap_or_default();

    let is = |name: &str, words: &[&str]| {
        find(map, name)
            .and_then(Value::said)
            .is_some_and(|said| words.iter().any(|word| said.eq_ignore_ascii_case(word)))
    };
    // Elsewhere `published` is a date.
    facts.draft = is("draft", &["true", "yes"]) || is("published", &["false", "no"]);
    // An empty date says that it is unknown.
    facts.dated = get(DATE).is_some();
    facts.slug = text(&["slug"]);
    facts.aliases = ALIASES.iter().filter_map(|name| find(map, name)).flat_map(Value::texts).collect();
    let body = |names: &[&str], form: fn(String) -> Body| text_of(map, names).map(form);
    facts.body = body(&["markdown", "contentmarkdown"], Body::Markdown)
        .or_else(|| body(&["html", "contenthtml"], Body::Html))
        .or_else(|| body(&["text", "contenttext", "body", "content"], Body::Text));
    facts
}

fn text_of(map: &Map, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| find(map, name)).find_map(|value| match &value.kind {
        Kind::Text(text) => Some(text.clone()),
        _ => None,
    })
}

fn find<'m>(map: &'m Map, name: &str) -> Option<&'m Value> {
    find_all(map, name).next()
}

fn find_all<'m>(map: &'m Map, name: &str) -> impl Iterator<Item = &'m Value> {
    let same = move |own: &str| {
        let own = own.bytes().filter(|b| !matches!(b, b'_' | b'-')).map(|b| b.to_ascii_lowercase());
        own.eq(name.bytes())
    };
    map.iter().filter(move |(own, _)| same(own)).map(|(_, value)| value)
}

/// A list, or a text of items parted by commas.
fn listed(value: &Value) -> Vec<String> {
    match value.said() {
        Some(said) => said.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect(),
        None => value.texts(),
    }
}

/// Each once, in their order.
fn names(list: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in list.iter().map(|name| words(name)).filter(|name| !name.is_empty()) {
        if !names.contains(&name) && names.len() < MOST_NAMES {
            names.push(name);
        }
    }
    names
}

/// Authors or tags of one article.
const MOST_NAMES: usize = 200;

/// A text of one line.
pub fn words(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A BCP 47 tag, if that is one: `en`, `pt-BR`, also as in `pt_BR.UTF-8`.
pub fn language(written: &str) -> Option<String> {
    let tag = written.split(['.', '@']).next()?.replace('_', "-");
    let mut parts = tag.split('-');
    let primary =
        parts.next().filter(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let rest = parts.filter(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    let rest = rest.map(|part| match part.len() {
        2 => part.to_ascii_uppercase(),
        4 => part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase(),
        _ => part.to_ascii_lowercase(),
    });
    Some([primary.to_ascii_lowercase()].into_iter().chain(rest.take(4)).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::value::yaml;

    fn facts(yaml: &str) -> Facts {
        read(&yaml::parse(yaml, 1).unwrap(), Severity::Error)
    }

    #[test]
    fn every_tool_has_names_of_its_own() {
        let check = |yaml: &str, expected: Head<String>| {
            let read = facts(yaml);
            assert_eq!((read.head, read.faults), (expected, Vec::new()), "{yaml}");
        };
        let head = Head { title: "T".into(), ..Head::default() };
        let list = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        check("title: T\npubDate: 2019-03-14", Head { date: Date::day(2019, 3, 14), ..head.clone() });
        check("title: T\nlastmod: 2019-03", Head { updated: Date::month(2019, 3), ..head.clone() });
        check("title: T\nlast_modified_at: 2019", Head { updated: Some(Date::year(2019)), ..head.clone() });
        check("title: T\nauthor: Ada, Bo", Head { authors: list(&["Ada", "Bo"]), ..head.clone() });
        check("title: T\nauthors: [{name: Ada, url: x}, Bo]", Head { authors: list(&["Ada", "Bo"]), ..head.clone() });
        check(
            "title: T\ncategories: [a, b]\ntags: [c, b]",
            Head { section: Some("a".into()), tags: list(&["c", "b"]), ..head.clone() },
        );
        check("title: T\ntaxonomies:\n  tags: [a]", Head { tags: list(&["a"]), ..head.clone() });
        check("title: T\nlocale: pt_BR.UTF-8", Head { language: Some("pt-BR".into()), ..head.clone() });
        check("title: T\nurl: /a/b/", head.clone());
        check(
            "title: T\nsource_url: https://example.org/a",
            Head { url: Some("https://example.org/a".into()), ..head },
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_said() {
        let fault = &facts("title: T\ndate: Mrach 14\n").faults[0];
        assert_eq!(fault.at.line, 2);
        assert_eq!(fault.what, "a date like 2019-03-14 was expected, not \"Mrach 14\"");
    }

    #[test]
    fn drafts() {
        let draft = |yaml: &str| facts(yaml).draft;
        assert!(
            draft("draft: true")
                && draft("published: false")
                && !draft("draft: false")
                && !draft("published: 2019-03-14")
        );
    }
}
