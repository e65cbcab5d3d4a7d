//! A whole page: which part of it is the article, and what it says about itself.

use std::collections::HashSet;

use dom_smoothie::{Config, Readability};

use super::convert::{blocks, rich};
use super::dom::{Dom, NodeId};
use crate::article::Block;
use crate::ingest::entry::{Content, Entry, Origin, Slugged, located, places};
use crate::ingest::facts::{self, Facts};
use crate::ingest::markdown;
use crate::ingest::name::FileName;
use crate::ingest::problem::{Fault, Position, Severity};
use crate::ingest::value::{Map, Value, json};

/// The article of a page.
pub fn parse(name: &FileName, text: &str) -> Content {
    Content::of_one(|content| read(name, text, content))
}

fn read(name: &FileName, text: &str, content: &mut Content) -> Result<Option<Entry>, Fault> {
    // Jekyll's pages have front matter as well.
    let (stated, text) = markdown::front_matter(text)?;
    let dom = Dom::parse(text).map_err(|much| Fault::error(Position::START, much.what(), much.remedy()))?;
    let main = main_part(&dom);
    let visible = main.unwrap_or(dom.body());
    let heading = title_heading(&dom, visible).or_else(|| title_heading(&dom, dom.body()));
    let mut facts = facts(&dom, visible, heading, stated);
    if facts.draft {
        return Ok(None);
    }
    content.faults.append(&mut facts.faults);
    let mut body = match main {
        Some(main) => article(&dom, main, heading, content),
        None => extracted(&dom, text, heading, content),
    };
    let places = places(&mut body);
    let origin = Origin { name, at: Position::START, slugged: Slugged::Derived, slug_by_name: false };
    let mut entry = Entry::complete(facts, body, &origin)?;
    entry.references = located(text, places);
    Ok(Some(entry))
}

/// The element that the page says is its article, if it is clear which one.
fn main_part(dom: &Dom) -> Option<NodeId> {
    let only = |wanted: &dyn Fn(NodeId) -> bool| {
        let mut found = dom.descendants(dom.body()).filter(|node| wanted(*node));
        // An article in another one is a comment on it.
        let first = found.next()?;
        found.all(|other| is_inside(dom, other, first)).then_some(first)
    };
    only(&|node| dom.attribute(node, "itemprop") == Some("articleBody"))
        .or_else(|| only(&|node| dom.name(node) == "article"))
        .or_else(|| only(&|node| dom.name(node) == "main" || dom.attribute(node, "role") == Some("main")))
        .filter(|node| has_text(dom, *node))
}

fn is_inside(dom: &Dom, node: NodeId, outer: NodeId) -> bool {
    std::iter::successors(Some(node), |node| dom.parent(*node)).any(|around| around == outer)
}

fn has_text(dom: &Dom, node: NodeId) -> bool {
    dom.descendants(node).any(|inner| dom.text_node(inner).is_some_and(|text| !text.trim().is_empty()))
}

fn title_heading(dom: &Dom, part: NodeId) -> Option<NodeId> {
    dom.find(part, |dom, node| dom.name(node) == "h1").filter(|node| has_text(dom, *node))
}

/// The blocks of the part of the page that is its article, without what is shown above the text elsewhere.
fn article(dom: &Dom, main: NodeId, heading: Option<NodeId>, content: &mut Content) -> Vec<Block<String>> {
    let mut skip: HashSet<NodeId> = heading.into_iter().collect();
    for node in dom.descendants(main) {
        let furniture = match dom.name(node) {
            "header" => heading.is_some_and(|heading| is_inside(dom, heading, node)),
            "footer" => dom.find(node, |dom, inner| dom.attribute(inner, "role") == Some("doc-endnotes")).is_none(),
            // A pull quote is text; a list of links to other articles is not.
            "aside" => mostly_links(dom, node),
            // A comment on this one.
            "article" => dom.name(main) == "article",
            _ => dom.attribute(node, "itemprop").is_some_and(|property| {
                matches!(property, "headline" | "name" | "author" | "datePublished" | "dateModified")
            }),
        };
        if furniture {
            let name = dom.name(node);
            content.left_out.add(&format!("<{name}> around the text"));
            skip.insert(node);
        }
    }
    blocks(dom, main, skip, &mut content.left_out)
}

fn mostly_links(dom: &Dom, node: NodeId) -> bool {
    let all = dom.text(node).len();
    let links = dom.descendants(node).filter(|inner| dom.name(*inner) == "a");
    let links: usize = links.take(200).map(|link| dom.text(link).len()).sum();
    links * 2 > all
}

/// The most nodes of a page in which an article is searched for; the search looks at each many times.
const SEARCHED: usize = 50_000;

/// Where the page does not say where its article is: what looks like it, else the whole body.
fn extracted(dom: &Dom, text: &str, heading: Option<NodeId>, content: &mut Content) -> Vec<Block<String>> {
    let long = dom.text(dom.body()).len() > 1000;
    if long && dom.descendants(dom.root()).take(SEARCHED).count() < SEARCHED {
        let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
        let found = Readability::new(text, None, Some(config)).and_then(|mut page| page.parse());
        if let Ok(found) = found
            && let Ok(part) = Dom::parse(&found.content)
        {
            let title = heading.map(|heading| facts::words(&dom.text(heading)));
            let own = title_heading(&part, part.body()).filter(|own| Some(facts::words(&part.text(*own))) == title);
            let blocks = blocks(&part, part.body(), own.into_iter().collect(), &mut content.left_out);
            if !blocks.is_empty() {
                content.left_out.add("surroundings of a page's article");
                return blocks;
            }
        }
    }
    article(dom, dom.body(), heading, content)
}

/// What a page says about its article. Of several answers the first counts.
fn facts(dom: &Dom, visible: NodeId, heading: Option<NodeId>, stated: Map) -> Facts {
    let mut map = stated;
    let mut say = |name: &str, value: Value| map.push((name.to_owned(), value));
    let mut site = None;
    let structured = structured(dom);
    let of =
        |names: &[&str]| structured.as_ref().and_then(|data| names.iter().find_map(|name| data.get(name)).cloned());
    if let Some(heading) = heading {
        say("title", Value::text(rich(dom, heading).text));
    }
    let named = [
        ("title", &["headline", "name"][..]),
        ("subtitle", &["alternativeHeadline"]),
        ("author", &["author", "creator"]),
        ("date", &["datePublished", "dateCreated"]),
        ("updated", &["dateModified"]),
        ("section", &["articleSection"]),
        ("tags", &["keywords"]),
        ("lang", &["inLanguage"]),
        ("summary", &["description", "abstract"]),
    ];
    for (name, names) in named {
        if let Some(value) = of(names).filter(|value| !value.texts().is_empty()) {
            say(name, value);
        }
    }
    if let Some(publisher) = of(&["publisher", "isPartOf"]).filter(|value| !value.texts().is_empty()) {
        say("source", publisher);
    }
    for link in dom.descendants(dom.root()).filter(|node| dom.name(*node) == "link") {
        if dom.attribute(link, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
            && let Some(href) = dom.attribute(link, "href")
        {
            say("url", Value::text(href));
        }
    }
    let mut tags = Vec::new();
    for meta in dom.descendants(dom.root()).filter(|node| dom.name(*node) == "meta") {
        let property = ["property", "name", "itemprop"].iter().find_map(|name| dom.attribute(meta, name));
        let (Some(property), Some(value)) = (property, dom.attribute(meta, "content")) else { continue };
        let value = Value::text(value);
        match &*property.to_ascii_lowercase() {
            "og:title" | "twitter:title" | "dc.title" | "citation_title" => say("title", value),
            "og:description" | "description" | "twitter:description" | "dc.description" => say("summary", value),
            "og:site_name" | "application-name" => {
                site = site.or(value.said().map(str::to_owned));
                say("source", value);
            }
            "og:url" => say("url", value),
            "og:locale" => say("lang", value),
            // On Facebook these are addresses of profiles.
            "article:author" if value.said().is_some_and(|said| said.contains("://")) => {}
            "author" | "article:author" | "dc.creator" | "citation_author" | "parsely-author" => say("author", value),
            "article:published_time"
            | "date"
            | "pubdate"
            | "datepublished"
            | "dc.date"
            | "citation_publication_date"
            | "parsely-pub-date"
            | "dcterms.created" => say("date", value),
            "article:modified_time" | "og:updated_time" | "last-modified" | "datemodified" | "dcterms.modified" => {
                say("updated", value);
            }
            "article:section" | "parsely-section" => say("section", value),
            "article:tag" => tags.push(value),
            "keywords" | "news_keywords" | "parsely-tags" => say("tags", value),
            _ => {}
        }
    }
    if !tags.is_empty() {
        say("tags", Value { at: Position::START, kind: crate::ingest::value::Kind::List(tags) });
    }
    for node in dom.descendants(visible) {
        match (dom.name(node), dom.attribute(node, "datetime"), dom.attribute(node, "itemprop")) {
            ("time", Some(date), Some("dateModified")) => say("updated", Value::text(date)),
            ("time", Some(date), _) => say("date", Value::text(date)),
            (_, _, Some("author")) => say("author", Value::text(rich(dom, node).text)),
            ("a", _, _) if dom.attribute(node, "rel") == Some("author") => {
                say("author", Value::text(rich(dom, node).text))
            }
            _ => {}
        }
    }
    for name in ["html", "body"] {
        let node = dom.find(dom.root(), |dom, node| dom.name(node) == name);
        let lang = node.and_then(|node| dom.attribute(node, "lang").or_else(|| dom.attribute(node, "xml:lang")));
        lang.into_iter().for_each(|lang| say("lang", Value::text(lang)));
    }
    if let Some(title) = dom.find(dom.root(), |dom, node| dom.name(node) == "title") {
        let title = facts::words(&dom.text(title));
        // "Title | Site" names the site for the browser's tabs.
        let bare = site
            .as_deref()
            .and_then(|site| title.strip_suffix(site))
            .map(|title| title.trim_end_matches([' ', '|', '-', '–', '—', '·', ':', '»']));
        say("title", Value::text(bare.filter(|title| !title.is_empty()).unwrap_or(&title)));
    }
    facts::read(&map, Severity::Warning)
}

/// What the page says in JSON-LD about its article.
fn structured(dom: &Dom) -> Option<Value> {
    let scripts = dom.descendants(dom.root()).filter(|node| dom.name(*node) == "script");
    let scripts = scripts.filter(|node| {
        dom.attribute(*node, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
    });
    scripts.take(20).find_map(|script| article_in(json::parse(dom.text(script).trim(), 1).ok()?, 0))
}

fn article_in(value: Value, depth: u8) -> Option<Value> {
    if depth > 4 {
        return None;
    }
    let kinds = value.get("@type").map(Value::texts).unwrap_or_default();
    if kinds.iter().any(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report") {
        return Some(value);
    }
    if let Some(graph) = value.get("@graph") {
        return article_in(graph.clone(), depth + 1);
    }
    match value.kind {
        crate::ingest::value::Kind::List(list) => list.into_iter().find_map(|value| article_in(value, depth + 1)),
        _ => None,
    }
}
