use crate::site::encoded;
use anyhow::{Context, Result};
use engine::snippet::{self, HEIGHT};
use serde_json::json;
use std::{fs, path::Path};

const WIDTH: u32 = 720;

/// Writes what describes the site at `address` and, of its articles, those that come as slug and title: oEmbed 1.0, as
/// files. Pages say where their own is.
pub fn describe<'a>(
    site: &Path,
    address: &str,
    name: &str,
    articles: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    let folder = site.join("oembed");
    fs::create_dir_all(&folder)?;
    write(&folder, "index", document(address, "", name))?;
    for (slug, title) in articles {
        let query = format!("view=article&article={}", encoded(slug));
        write(&folder, slug, document(address, &query, title))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_is_one_line_of_html() {
        let about = document("https://example.org/", "article=a&view=article", "\"Quoted\" & <b>");
        assert!(about["html"].as_str().unwrap().starts_with(
            "<iframe src=\"https://example.org/embed/v1/frame.html?article=a&amp;view=article\" title=\"&quot;Quoted&quot; &amp; &lt;b&gt;\""
        ));
    }
}
