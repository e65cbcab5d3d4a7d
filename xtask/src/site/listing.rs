//! What the site has, for those who read it by machine: sitemap, robots.txt, OpenSearch description, llms.txt.

use super::page::{self, Site};
use anyhow::Result;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::path::Path;

/// The most that one sitemap may hold, by its protocol.
const ADDRESSES: usize = 50_000;
const BYTES: usize = 50_000_000;

/// Articles that llms.txt names; programs that read it have little room.
const NAMED: usize = 500;

const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Writes all of these; those that take an address only if there is one.
pub fn write(folder: &Path, site: &Site, left_out: &mut Vec<String>) -> Result<()> {
    let put = |name: &str, text: &str| crate::finish::write(&folder.join(name), text);
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(address) = &site.facts.address {
        for (name, text) in sitemaps(site, address, (ADDRESSES, BYTES))? {
            put(&name, &text)?;
        }
        robots += &format!("\nSitemap: {address}sitemap.xml\n");
        put("opensearch.xml", &opensearch(site, address)?)?;
        if host_of(address).1 != "/" {
            left_out.push(format!(
                "robots.txt counts only at the root of {}: add its line `Sitemap: …` to the one there",
                host_of(address).0
            ));
        }
    }
    put("robots.txt", &robots)?;
    put("llms.txt", &llms(site))
}

/// Scheme and host of an address, and the path that follows.
fn host_of(address: &str) -> (&str, &str) {
    let start = address.find("://").map_or(0, |at| at + 3);
    address.split_at(address[start..].find('/').map_or(address.len(), |at| start + at))
}

/// An XML document, of what `inside` writes.
pub fn document(inside: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> Result<String> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    inside(&mut xml)?;
    Ok(String::from_utf8(xml.into_inner())? + "\n")
}

/// Text without the characters that XML can't hold in any way.
pub fn legal(text: &str) -> String {
    let held = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(held).collect()
}

/// `sitemap.xml`; where it would hold too much, it lists others that hold the addresses.
fn sitemaps(site: &Site, address: &str, (addresses, bytes): (usize, usize)) -> Result<Vec<(String, String)>> {
    let mut places = vec![(address.to_owned(), None)];
    for (_, head) in site.newest() {
        let changed = head.updated.or(head.date).filter(|date| date.year >= 0);
        places.push((address.to_owned() + &site.place(head.slug), changed.map(page::iso)));
    }
    // What surrounds an address, generously.
    let weight = |(place, _): &(String, Option<String>)| place.len() + 100;
    let mut parts: Vec<Vec<_>> = vec![Vec::new()];
    let mut weighs = 1000;
    for place in places {
        let full = parts.last().is_some_and(|part| part.len() == addresses) || weighs + weight(&place) > bytes;
        if full {
            parts.push(Vec::new());
            weighs = 1000;
        }
        weighs += weight(&place);
        parts.last_mut().expect("there is one from the start").push(place);
    }
    let documents = parts.iter().map(|part| urls("urlset", "url", part)).collect::<Result<Vec<_>>>()?;
    if let [only] = &documents[..] {
        return Ok(vec![("sitemap.xml".into(), only.clone())]);
    }
    let name = |at: usize| format!("sitemap-{}.xml", at + 1);
    let listed: Vec<_> = (0..documents.len()).map(|at| (address.to_owned() + &name(at), None)).collect();
    let parts = documents.into_iter().enumerate().map(|(at, text)| (name(at), text));
    Ok([("sitemap.xml".to_owned(), urls("sitemapindex", "sitemap", &listed)?)].into_iter().chain(parts).collect())
}

fn urls(whole: &str, each: &str, places: &[(String, Option<String>)]) -> Result<String> {
    document(|xml| {
        xml.create_element(whole).with_attribute(("xmlns", SITEMAPS)).write_inner_content(|xml| {
            for (place, changed) in places {
                xml.create_element(each).write_inner_content(|xml| {
                    xml.create_element("loc").write_text_content(BytesText::new(place))?;
                    if let Some(changed) = changed {
                        xml.create_element("lastmod").write_text_content(BytesText::new(changed))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        Ok(())
    })
}

/// OpenSearch 1.1, by which a browser offers the site as a search engine. Names may have 16 characters, descriptions 1024.
fn opensearch(site: &Site, address: &str) -> Result<String> {
    let first = |text: &str, most: usize| legal(text).chars().take(most).collect::<String>().trim().to_owned();
    document(|xml| {
        let whole = xml.create_element("OpenSearchDescription");
        whole.with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/")).write_inner_content(|xml| {
            let texts = [
                ("ShortName", first(&site.facts.name, 16)),
                ("Description", first(&site.facts.description, 1024)),
                ("InputEncoding", "UTF-8".to_owned()),
            ];
            for (name, text) in texts {
                xml.create_element(name).write_text_content(BytesText::new(&text))?;
            }
            let template = format!("{address}?q={{searchTerms}}");
            let url = xml.create_element("Url").with_attribute(("type", "text/html"));
            url.with_attribute(("template", template.as_str())).write_empty()?;
            let icon = xml.create_element("Image").with_attribute(("type", "image/svg+xml"));
            icon.write_text_content(BytesText::new(&[address, "icon.svg"].concat()))?;
            Ok(())
        })?;
        Ok(())
    })
}

/// The site as a Markdown page for language models (llmstxt.org): name, description, lists of links.
fn llms(site: &Site) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("# {}\n\n> {}\n\n## Articles\n\n", line(&site.facts.name), line(&site.facts.description));
    let newest = site.newest();
    for (id, head) in newest.iter().take(NAMED) {
        let place = site.place(head.slug);
        let place = site.whole(&place).unwrap_or(place);
        let title = line(head.title).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        text += &format!("- [{title}]({place})");
        let about = [head.date.filter(|date| date.year >= 0).map(page::iso), site.summary(*id)];
        let about: Vec<_> = about.into_iter().flatten().map(|about| line(&about)).collect();
        if !about.is_empty() {
            text += &[": ", &about.join(". ")].concat();
        }
        text.push('\n');
    }
    if newest.len() > NAMED {
        text += &format!("\n{} more articles are in the sitemap.\n", newest.len() - NAMED);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::valid::{self, ADDRESS};

    #[test]
    fn the_sitemap_is_valid_whole_and_in_parts() {
        valid::with_site(Some(ADDRESS), true, |site| {
            let whole = sitemaps(site, ADDRESS, (ADDRESSES, BYTES)).unwrap();
            assert_eq!(whole.len(), 1);
            assert_eq!(valid::sitemap(&whole[0].1), Ok(()));
            assert_eq!(whole[0].1.matches("<url>").count() as u32, site.corpus.len() + 1);
            assert_eq!(whole[0].1.matches("<lastmod>").count(), 3, "what is not dated has no date");

            let parts = sitemaps(site, ADDRESS, (2, BYTES)).unwrap();
            let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
            parts.iter().for_each(|(_, text)| assert_eq!(valid::sitemap(text), Ok(())));
            assert!(parts[0].1.contains("<loc>https://letters.example/a/sitemap-3.xml</loc>"));
            assert_eq!(sitemaps(site, ADDRESS, (ADDRESSES, 1300)).unwrap().len(), 4, "by bytes");
        });
    }

    #[test]
    fn the_search_is_described_to_browsers() {
        valid::with_site(Some(ADDRESS), true, |site| {
            let text = opensearch(site, ADDRESS).unwrap();
            assert_eq!(valid::opensearch(&text), Ok(()));
            assert!(text.contains("template=\"https://letters.example/a/?q={searchTerms}\""), "{text}");
        });
    }

    #[test]
    fn programs_find_a_list_of_links() {
        valid::with_site(Some(ADDRESS), true, |site| {
            let text = llms(site);
            assert_eq!(valid::llms(&text), Ok(()));
            let line = "- [Iron & rust, and </script>](https://letters.example/a/articles/iron-rust-and-script/): 2019-03-14. ";
            assert!(text.contains(line), "{text}");
        });
        assert_eq!(legal("a\u{0}\u{b}b\u{fffe}ü"), "abü");
        assert_eq!(host_of("https://a.example/b/"), ("https://a.example", "/b/"));
    }
}
