//! What the specifications demand of what the site says of itself, for the tests: RFC 4287, JSON Feed 1.1, the sitemap
//! protocol, OpenSearch 1.1, llmstxt.org, and of schema.org what we use of it.

use super::{Facts, Site};
use engine::{
    index::{self, Corpus},
    ingest,
};
use quick_xml::{NsReader, events::Event, name::ResolveResult};
use serde_json::Value;
use std::path::Path;

pub const ADDRESS: &str = "https://letters.example/a/";

type Verdict = Result<(), String>;

pub fn with_site(address: Option<&str>, prerendered: bool, check: impl FnOnce(&Site)) {
    let lines = [
        r#"{"title": "Iron & rust, and </script>", "slug": "iron-rust-and-script", "date": "2019-03-14", "author": "Runa Vik", "source": "Letters", "text": "Iron & rust <b>."}"#,
        r#"{"title": "No date", "slug": "no-date", "text": "Nothing is known."}"#,
        r#"{"title": "Only the month", "slug": "only-the-month", "date": "2018-07", "text": "In July."}"#,
        r#"{"title": "Older", "slug": "older", "date": "2017-01-02", "tags": ["a & b"], "language": "de", "text": "Früher war das anders."}"#,
    ];
    with_articles(&lines, address, prerendered, check);
}

pub fn with_articles(lines: &[&str], address: Option<&str>, prerendered: bool, check: impl FnOnce(&Site)) {
    let articles = ingest::read_bytes(Path::new("a.jsonl"), lines.join("\n").as_bytes()).articles;
    let bytes = index::write(articles);
    let corpus = Corpus::open(&bytes, &[]).unwrap();
    let facts = Facts { name: "Letters & more".into(), address: address.map(str::to_owned), ..Facts::default() };
    let slugs = corpus.ids().map(|id| corpus.head(id).slug.to_owned()).filter(|_| prerendered);
    check(&Site { facts, corpus, pages: slugs.collect() });
}

/// An element with what is in it.
#[derive(Debug)]
struct Node {
    namespace: String,
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    text: String,
}

impl Node {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn count(&self, name: &str, expected: impl std::ops::RangeBounds<usize>) -> Verdict {
        let count = self.all(name).count();
        ensure(expected.contains(&count), &format!("{count} {name} in {}", self.name))
    }

    fn only(&self, known: &[&str]) -> Verdict {
        self.children.iter().try_for_each(|child| {
            ensure(known.contains(&child.name.as_str()), &format!("{} in {}", child.name, self.name))
        })
    }
}

fn ensure(holds: bool, what: &str) -> Verdict {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

fn parse(text: &str) -> Result<Node, String> {
    ensure(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "no declaration")?;
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let node = |name: &str| Node {
        namespace: String::new(),
        name: name.into(),
        attributes: vec![],
        children: vec![],
        text: String::new(),
    };
    let mut open = vec![node("document")];
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        let namespace = match namespace {
            ResolveResult::Bound(name) => String::from_utf8_lossy(name.0).into_owned(),
            _ => String::new(),
        };
        match event {
            Event::Start(start) => {
                let mut new = node(&String::from_utf8_lossy(start.local_name().as_ref()));
                new.namespace = namespace;
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| error.to_string())?;
                    let value = attribute.unescape_value().map_err(|error| error.to_string())?.into_owned();
                    new.attributes.push((String::from_utf8_lossy(attribute.key.as_ref()).into_owned(), value));
                }
                open.push(new);
            }
            Event::End(_) => {
                let done = open.pop().expect("the reader checks that ends match");
                open.last_mut().ok_or("too many ends")?.children.push(done);
            }
            Event::Text(text) => {
                open.last_mut().expect("the document").text += &text.decode().map_err(|error| error.to_string())?
            }
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(|error| error.to_string())?;
                let text =
                    quick_xml::escape::unescape(&format!("&{name};")).map_err(|error| error.to_string())?.into_owned();
                open.last_mut().expect("the document").text += &text;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut document = open.pop().ok_or("nothing is open")?;
    ensure(open.is_empty() && document.children.len() == 1, "one element, which ends")?;
    Ok(document.children.remove(0))
}

fn whole_address(text: &str) -> Verdict {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte));
    ensure(plain && (text.starts_with("https://") || text.starts_with("http://")), &format!("{text:?} as an address"))
}

/// RFC 3339, as far as we write it.
fn moment(text: &str) -> Verdict {
    ensure(text.len() == 20 && text.ends_with("T00:00:00Z"), text)?;
    w3c_date(&text[..10])
}

fn w3c_date(text: &str) -> Verdict {
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<_> = text.split('-').collect();
    let well =
        digits(parts[0], 4) && parts.len() <= 3 && parts[1..].iter().all(|part| digits(part, 2) && *part != "00");
    ensure(well, &format!("{text:?} as a date"))
}

pub fn atom(text: &str) -> Verdict {
    const NAMESPACE: &str = "http://www.w3.org/2005/Atom";
    fn common(node: &Node) -> Verdict {
        ensure(node.namespace == NAMESPACE, &format!("{} in {:?}", node.name, node.namespace))?;
        node.count("id", 1..=1)?;
        node.count("title", 1..=1)?;
        node.count("updated", 1..=1)?;
        node.all("id").try_for_each(|id| whole_address(&id.text))?;
        node.all("updated").chain(node.all("published")).try_for_each(|date| moment(&date.text))?;
        for author in node.all("author") {
            author.count("name", 1..=1)?;
            author.only(&["name", "uri", "email"])?;
        }
        for link in node.all("link") {
            whole_address(link.get("href").ok_or("a link without an address")?)?;
        }
        let kinds = node.all("link").filter(|link| link.get("rel").unwrap_or("alternate") == "alternate");
        let mut kinds: Vec<_> = kinds.map(|link| (link.get("type"), link.get("hreflang"))).collect();
        let all = kinds.len();
        kinds.sort();
        kinds.dedup();
        ensure(kinds.len() == all, "two alternates of a kind")
    }
    let feed = parse(text)?;
    ensure(feed.name == "feed", "no feed")?;
    common(&feed)?;
    feed.count("subtitle", 0..=1)?;
    feed.only(&[
        "author",
        "category",
        "contributor",
        "generator",
        "icon",
        "id",
        "link",
        "logo",
        "rights",
        "subtitle",
        "title",
        "updated",
        "entry",
    ])?;
    ensure(feed.all("link").any(|link| link.get("rel") == Some("self")), "a feed should say where it is")?;
    let mut ids: Vec<_> = feed.all("entry").flat_map(|entry| entry.all("id")).map(|id| &id.text).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    ensure(ids.len() == all, "two entries with one id")?;
    for entry in feed.all("entry") {
        common(entry)?;
        entry.only(&[
            "author",
            "category",
            "content",
            "contributor",
            "id",
            "link",
            "published",
            "rights",
            "source",
            "summary",
            "title",
            "updated",
        ])?;
        ["content", "published", "summary"].iter().try_for_each(|name| entry.count(name, 0..=1))?;
        ensure(entry.all("author").count() + feed.all("author").count() > 0, "an entry without an author")?;
        ensure(
            entry.all("content").count() > 0 || entry.all("link").any(|l| l.get("rel") == Some("alternate")),
            "no content, no link",
        )?;
        entry
            .all("category")
            .try_for_each(|category| ensure(category.get("term").is_some(), "a category without a term"))?;
        entry.all("content").try_for_each(|content| {
            ensure(
                content.children.is_empty() && content.get("type") == Some("html"),
                "content that is not escaped HTML",
            )
        })?;
    }
    Ok(())
}

pub fn sitemap(text: &str) -> Verdict {
    let root = parse(text)?;
    ensure(root.namespace == "http://www.sitemaps.org/schemas/sitemap/0.9", &root.namespace)?;
    let each = match root.name.as_str() {
        "urlset" => "url",
        "sitemapindex" => "sitemap",
        other => return Err(other.to_owned()),
    };
    root.only(&[each])?;
    ensure((1..=50_000).contains(&root.children.len()) && text.len() <= 50 << 20, "too much or nothing")?;
    for child in &root.children {
        child.only(&["loc", "lastmod", "changefreq", "priority"])?;
        child.count("loc", 1..=1)?;
        child.count("lastmod", 0..=1)?;
        child
            .all("loc")
            .try_for_each(|place| whole_address(&place.text).and(ensure(place.text.len() < 2048, "too long")))?;
        child.all("lastmod").try_for_each(|date| w3c_date(&date.text))?;
    }
    Ok(())
}

pub fn opensearch(text: &str) -> Verdict {
    let root = parse(text)?;
    ensure(
        root.name == "OpenSearchDescription" && root.namespace == "http://a9.com/-/spec/opensearch/1.1/",
        &root.name,
    )?;
    let length = |name: &str, most: usize| {
        root.count(name, 1..=1)?;
        root.all(name).try_for_each(|node| ensure((1..=most).contains(&node.text.chars().count()), name))
    };
    length("ShortName", 16)?;
    length("Description", 1024)?;
    root.count("Url", 1..)?;
    for url in root.all("Url") {
        ensure(url.get("type").is_some() && url.get("template").is_some_and(|t| t.contains("{searchTerms}")), "a Url")?;
    }
    Ok(())
}

pub fn llms(text: &str) -> Verdict {
    let lines: Vec<_> = text.lines().collect();
    ensure(
        lines[0].starts_with("# ") && lines[2].starts_with("> ") && lines[4].starts_with("## "),
        "name, description, list",
    )?;
    let listed = lines[6..].iter().take_while(|line| !line.is_empty());
    listed.clone().try_for_each(|line| ensure(line.starts_with("- [") && line.contains("]("), line))?;
    ensure(listed.count() > 0, "no links")
}

pub fn json_feed(feed: &Value) -> Verdict {
    ensure(feed["version"] == "https://jsonfeed.org/version/1.1", "another version")?;
    ensure(feed["title"].is_string(), "no title")?;
    for key in ["home_page_url", "feed_url"] {
        whole_address(feed[key].as_str().ok_or(key)?)?;
    }
    let items = feed["items"].as_array().ok_or("no items")?;
    for item in items {
        ensure(item["id"].as_str().is_some_and(|id| !id.is_empty()), "an item without an id")?;
        ensure(item["content_html"].is_string() || item["content_text"].is_string(), "an item without content")?;
        whole_address(item["url"].as_str().ok_or("url")?)?;
        for key in ["date_published", "date_modified"] {
            item.get(key).map_or(Ok(()), |date| moment(date.as_str().unwrap_or("no text")))?;
        }
        for author in item["authors"].as_array().into_iter().flatten() {
            ensure(author["name"].is_string(), "an author without a name")?;
        }
        ensure(item.as_object().is_some_and(|keys| keys.values().all(|value| !value.is_null())), "a null")?;
    }
    Ok(())
}

/// What schema.org knows of the types that we use, and what their readers ask for.
pub fn json_ld(data: &Value) -> Verdict {
    ensure(data["@context"] == "https://schema.org", "another context")?;
    match data.get("@graph") {
        Some(graph) => graph.as_array().ok_or("a graph that is no list")?.iter().try_for_each(thing),
        None => thing(data),
    }
}

fn thing(thing: &Value) -> Verdict {
    const ARTICLE: &[&str] = &[
        "headline",
        "alternativeHeadline",
        "description",
        "url",
        "mainEntityOfPage",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
        "articleSection",
        "keywords",
        "inLanguage",
        "image",
        "sameAs",
        "isPartOf",
    ];
    let (known, needed): (&[&str], &[&str]) = match thing["@type"].as_str().ok_or("no type")? {
        "Article" | "NewsArticle" => (ARTICLE, &["headline"]),
        "WebSite" => (&["name", "description", "url", "potentialAction", "inLanguage"], &["name"]),
        "SearchAction" => (&["target", "query-input"], &["target", "query-input"]),
        "EntryPoint" => (&["urlTemplate"], &["urlTemplate"]),
        "ItemList" => (&["itemListElement"], &["itemListElement"]),
        "ListItem" => (&["position", "url"], &["position", "url"]),
        "Person" | "Organization" => (&["name"], &["name"]),
        other => return Err(format!("the type {other}")),
    };
    let object = thing.as_object().ok_or("no object")?;
    needed.iter().try_for_each(|name| ensure(object.contains_key(*name), &format!("no {name}")))?;
    for (name, value) in object {
        ensure(name.starts_with('@') || known.contains(&name.as_str()), name)?;
        match name.as_str() {
            "url" | "mainEntityOfPage" | "image" | "sameAs" => whole_address(value.as_str().ok_or(name.as_str())?)?,
            "datePublished" | "dateModified" => w3c_date(value.as_str().ok_or(name.as_str())?)?,
            "keywords" => {}
            _ if value.is_object() => self::thing(value)?,
            _ if value.is_array() => value.as_array().into_iter().flatten().try_for_each(self::thing)?,
            _ => ensure(!value.is_null(), name)?,
        }
    }
    Ok(())
}

#[test]
fn what_is_not_valid_is_refused() {
    let feed = |inside: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><id>https://a.example/</id><title>a</title><updated>2019-03-14T00:00:00Z</updated><link rel=\"self\" href=\"https://a.example/f\"/>{inside}</feed>"
        )
    };
    assert_eq!(atom(&feed("")), Ok(()));
    for wrong in ["<title>b</title>", "<entry/>", "<item/>", "<link rel=\"self\"/>", "<author/>", "<a", "&nbsp;<b/>"] {
        assert!(atom(&feed(wrong)).is_err(), "{wrong}");
    }
    assert!(atom(&feed("").replace("2019-03-14T00:00:00Z", "14 March")).is_err());
    assert!(json_ld(&serde_json::json!({ "@context": "https://schema.org", "@type": "Article" })).is_err());
    assert!(json_feed(&serde_json::json!({ "version": "https://jsonfeed.org/version/1.1", "title": "a", "home_page_url": "https://a.example/", "feed_url": "https://a.example/f", "items": [{ "url": "https://a.example/" }] })).is_err());
    assert!(sitemap("<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url/></urlset>").is_err());
    assert!(opensearch("<?xml version=\"1.0\" encoding=\"UTF-8\"?><OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"/>").is_err());
}
