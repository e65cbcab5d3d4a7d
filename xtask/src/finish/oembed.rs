use anyhow::{Context, Result, bail};
use engine::snippet::{self, HEIGHT};
use serde_json::json;
use std::{fs, path::Path};

const WIDTH: u32 = 720;

/// Writes what describes the site at `address` and each of its articles to those who embed by address: oEmbed 1.0, as
/// files. The page says where its own is.
pub fn describe(site: &Path, address: &str, articles: &[(String, String)]) -> Result<()> {
    if !address.ends_with('/') || !address.contains("://") {
        bail!(
            "the site's address should be whole and end in a slash, as in https://example.org/articles/, not {address}"
        );
    }
    let folder = site.join("oembed");
    fs::create_dir_all(&folder)?;
    let index = site.join("index.html");
    let page = fs::read_to_string(&index).context("there is no page")?;
    let title =
        page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map_or("", |(title, _)| title);
    write(&folder, "index", document(address, "", title))?;
    for (slug, title) in articles {
        let query = format!("view=article&article={}", encoded(slug));
        write(&folder, slug, document(address, &query, title))?;
    }
    let link = "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"oembed/index.json\">";
    if !page.contains(link) {
        let (before, after) = page.split_once("<title>").context("the page has no title")?;
        fs::write(&index, [before, link, "<title>", after].concat())?;
    }
    Ok(())
}

fn document(address: &str, query: &str, title: &str) -> serde_json::Value {
    let html = snippet::frame(address, query, title);
    json!({ "version": "1.0", "type": "rich", "title": title, "provider_url": address, "html": html, "width": WIDTH, "height": HEIGHT })
}

fn write(folder: &Path, name: &str, document: serde_json::Value) -> Result<()> {
    let file = folder.join(format!("{name}.json"));
    fs::write(&file, format!("{document}\n")).with_context(|| format!("{} can't be written", file.display()))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_is_one_line_of_html() {
        let about = document("https://example.org/", "article=a&view=article", "\"Quoted\" & <b>");
        assert!(about["html"].as_str().unwrap().starts_with(
            "<iframe src=\"https://example.org/embed/v1/frame.html?article=a&amp;view=article\" title=\"&quot;Quoted&quot; &amp; &lt;b>\""
        ));
        assert_eq!(encoded("a b/é"), "a%20b%2F%C3%A9");
    }
}
