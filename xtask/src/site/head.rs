use super::{
    page::{self, Site, encoded},
    worker,
};
use engine::{
    index::DocumentId,
    page::{Page, ROWS_OF_LIST},
    snippet::escaped,
};
use serde_json::{Value, json};

/// How many articles the start page names to search engines; all of them are in the sitemap.
const LISTED: usize = 10;

/// What the head of a page says of it, beside its title: to search engines, to those who preview a link to it, to readers
/// of feeds, to browsers.
pub fn tags(site: &Site, page: Page) -> String {
    let mut tags = Tags::default();
    if page == Page::NotFound {
        tags.meta("name", "robots", "noindex");
        return tags.html;
    }
    let root = site.root(page);
    tags.html += &worker::tag(root);
    let description = match page {
        Page::Article(id) => site.summary(id),
        _ => Some(site.facts.description.clone()),
    };
    let address = site.place_of(page).and_then(|place| site.whole(&place));
    if let Some(description) = &description {
        tags.meta("name", "description", description);
    }
    if let Some(address) = &address {
        tags.link("canonical", "", address);
    }
    previews(&mut tags, site, page, address.as_deref(), description.as_deref());
    if site.facts.address.is_some() {
        let name = &site.facts.name;
        tags.link("alternate", "application/atom+xml", &[root, "feed.xml"].concat());
        tags.link("alternate", "application/feed+json", &[root, "feed.json"].concat());
        let about = match page {
            Page::Article(id) => site.corpus.head(id).slug,
            _ => "index",
        };
        tags.link("alternate", "application/json+oembed", &format!("{root}oembed/{}.json", encoded(about)));
        tags.titled("search", "application/opensearchdescription+xml", &[root, "opensearch.xml"].concat(), name);
    }
    let data = match page {
        Page::Article(id) => article(site, id, address.as_deref(), description.as_deref()),
        Page::List(_) => list(site, page),
        _ => start(site),
    };
    if let Some(data) = data {
        tags.data(&data);
    }
    tags.html
}

fn previews(tags: &mut Tags, site: &Site, page: Page, address: Option<&str>, description: Option<&str>) {
    let facts = &site.facts;
    let logo = facts.logo.as_deref().and_then(|logo| site.whole(&page::logo(logo)));
    let mut picture = logo;
    tags.property("og:site_name", &facts.name);
    match page {
        Page::Article(id) => {
            let head = site.corpus.head(id);
            tags.property("og:type", "article");
            tags.property("og:title", head.title);
            for (name, date) in [("published", head.date), ("modified", head.updated)] {
                if let Some(date) = page::day(&date) {
                    tags.property(&format!("article:{name}_time"), &page::iso(date));
                }
            }
            head.section.iter().for_each(|section| tags.property("article:section", section));
            head.tags.iter().for_each(|tag| tags.property("article:tag", tag));
            picture = site.picture(id).or(picture);
        }
        _ => {
            tags.property("og:type", "website");
            tags.property("og:title", &facts.name);
        }
    }
    let told = [("og:url", address), ("og:image", picture.as_deref()), ("og:description", description)];
    for (name, value) in told {
        if let Some(value) = value {
            tags.property(name, value);
        }
    }
    // Everything else that its previews show they take from the properties above.
    tags.meta("name", "twitter:card", if picture.is_some() { "summary_large_image" } else { "summary" });
}

/// The site and how it is searched, and its newest articles.
fn start(site: &Site) -> Option<Value> {
    let facts = &site.facts;
    let mut about = json!({ "@type": "WebSite", "name": facts.name, "description": facts.description });
    if let Some(address) = &facts.address {
        about["url"] = address.as_str().into();
        about["potentialAction"] = json!({
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{address}?q={{search_term_string}}") },
            "query-input": "required name=search_term_string",
        });
    }
    if let Some(language) = &facts.language {
        about["inLanguage"] = language.as_str().into();
    }
    let both: Vec<_> = [Some(about), items(site, 0)].into_iter().flatten().collect();
    Some(json!({ "@context": "https://schema.org", "@graph": both }))
}

fn list(site: &Site, page: Page) -> Option<Value> {
    let Page::List(number) = page else { return None };
    let mut items = items(site, number.saturating_sub(1) * ROWS_OF_LIST)?;
    items["@context"] = "https://schema.org".into();
    Some(items)
}

/// The articles from a place in the list on, by their addresses, if these are known.
fn items(site: &Site, from: usize) -> Option<Value> {
    // Views of one page are nothing to list.
    if site.facts.address.is_none() || site.pages.is_empty() {
        return None;
    }
    let newest = site.newest();
    let item = |(at, (_, head)): (usize, &(DocumentId, _))| -> Option<Value> {
        let head: &engine::article::Head<&str> = head;
        Some(json!({ "@type": "ListItem", "position": at + 1, "url": site.whole(&site.place(head.slug))? }))
    };
    let items: Vec<_> = newest.iter().enumerate().skip(from).take(LISTED).filter_map(item).collect();
    (!items.is_empty()).then(|| json!({ "@type": "ItemList", "itemListElement": items }))
}

/// What is known about an article, and nothing else.
fn article(site: &Site, id: DocumentId, address: Option<&str>, description: Option<&str>) -> Option<Value> {
    let head = site.corpus.head(id);
    let kind = if site.facts.news { "NewsArticle" } else { "Article" };
    let mut about = json!({ "@context": "https://schema.org", "@type": kind, "headline": head.title });
    let mut say = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            about[key] = value;
        }
    };
    say("alternativeHeadline", head.subtitle.map(Value::from));
    say("description", description.map(Value::from));
    say("url", address.map(Value::from));
    say("mainEntityOfPage", address.map(Value::from));
    say("datePublished", head.date.map(|date| page::iso(date).into()));
    say("dateModified", head.updated.map(|date| page::iso(date).into()));
    let authors: Vec<_> = head.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    say("author", (!authors.is_empty()).then(|| authors.into()));
    say("publisher", head.source.map(|name| json!({ "@type": "Organization", "name": name })));
    say("articleSection", head.section.map(Value::from));
    say("keywords", (!head.tags.is_empty()).then(|| head.tags.clone().into()));
    say("inLanguage", head.language.map(Value::from));
    say("image", site.picture(id).map(Value::from));
    say("sameAs", head.url.map(Value::from));
    let part = json!({ "@type": "WebSite", "name": site.facts.name });
    say("isPartOf", Some(part));
    Some(about)
}

#[derive(Default)]
struct Tags {
    html: String,
}

impl Tags {
    fn meta(&mut self, key: &str, name: &str, content: &str) {
        self.html += &format!("<meta {key}=\"{name}\" content=\"{}\">", escaped(content));
    }

    fn property(&mut self, name: &str, content: &str) {
        self.meta("property", name, content);
    }

    fn link(&mut self, rel: &str, kind: &str, href: &str) {
        let kind = if kind.is_empty() { String::new() } else { format!(" type=\"{kind}\"") };
        self.html += &format!("<link rel=\"{rel}\"{kind} href=\"{}\">", escaped(href));
    }

    fn titled(&mut self, rel: &str, kind: &str, href: &str, title: &str) {
        let (href, title) = (escaped(href), escaped(title));
        self.html += &format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{href}\" title=\"{title}\">");
    }

    /// Data, which no browser runs; but the end of a script would end it wherever it stands.
    fn data(&mut self, data: &Value) {
        let text = data.to_string().replace('<', "\\u003c");
        self.html += &format!("<script type=\"application/ld+json\">{text}</script>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::valid::{self, ADDRESS};
    use std::collections::BTreeMap;

    fn data(html: &str) -> Value {
        let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    fn metas(html: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for tag in html.split("<meta ").skip(1) {
            let mut values = tag.split('"').skip(1).step_by(2);
            found.insert(values.next().unwrap().to_owned(), values.next().unwrap().to_owned());
        }
        found
    }

    #[test]
    fn an_article_says_what_is_known_of_it_and_nothing_else() {
        valid::with_site(Some(ADDRESS), true, |site| {
            let head = |slug: &str| tags(site, Page::Article(site.corpus.find(slug).unwrap()));
            let told = head("iron-rust-and-script");
            let about = data(&told);
            assert!(!told.contains("</script><"), "the title must not end it: {told}");
            assert_eq!(about["headline"], "Iron & rust, and </script>");
            assert_eq!(about["datePublished"], "2019-03-14");
            assert_eq!(about["author"], json!([{ "@type": "Person", "name": "Runa Vik" }]));
            assert_eq!(about["url"], "https://letters.example/a/articles/iron-rust-and-script/");
            assert_eq!(valid::json_ld(&about), Ok(()));
            let metas = metas(&told);
            assert_eq!(metas["og:title"], "Iron &amp; rust, and &lt;/script&gt;");
            assert_eq!(metas["og:url"], "https://letters.example/a/articles/iron-rust-and-script/");
            assert_eq!(metas["article:published_time"], "2019-03-14");
            assert!(told.contains(
                "<link rel=\"canonical\" href=\"https://letters.example/a/articles/iron-rust-and-script/\">"
            ));
            assert!(told.contains("href=\"../../feed.xml\""), "{told}");

            let undated = head("no-date");
            let about = data(&undated);
            for unknown in ["datePublished", "dateModified", "author", "publisher", "image"] {
                assert_eq!(about[unknown], Value::Null, "{unknown}");
            }
            assert!(!undated.contains("published_time"));
            assert_eq!(data(&head("only-the-month"))["datePublished"], "2018-07", "as exactly as it is known");
        });
    }

    #[test]
    fn without_an_address_nothing_is_said_that_takes_one() {
        valid::with_site(None, true, |site| {
            for page in [Page::Start, Page::List(2), Page::Article(DocumentId(0)), Page::NotFound] {
                let told = tags(site, page);
                for absent in ["canonical", "og:url", "SearchAction", "feed.xml", "opensearch", "og:image", "ItemList"]
                {
                    assert!(!told.contains(absent), "{absent} in {told}");
                }
            }
            assert_eq!(valid::json_ld(&data(&tags(site, Page::Start))), Ok(()));
        });
    }

    #[test]
    fn the_start_page_can_be_searched_and_lists_its_newest_articles() {
        valid::with_site(Some(ADDRESS), true, |site| {
            let told = tags(site, Page::Start);
            let about = data(&told);
            assert_eq!(valid::json_ld(&about), Ok(()));
            let [site, list] = &about["@graph"].as_array().unwrap()[..] else { panic!("{about}") };
            assert_eq!(
                site["potentialAction"]["target"]["urlTemplate"],
                "https://letters.example/a/?q={search_term_string}"
            );
            assert_eq!(list["itemListElement"][0]["url"], "https://letters.example/a/articles/iron-rust-and-script/");
            assert!(told.contains("<link rel=\"canonical\" href=\"https://letters.example/a/\">"), "{told}");
        });
        valid::with_site(Some(ADDRESS), false, |site| {
            assert_eq!(tags(site, Page::NotFound), "<meta name=\"robots\" content=\"noindex\">");
        });
    }
}
