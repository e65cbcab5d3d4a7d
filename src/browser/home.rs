//! Where our own page and its files are.

use std::cell::Cell;

thread_local! {
    static HOME: Cell<&'static str> = const { Cell::new("") };
    static PAGES: Cell<bool> = const { Cell::new(false) };
}

/// The address of our own page as links and files need it before theirs. It is empty on that page itself where that is
/// the only one, and whole on another's page.
pub fn home() -> &'static str {
    HOME.get()
}

/// Says where it is, and whether each article has a page of its own there. It is the same for everything that this
/// program shows.
pub fn set(address: String, pages: bool) {
    if HOME.get() != address {
        HOME.set(address.leak());
    }
    PAGES.set(pages);
}

/// For a link: where to find what an address of ours (`?q=iron&article=some-slug`) says.
pub fn to(address: &str) -> String {
    paged([home(), address].concat())
}

/// The same for an address that is whole: `…/?q=iron&article=some-slug` is `…/articles/some-slug/?q=iron` where articles
/// have pages.
pub fn paged(address: String) -> String {
    if !PAGES.get() {
        return address;
    }
    let (start, query) = address.split_once('?').unwrap_or((&address, ""));
    let (mut page, mut rest) = (start.to_owned(), String::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.strip_prefix("article=") {
            Some(slug) => page += &[FOLDER, slug, "/"].concat(),
            None => {
                rest.push(if rest.is_empty() { '?' } else { '&' });
                rest += pair;
            }
        }
    }
    page + &rest
}

/// The reverse: what `query` says on the page at `page`, of which both are parts of one address.
pub fn unpaged(page: &str, query: String) -> String {
    let below = page.strip_prefix(home()).filter(|_| PAGES.get()).unwrap_or_default();
    // Whatever is not there either is no article that is here.
    match below.strip_prefix(FOLDER).unwrap_or(below).split('/').next() {
        None | Some("" | "index.html") => query,
        Some(slug) => ["?article=", slug, "&", query.trim_start_matches('?')].concat(),
    }
}

/// Below it each article has a folder that is called by its slug.
const FOLDER: &str = "articles/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_has_a_page_where_there_are_pages() {
        assert_eq!((&*to("?q=a&article=b"), &*to("?")), ("?q=a&article=b", "?"));
        set("https://here.example/news/".into(), true);
        let check = |address: &str, whole: &str, back: &str| {
            let to = to(address);
            assert_eq!(to.strip_prefix("https://here.example/news/"), Some(whole));
            let (page, query) = to.split_at(to.find('?').unwrap_or(to.len()));
            assert_eq!(unpaged(page, query.to_owned()), back);
        };
        check("?", "", "");
        check("?q=a+b", "?q=a+b", "?q=a+b");
        check("?article=b", "articles/b/", "?article=b&");
        check(
            "?x=1&article=%C3%A9&passage=1-x-1",
            "articles/%C3%A9/?x=1&passage=1-x-1",
            "?article=%C3%A9&x=1&passage=1-x-1",
        );
        assert_eq!(unpaged("https://here.example/news/index.html", "?q=a".into()), "?q=a");
        assert_eq!(unpaged("https://here.example/news/articles/b/index.html", String::new()), "?article=b&");
        assert_eq!(unpaged("https://here.example/news/gone", String::new()), "?article=gone&");
    }
}
