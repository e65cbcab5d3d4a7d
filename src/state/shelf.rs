/// What this browser keeps of a reader's articles, by their slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// For later; the one saved last comes first.
    pub saved: Vec<String>,
    /// The one opened last comes first.
    pub read: Vec<String>,
}

/// How many articles are remembered as read.
const READ: usize = 100;

impl Shelf {
    /// From what [`Shelf::text`] wrote. What is not understood is left out.
    pub fn parse(text: &str) -> Shelf {
        let mut shelf = Shelf::default();
        for line in text.lines() {
            match line.split_once(' ') {
                Some(("saved", slug)) => shelf.saved.push(slug.to_owned()),
                Some(("read", slug)) => shelf.read.push(slug.to_owned()),
                _ => {}
            }
        }
        shelf
    }

    /// For keeping: lines like `saved some-slug`.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, slugs) in [("saved ", &self.saved), ("read ", &self.read)] {
            slugs.iter().for_each(|slug| text += &[name, slug, "\n"].concat());
        }
        text
    }

    pub fn is_saved(&self, slug: &str) -> bool {
        self.saved.iter().any(|known| known == slug)
    }

    pub fn is_read(&self, slug: &str) -> bool {
        self.read.iter().any(|known| known == slug)
    }

    /// Saves an article, or no longer.
    pub fn save(&mut self, slug: &str, saved: bool) {
        put(&mut self.saved, slug, saved);
    }

    pub fn opened(&mut self, slug: &str) {
        put(&mut self.read, slug, true);
        self.read.truncate(READ);
    }
}

/// At the beginning, or nowhere.
fn put(slugs: &mut Vec<String>, slug: &str, first: bool) {
    slugs.retain(|known| known != slug);
    if first {
        slugs.insert(0, slug.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let mut shelf = Shelf::default();
        ["iron", "bees", "iron"].into_iter().for_each(|slug| shelf.opened(slug));
        ["iron", "bees"].into_iter().for_each(|slug| shelf.save(slug, true));
        shelf.save("iron", false);
        assert_eq!((&*shelf.read, &*shelf.saved), (&["iron".to_owned(), "bees".into()][..], &["bees".to_owned()][..]));
        assert!(shelf.is_read("iron") && !shelf.is_saved("iron"));
        assert_eq!(Shelf::parse(&shelf.text()), shelf);
        assert_eq!(Shelf::parse("{\"saved\": 1}\nsaved\n\nlost x"), Shelf::default());
    }

    #[test]
    fn what_was_read_long_ago_is_forgotten() {
        let mut shelf = Shelf::default();
        (0..READ + 20).for_each(|number| shelf.opened(&number.to_string()));
        assert_eq!((shelf.read.len(), shelf.is_read("19"), shelf.is_read("20")), (READ, false, true));
    }
}
