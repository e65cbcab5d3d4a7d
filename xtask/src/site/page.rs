use super::Facts;
use anyhow::Result;
use engine::{
    article::{Block, Date, Head},
    index::{Corpus, DocumentId},
    page::Page,
};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What is known when the pages are written.
pub struct Site<'a> {
    pub facts: Facts,
    pub corpus: Corpus<'a>,
    /// The slugs of the articles that have pages of their own; the others are views of the start page.
    pub pages: BTreeSet<String>,
}

/// The slugs of the articles that have pages in a site's folder.
pub fn drawn(folder: &Path) -> Result<BTreeSet<String>> {
    let mut slugs = BTreeSet::new();
    for entry in fs::read_dir(folder.join("articles")).into_iter().flatten() {
        slugs.insert(entry?.file_name().to_string_lossy().into_owned());
    }
    Ok(slugs)
}

impl<'a> Site<'a> {
    /// All articles, newest first; those whose day is not known follow as they are in the corpus.
    pub fn newest(&self) -> Vec<(DocumentId, Head<&'a str>)> {
        let mut articles: Vec<_> = self.corpus.ids().map(|id| (id, self.corpus.head(id))).collect();
        articles.sort_by_key(|(_, head)| std::cmp::Reverse(day(&head.date)));
        articles
    }

    /// Where an article is, below the site's address.
    pub fn place(&self, slug: &str) -> String {
        let name = encoded(slug);
        if self.pages.contains(slug) { format!("articles/{name}/") } else { format!("?article={name}") }
    }

    /// Where a page is, below the site's address. That nothing is found has no place.
    pub fn place_of(&self, page: Page) -> Option<String> {
        match page {
            Page::Start => Some(String::new()),
            Page::List(number) => Some(format!("list/{number}/")),
            Page::Article(id) => Some(self.place(self.corpus.head(id).slug)),
            Page::NotFound => None,
        }
    }

    /// The pages that are there, each with its file.
    pub fn pages(&self, folder: &Path) -> Vec<(Page, PathBuf)> {
        let with_file = |page: Page| (page, folder.join(page.file(&self.corpus)));
        let lists = (1..).map(Page::List).map(with_file).take_while(|(_, file)| file.exists());
        let pages = [Page::Start, Page::NotFound].map(with_file).into_iter().chain(lists);
        let articles = self.corpus.ids().map(Page::Article).map(with_file);
        pages.chain(articles).filter(|(_, file)| file.exists()).collect()
    }

    /// What leads from a page to the site's files.
    pub fn root(&self, page: Page) -> &'static str {
        match page {
            Page::List(_) => "../../",
            Page::Article(id) if self.pages.contains(self.corpus.head(id).slug) => "../../",
            _ => "./",
        }
    }

    /// A whole address, if the site has one.
    pub fn whole(&self, place: &str) -> Option<String> {
        Some(self.facts.address.as_deref()?.to_owned() + place)
    }

    /// An article in a sentence or two: its summary, or how its text begins.
    pub fn summary(&self, id: DocumentId) -> Option<String> {
        let head = self.corpus.head(id);
        let begins = || self.corpus.runs(id).find(|run| !run.trim().is_empty());
        head.summary.or_else(begins).map(|text| shortened(text, 200))
    }

    /// The first picture in an article.
    pub fn picture(&self, id: DocumentId) -> Option<String> {
        self.corpus.body(id).iter().find_map(|block| match block {
            Block::Figure { image, .. } if image.path.contains("://") => Some(image.path.clone()),
            Block::Figure { image, .. } => self.whole(&image.path),
            _ => None,
        })
    }
}

/// The name of the logo in the site.
pub fn logo(path: &str) -> String {
    format!("logo.{}", path.rsplit('.').next().unwrap_or(path))
}

/// What the browser shows as the name of a page.
pub fn title(site: &Site, page: Page) -> String {
    match page {
        Page::Article(id) => format!("{} · {}", site.corpus.head(id).title, site.facts.name),
        _ => site.facts.name.clone(),
    }
}

/// A date, if its day is known.
pub fn day(date: &Option<Date>) -> Option<Date> {
    date.filter(|date| date.day != 0 && date.year >= 0)
}

/// A date as exactly as it is known, in ISO 8601.
pub fn iso(date: Date) -> String {
    let Date { year, month, day } = date;
    match (month, day) {
        (0, _) => format!("{year:04}"),
        (_, 0) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// Text of at most so many characters, which ends with a whole word.
fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', ' ', '–', '-']))
}

/// Text as a part of an address.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ends_with_a_word() {
        assert_eq!(shortened("one  two\nthree", 20), "one two three");
        assert_eq!(shortened("one two, three", 10), "one two…");
        assert_eq!(shortened("äöüäöüäöü", 4), "äöüä…");
        assert_eq!(encoded("a b/é"), "a%20b%2F%C3%A9");
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        assert_eq!(iso(Date::year(1987)), "1987");
        assert_eq!(iso(Date::month(1987, 3).unwrap()), "1987-03");
        assert_eq!(iso(Date::day(1987, 3, 4).unwrap()), "1987-03-04");
        assert_eq!(day(&Date::month(1987, 3)), None);
    }
}
