//! The newest articles for readers of feeds: Atom (RFC 4287) and JSON Feed 1.1.
//!
//! Atom asks when each entry last changed. Articles whose day is not known can't answer that, and are in the JSON feed alone,
//! where dates may be missing. A day is written as its beginning in Coordinated Universal Time, since no time of day is known.
//! The feed itself changed when its newest entry did.

use super::{
    html,
    listing::{document, legal},
    page::{self, Site},
};
use anyhow::Result;
use engine::{
    article::{Date, Head},
    index::DocumentId,
};
use quick_xml::{Writer, events::BytesText};
use serde_json::{Value, json};
use std::path::Path;

/// How many articles a feed has.
const NEWEST: usize = 50;

/// Bytes of articles that a feed holds whole; what follows is there with its summary.
const WHOLE: usize = 1_000_000;

type Entry<'a> = (DocumentId, Head<&'a str>);

/// Writes `feed.xml` and `feed.json`, if the site has an address.
pub fn write(folder: &Path, site: &Site, left_out: &mut Vec<String>) -> Result<()> {
    let Some(address) = &site.facts.address else { return Ok(()) };
    let newest = site.newest();
    match atom(site, address, &newest) {
        Some(feed) => crate::finish::write(&folder.join("feed.xml"), &feed?)?,
        None => left_out.push("feed.xml: Atom asks for dates, and of no article the day is known".to_owned()),
    }
    crate::finish::write(&folder.join("feed.json"), &format!("{}\n", json_feed(site, address, &newest)))
}

/// When an article last changed, as far as that is known to the day.
fn changed(head: &Head<&str>) -> Option<String> {
    let date = page::day(&head.updated).or(page::day(&head.date));
    date.map(moment)
}

fn moment(day: Date) -> String {
    page::iso(day) + "T00:00:00Z"
}

fn atom(site: &Site, address: &str, newest: &[Entry]) -> Option<Result<String>> {
    let dated = newest.iter().filter_map(|entry| Some((entry, changed(&entry.1)?)));
    let dated: Vec<_> = dated.take(NEWEST).collect();
    let updated = dated.iter().map(|(_, changed)| changed).max()?.clone();
    Some(document(|xml| {
        let mut feed = xml.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
        if let Some(language) = &site.facts.language {
            feed = feed.with_attribute(("xml:lang", language.as_str()));
        }
        let mut budget = WHOLE;
        feed.write_inner_content(|xml| {
            text(xml, "id", address)?;
            text(xml, "title", &site.facts.name)?;
            text(xml, "subtitle", &site.facts.description)?;
            text(xml, "updated", &updated)?;
            link(xml, "self", "application/atom+xml", &[address, "feed.xml"].concat())?;
            link(xml, "alternate", "text/html", address)?;
            // Entries without an author of their own have this one, which Atom asks for.
            person(xml, &site.facts.name)?;
            dated.iter().try_for_each(|((id, head), changed)| entry(xml, site, (*id, head), changed, &mut budget))
        })?;
        Ok(())
    }))
}

type Xml = Writer<Vec<u8>>;

fn entry(
    xml: &mut Xml,
    site: &Site,
    (id, head): (DocumentId, &Head<&str>),
    changed: &str,
    budget: &mut usize,
) -> std::io::Result<()> {
    let address = site.whole(&site.place(head.slug)).unwrap_or_default();
    let mut entry = xml.create_element("entry");
    if let Some(language) = head.language {
        entry = entry.with_attribute(("xml:lang", language));
    }
    entry.write_inner_content(|xml| {
        text(xml, "id", &address)?;
        text(xml, "title", head.title)?;
        text(xml, "updated", changed)?;
        if let Some(day) = page::day(&head.date) {
            text(xml, "published", &moment(day))?;
        }
        link(xml, "alternate", "text/html", &address)?;
        head.authors.iter().try_for_each(|name| person(xml, name))?;
        for tag in &head.tags {
            xml.create_element("category").with_attribute(("term", &*legal(tag))).write_empty()?;
        }
        if let Some(summary) = site.summary(id) {
            text(xml, "summary", &summary)?;
        }
        if let Some(content) = content(site, id, budget) {
            let content = legal(&content);
            let element = xml.create_element("content").with_attribute(("type", "html"));
            element.write_text_content(BytesText::new(&content))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The whole article as HTML, as long as there is room for it.
fn content(site: &Site, id: DocumentId, budget: &mut usize) -> Option<String> {
    let address_of = |slug: &str| site.whole(&site.place(slug)).unwrap_or_default();
    let html = html::of(&site.corpus.body(id), site.facts.address.as_deref()?, &address_of);
    *budget = budget.checked_sub(html.len())?;
    (!html.is_empty()).then_some(html)
}

fn text(xml: &mut Xml, name: &str, text: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&legal(text)))?;
    Ok(())
}

fn person(xml: &mut Xml, name: &str) -> std::io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| text(xml, "name", name))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str) -> std::io::Result<()> {
    let link = xml.create_element("link").with_attribute(("rel", rel));
    link.with_attribute(("type", kind)).with_attribute(("href", href)).write_empty()?;
    Ok(())
}

fn json_feed(site: &Site, address: &str, newest: &[Entry]) -> Value {
    let mut budget = WHOLE;
    let mut item = |(id, head): &Entry| {
        let url = site.whole(&site.place(head.slug)).unwrap_or_default();
        let mut item = json!({ "id": url, "url": url, "title": head.title });
        let mut say = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                item[key] = value;
            }
        };
        let summary = site.summary(*id);
        match content(site, *id, &mut budget) {
            Some(html) => say("content_html", Some(html.into())),
            // One of the two has to be there.
            None => say("content_text", Some(summary.clone().unwrap_or_default().into())),
        }
        say("summary", summary.map(Value::from));
        say("date_published", page::day(&head.date).map(|day| moment(day).into()));
        say("date_modified", page::day(&head.updated).map(|day| moment(day).into()));
        let authors: Vec<_> = head.authors.iter().map(|name| json!({ "name": name })).collect();
        say("authors", (!authors.is_empty()).then(|| authors.into()));
        say("tags", (!head.tags.is_empty()).then(|| head.tags.clone().into()));
        say("language", head.language.map(Value::from));
        say("image", site.picture(*id).map(Value::from));
        say("external_url", head.url.map(Value::from));
        item
    };
    let items: Vec<_> = newest.iter().take(NEWEST).map(&mut item).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.facts.name,
        "description": site.facts.description,
        "home_page_url": address,
        "feed_url": format!("{address}feed.json"),
        "items": items,
    });
    if let Some(language) = &site.facts.language {
        feed["language"] = language.as_str().into();
    }
    if let Some(logo) = &site.facts.logo {
        feed["icon"] = [address, &page::logo(logo)].concat().into();
    }
    feed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::valid::{self, ADDRESS};

    #[test]
    fn both_feeds_are_valid_and_hold_no_date_that_is_not_known() {
        valid::with_site(Some(ADDRESS), true, |site| {
            let newest = site.newest();
            let feed = atom(site, ADDRESS, &newest).unwrap().unwrap();
            assert_eq!(valid::atom(&feed), Ok(()));
            assert!(feed.contains("<updated>2019-03-14T00:00:00Z</updated>"), "{feed}");
            assert!(!feed.contains("no-date") && !feed.contains("only-the-month"), "{feed}");
            assert!(feed.contains("&lt;p&gt;Iron &amp;amp; rust"), "{feed}");

            let feed = json_feed(site, ADDRESS, &newest);
            assert_eq!(valid::json_feed(&feed), Ok(()));
            let items = feed["items"].as_array().unwrap();
            assert_eq!(items.len() as u32, site.corpus.len());
            let dated: Vec<_> = items.iter().filter(|item| !item["date_published"].is_null()).collect();
            assert_eq!(dated.len(), 2, "{feed}");
        });
    }

    #[test]
    fn where_no_day_is_known_there_is_no_atom_feed() {
        valid::with_articles(&["{\"title\": \"A\", \"text\": \"b\"}"], Some(ADDRESS), true, |site| {
            assert!(atom(site, ADDRESS, &site.newest()).is_none());
            assert_eq!(valid::json_feed(&json_feed(site, ADDRESS, &site.newest())), Ok(()));
        });
    }
}
