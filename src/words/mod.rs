//! What the page says, in each language it speaks: one file a language.

mod english;

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
}

/// Everything that the page says. Names in braces stand for what is filled in.
pub struct Words {
    /// For the browser's own formatting of dates and numbers.
    pub locale: &'static str,
    /// Which of a plural's forms goes with a number: see [`Plural`].
    pub form: fn(u32) -> usize,

    // Finding.
    pub search: &'static str,
    pub clear: &'static str,
    pub articles: &'static str,
    pub latest: &'static str,
    pub results: &'static str,
    pub count: Plural,
    /// Articles that have only some of the words, beside others that have all.
    pub more_with_some: Plural,
    pub comma: &'static str,
    pub none_with_all: Plural,
    pub nothing_found: &'static str,
    pub nothing_found_help: &'static str,
    pub show_all: &'static str,
    pub show_more: &'static str,
    pub corrected: &'static str,
    pub unknown_word: &'static str,
    pub as_text: &'static str,
    pub brief: &'static str,
    pub minutes: Plural,

    // Reading.
    pub back_to_articles: &'static str,
    pub back_to_results: &'static str,
    pub brief_explained: &'static str,
    pub came_with: &'static str,
    pub briefs: &'static str,
    pub by: &'static str,
    pub updated: &'static str,
    pub original: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub matches: &'static str,
    pub match_count: Plural,
    pub match_of: &'static str,
    pub previous_match: &'static str,
    pub next_match: &'static str,
    pub table: &'static str,
    pub code: &'static str,
    pub back_to_text: &'static str,

    // Beside the list.
    pub ways_to_search: &'static str,
    /// What to type, and what it does.
    pub ways: [(&'static str, &'static str); 7],
    pub keys_heading: &'static str,
    pub keys: [(&'static str, &'static str); 5],

    // Where something is missing.
    pub unknown_article: &'static str,
    pub unknown_article_help: &'static str,
    pub stopped: &'static str,
    pub stopped_help: &'static str,
    pub not_opened: &'static str,
    pub try_again: &'static str,
    pub start_over: &'static str,
}

/// The forms of a counted noun, for zero, one, two, few, many and any other number, as far as the language tells them
/// apart; `#` stands for the number.
pub type Plural = [&'static str; 6];

/// The forms of a language that tells one from all other numbers.
const fn plural(one: &'static str, other: &'static str) -> Plural {
    ["", one, "", "", "", other]
}

impl Language {
    /// The one that fits a language tag best.
    pub fn of(_tag: &str) -> Language {
        Language::English
    }

    pub fn words(self) -> &'static Words {
        match self {
            Language::English => &english::WORDS,
        }
    }
}

impl Words {
    /// What the link from an article to the list says while this is searched for.
    pub fn back(&self, text: &str) -> &'static str {
        if text.is_empty() { self.back_to_articles } else { self.back_to_results }
    }

    /// The form of a plural that goes with `number`.
    pub fn counted(&self, plural: &Plural, number: u32) -> &'static str {
        plural[(self.form)(number)]
    }
}
