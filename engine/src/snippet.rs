//! HTML by which other pages show the explorer. It names files that stay where they are.

/// The folder of everything that other pages name, below the site's address. A change that would break them gets another.
pub const FOLDER: &str = "embed/v1";

/// How high a frame is, in CSS pixels, on pages that don't ask it.
pub const HEIGHT: u32 = 600;

/// A frame that shows what `query` says, as in `view=article&article=some-slug`, or with none the whole explorer. `site` is
/// the explorer's address and ends in a slash; `title` is what a screen reader calls the frame.
pub fn frame(site: &str, query: &str, title: &str) -> String {
    let query = if query.is_empty() { String::new() } else { ["?", query].concat() };
    let source = attribute(&[site, FOLDER, "/frame.html", &query].concat());
    let height = HEIGHT.to_string();
    let rest = "\" loading=\"lazy\" sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\"></iframe>";
    ["<iframe src=", &source, " title=", &attribute(title), " width=\"100%\" height=\"", &height, rest].concat()
}

/// The element that shows the article with this slug, or with none the whole explorer, and the script that it takes.
/// `site` is as in [`frame`].
pub fn element(site: &str, slug: Option<&str>) -> String {
    let script = attribute(&[site, FOLDER, "/article-explorer.js"].concat());
    let article = slug.map(|slug| [" view=\"article\" article=", &attribute(slug)].concat()).unwrap_or_default();
    let element = "></script>\n<article-explorer";
    ["<script type=\"module\" src=", &script, element, &article, "></article-explorer>"].concat()
}

/// A value in quotation marks.
fn attribute(value: &str) -> String {
    ["\"", &escaped(value), "\""].concat()
}

/// Text as it has to be written in HTML and in values of attributes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_in_their_quotation_marks() {
        assert_eq!(
            frame("https://here.example/", "view=article&article=iron", "Iron & \"rust\""),
            "<iframe src=\"https://here.example/embed/v1/frame.html?view=article&amp;article=iron\" \
             title=\"Iron &amp; &quot;rust&quot;\" width=\"100%\" height=\"600\" loading=\"lazy\" \
             sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\"></iframe>"
        );
        assert!(frame("https://here.example/", "", "").contains("frame.html\" title=\"\""));
        assert_eq!(
            element("https://here.example/", Some("iron")),
            "<script type=\"module\" src=\"https://here.example/embed/v1/article-explorer.js\"></script>\n\
             <article-explorer view=\"article\" article=\"iron\"></article-explorer>"
        );
        assert!(element("https://here.example/", None).ends_with("</script>\n<article-explorer></article-explorer>"));
    }
}
