use std::fmt;
use std::ops::Deref;

use engine::index::{Corpus, DocumentId};

/// The articles, as all parts of the page share them. Two are equal if they are one and the same corpus.
#[derive(Clone, Copy)]
pub struct Articles(&'static Corpus<'static>);

impl Articles {
    /// They stay for as long as the page does, and so does the memory that knows where they are.
    pub fn new(corpus: Corpus<'static>) -> Articles {
        Articles(Box::leak(Box::new(corpus)))
    }

    /// About how many minutes it takes to read an article, at least one.
    pub fn minutes(self, id: DocumentId) -> u32 {
        minutes(self.document(id).words, self.head(id).language)
    }

    /// All runs of an article's text, one right after the other.
    pub fn whole(self, id: DocumentId) -> String {
        self.runs(id).collect()
    }
}

impl Deref for Articles {
    type Target = Corpus<'static>;

    fn deref(&self) -> &Corpus<'static> {
        self.0
    }
}

impl PartialEq for Articles {
    fn eq(&self, other: &Articles) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl fmt::Debug for Articles {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Articles")
    }
}

/// At 230 words a minute; at 450 characters where words are not set apart, since there the characters are counted.
fn minutes(words: u32, language: Option<&str>) -> u32 {
    let language = language.map_or("", |tag| tag.split('-').next().unwrap_or_default());
    let pace = match language {
        "ja" | "zh" | "th" | "lo" | "km" | "my" => 450,
        _ => 230,
    };
    ((words + pace / 2) / pace).max(1)
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn reading_takes_its_time() {
        let of = |words| minutes(words, Some("en-GB"));
        assert_eq!([0, 230, 344, 345, 2300].map(of), [1, 1, 1, 2, 10]);
        assert_eq!(minutes(2250, Some("ja")), 5);
    }
}
