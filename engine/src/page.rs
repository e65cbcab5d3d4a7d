//! The pages of a site: what draws them and what writes about them agree here.

use crate::index::{Corpus, DocumentId};

/// A page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Start,
    /// Some of all articles, [`ROWS_OF_LIST`] on each; the first is 1.
    List(usize),
    Article(DocumentId),
    NotFound,
}

/// Rows of a page that lists articles. A thousand weigh about half a megabyte, and 74,000 articles make 74 pages.
pub const ROWS_OF_LIST: usize = 1000;

impl Page {
    /// Its file, below the site's folder, with `/` between names.
    pub fn file(self, articles: &Corpus) -> String {
        match self {
            Page::Start => "index.html".into(),
            Page::List(number) => format!("list/{number}/index.html"),
            Page::Article(id) => format!("articles/{}/index.html", articles.head(id).slug),
            Page::NotFound => "404.html".into(),
        }
    }
}
