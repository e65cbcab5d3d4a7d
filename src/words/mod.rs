//! What the page says, in each language it speaks: one file a language.

mod arabic;
mod english;
mod french;
mod german;
mod spanish;

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Arabic,
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
    /// How long the search took.
    pub took: &'static str,
    pub none_with_all: Plural,
    pub nothing_found: &'static str,
    pub nothing_found_help: &'static str,
    pub nearest: &'static str,
    pub without_filters: &'static str,
    pub completions: &'static str,
    pub show_all: &'static str,
    pub show_more: &'static str,
    pub corrected: &'static str,
    pub unknown_word: &'static str,
    pub as_text: &'static str,
    /// Copies of an article.
    pub similar: Plural,
    pub brief: &'static str,
    pub minutes: Plural,
    pub saved: &'static str,
    pub read: &'static str,

    // Filtering.
    pub filters: &'static str,
    pub order: &'static str,
    /// Best match, newest, oldest, title.
    pub orders: [&'static str; 4],
    pub without_filter: &'static str,
    pub more_values: Plural,
    pub source: &'static str,
    pub author: &'static str,
    pub tag: &'static str,
    pub language: &'static str,
    pub kind: &'static str,
    pub article: &'static str,
    pub date: &'static str,
    pub articles_in_time: &'static str,
    pub done: &'static str,

    // Reading.
    pub back_to_articles: &'static str,
    pub back_to_results: &'static str,
    pub brief_explained: &'static str,
    pub came_with: &'static str,
    pub briefs: &'static str,
    pub by: &'static str,
    pub updated: &'static str,
    pub original: &'static str,
    pub save: &'static str,
    pub copy_link: &'static str,
    pub cite: &'static str,
    pub print: &'static str,
    pub share: &'static str,
    /// The first forms in which an article is passed on: its address, a sentence.
    pub forms: [&'static str; 2],
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub selection: &'static str,
    pub copy_quote: &'static str,
    pub copy_passage_link: &'static str,
    pub passage_changed: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub matches: &'static str,
    pub match_count: Plural,
    pub match_of: &'static str,
    pub previous_match: &'static str,
    pub next_match: &'static str,
    pub contents: &'static str,
    pub related: &'static str,
    pub also_about: &'static str,
    pub a_copy: &'static str,
    pub table: &'static str,
    pub code: &'static str,
    pub back_to_text: &'static str,

    // Beside the list.
    pub ways_to_search: &'static str,
    /// What the queries do that are given as examples.
    pub ways: [&'static str; 7],
    pub shelf: &'static str,
    pub saved_for_later: &'static str,
    pub nothing_saved: &'static str,
    pub recently_read: &'static str,
    pub nothing_read: &'static str,
    pub forget: &'static str,
    pub list_width: &'static str,

    // Settings.
    pub settings: &'static str,
    pub theme: &'static str,
    /// The system's, light, dark, sepia.
    pub themes: [&'static str; 4],
    pub size: &'static str,
    /// From small to large.
    pub sizes: [&'static str; 5],
    pub keys_heading: &'static str,
    /// What the keys do.
    pub keys: [&'static str; 6],
    pub single_keys: &'static str,

    // Where something is missing.
    pub unknown_article: &'static str,
    pub unknown_article_help: &'static str,
    pub stopped: &'static str,
    pub stopped_help: &'static str,
    pub not_opened: &'static str,
    pub try_again: &'static str,
}

/// The forms of a counted noun, for zero, one, two, few, many and any other number, as far as the language tells them
/// apart; `#` stands for the number.
pub type Plural = [&'static str; 6];

/// The forms of a language that tells one from all other numbers.
const fn plural(one: &'static str, other: &'static str) -> Plural {
    ["", one, "", "", "", other]
}

impl Language {
    pub const ALL: [Language; 5] =
        [Language::English, Language::German, Language::French, Language::Spanish, Language::Arabic];

    /// The first of the tags' languages that the page speaks.
    pub fn of<T: AsRef<str>>(tags: impl IntoIterator<Item = T>) -> Language {
        let known = tags.into_iter().find_map(|tag| {
            let language = tag.as_ref().split('-').next().unwrap_or_default();
            Language::ALL.into_iter().find(|known| known.names().0 == language)
        });
        known.unwrap_or(Language::English)
    }

    /// Its tag, and what those who speak it call it.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Language::English => ("en", "English"),
            Language::German => ("de", "Deutsch"),
            Language::French => ("fr", "Français"),
            Language::Spanish => ("es", "Español"),
            Language::Arabic => ("ar", "العربية"),
        }
    }

    pub fn words(self) -> &'static Words {
        match self {
            Language::English => &english::WORDS,
            Language::German => &german::WORDS,
            Language::French => &french::WORDS,
            Language::Spanish => &spanish::WORDS,
            Language::Arabic => &arabic::WORDS,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_first_language_that_the_page_speaks_is_taken() {
        assert_eq!(Language::of(["ja", "de-AT", "en"]), Language::German);
        assert_eq!(Language::of(["ar-EG"]), Language::Arabic);
        assert_eq!(Language::of(["ja"]), Language::English);
        assert_eq!(Language::of([""; 0]), Language::English);
    }

    #[test]
    fn plurals_follow_the_rules_of_the_language() {
        let check = |language: Language, numbers: &[u32], form: usize| {
            for number in numbers {
                assert_eq!((language.words().form)(*number), form, "{language:?} {number}");
            }
        };
        check(Language::English, &[1], 1);
        check(Language::English, &[0, 2, 11, 101], 5);
        check(Language::German, &[0, 2, 21], 5);
        check(Language::French, &[0, 1], 1);
        check(Language::French, &[2, 100], 5);
        check(Language::Spanish, &[0, 2], 5);
        check(Language::Arabic, &[0], 0);
        check(Language::Arabic, &[1], 1);
        check(Language::Arabic, &[2], 2);
        check(Language::Arabic, &[3, 10, 103, 110], 3);
        check(Language::Arabic, &[11, 99, 111], 4);
        check(Language::Arabic, &[100, 101, 102, 1000], 5);
    }

    #[test]
    fn no_form_that_a_number_needs_is_missing() {
        for words in Language::ALL.map(Language::words) {
            let plurals = [
                &words.count,
                &words.more_with_some,
                &words.none_with_all,
                &words.minutes,
                &words.more_values,
                &words.match_count,
                &words.similar,
            ];
            for (plural, number) in plurals.into_iter().flat_map(|plural| (0..130).map(move |number| (plural, number)))
            {
                assert!(!words.counted(plural, number).is_empty(), "{} {number}", words.locale);
            }
        }
    }

    #[test]
    fn what_is_filled_in_has_its_place_in_every_language() {
        for words in Language::ALL.map(Language::words) {
            let places = [
                (words.nothing_found, "{text}"),
                (words.nearest, "{query}"),
                (words.nearest, "{count}"),
                (words.corrected, "{used}"),
                (words.corrected, "{typed}"),
                (words.unknown_word, "{word}"),
                (words.as_text, "{part}"),
                (words.without_filter, "{filter}"),
                (words.by, "{authors}"),
                (words.updated, "{date}"),
                (words.took, "{time}"),
                (words.match_of, "{at}"),
                (words.match_of, "{count}"),
            ];
            for (sentence, place) in places {
                assert!(sentence.contains(place), "{}: {sentence} lacks {place}", words.locale);
            }
        }
    }
}
