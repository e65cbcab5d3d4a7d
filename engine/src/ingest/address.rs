//! Addresses that articles link to.

use url::{ParseError, Url};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `http:`, `https:` or `mailto:`.
    Out(String),
    /// Within the site that the article was written for, without its fragment.
    Within(String),
    /// To a place in the same article: the fragment.
    Here(String),
    /// Of a scheme that has no place in an article, by its name: `javascript`, `data`, `file`.
    Refused(String),
    /// No address at all.
    Broken,
}

/// Reads the address of a link as browsers do.
pub fn read(written: &str) -> Address {
    // Browsers skip these characters, so `java\nscript:` would be `javascript:`.
    let written: String = written.trim().chars().filter(|c| !c.is_control()).collect();
    if let Some(fragment) = written.strip_prefix('#') {
        return Address::Here(fragment.to_owned());
    }
    // An address without a scheme takes the page's.
    let whole = if written.starts_with("//") { format!("https:{written}") } else { written };
    match Url::parse(&whole) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "mailto") => Address::Out(url.into()),
        Ok(url) => Address::Refused(url.scheme().chars().take(20).collect()),
        Err(ParseError::RelativeUrlWithoutBase) if !whole.is_empty() => Address::Within(whole),
        Err(_) => Address::Broken,
    }
}

/// `link` as it is found on the page `base`, if that is an address of the web.
pub fn joined(base: &str, link: &str) -> Option<String> {
    let base = Url::parse(base).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let joined = base.join(link).ok()?;
    matches!(joined.scheme(), "http" | "https").then(|| joined.into())
}

/// Whether this is an address of the web; if so as browsers write it.
pub fn web(written: &str) -> Option<String> {
    match read(written) {
        Address::Out(url) if !url.starts_with("mailto:") => Some(url),
        _ => None,
    }
}

/// Two addresses of the same page are equal in this form.
pub fn comparable(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(format!("{}{}", host.strip_prefix("www.").unwrap_or(host), url.path().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_get_in() {
        let check = |written: &str, expected: Address| assert_eq!(read(written), expected, "{written:?}");
        let out = |url: &str| Address::Out(url.to_owned());
        let refused = |scheme: &str| Address::Refused(scheme.to_owned());
        check("https://example.org/a?b#c", out("https://example.org/a?b#c"));
        check(" HTTP://EXAMPLE.org ", out("http://example.org/"));
        check("mailto:a@example.org", out("mailto:a@example.org"));
        check("//example.org/x", out("https://example.org/x"));
        check("javascript:alert(1)", refused("javascript"));
        check("\u{1}jAvA\nscript\t:alert(1)", refused("javascript"));
        check("&#106;avascript:alert(1)", Address::Within("&#106;avascript:alert(1)".into()));
        check("data:text/html,<script>", refused("data"));
        check("vbscript:x", refused("vbscript"));
        check("file:///etc/passwd", refused("file"));
        check("#note", Address::Here("note".into()));
        check("../a.md#b", Address::Within("../a.md#b".into()));
        check("http://", Address::Broken);
        check("", Address::Broken);
    }
}
