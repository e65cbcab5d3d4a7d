//! What the page says. Each language it speaks has one file, `static/words/<tag>.txt`: a line `name = text` for each
//! text, in the order of [`Place`]. English is part of the program; the others are fetched by those who read them.

use std::cell::Cell;

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Arabic,
}

/// A sentence or a name. Names in braces stand for what is filled in.
type Text = &'static str;

/// The forms of a counted noun, parted by ` | `, as many as the language tells apart; `#` stands for the number.
#[derive(Clone, Copy, Debug)]
pub struct Plural(&'static str);

/// Texts of a kind, parted by ` | `.
#[derive(Clone, Copy, Debug)]
pub struct Several(&'static str);

macro_rules! words {
    (
        first { $($(#[$about:meta])* $name:ident: $kind:ident,)* }
        more { $($(#[$about_more:meta])* $more:ident: $kind_of_more:ident,)* }
    ) => {
        /// Everything that the page says in one language.
        pub struct Words {
            pub spoken: Language,
            /// In the order of [`Place`]. Of English there are only the first until the others are asked for.
            texts: [Cell<&'static str>; NAMES.len()],
        }

        #[expect(non_camel_case_types, reason = "they are called as the texts are")]
        enum Place {
            $($name,)*
            $($more,)*
        }

        const NAMES: &[&str] = &[$(stringify!($name),)* $(stringify!($more),)*];

        /// How many come first.
        const FIRST: usize = [$(stringify!($name)),*].len();

        #[cfg(test)]
        const KINDS: &[&str] = &[$(stringify!($kind),)* $(stringify!($kind_of_more),)*];

        impl Words {
            $($(#[$about])*
            #[inline(always)]
            pub fn $name(&self) -> $kind {
                self.texts[Place::$name as usize].get().into()
            })*

            $($(#[$about_more])*
            #[inline(always)]
            pub fn $more(&self) -> $kind_of_more {
                self.with_more().texts[Place::$more as usize].get().into()
            })*
        }
    };
}

// The second half is what the first look at the list can do without. With `with_more` it is in the part of the program that is
// fetched later (see `components::deferred`); `cargo xtask build` fails if somebody else takes a text of it.
words! {
    first {
        // Finding.
        search: Text,
        clear: Text,
        articles: Text,
        latest: Text,
        results: Text,
        count: Plural,
        /// Articles that have only some of the words, beside others that have all.
        more_with_some: Plural,
        comma: Text,
        /// How long the search took.
        took: Text,
        none_with_all: Plural,
        show_more: Text,
        show_earlier: Text,
        brief: Text,
        minutes: Plural,
        saved: Text,
        read: Text,

        // Filtering.
        filters: Text,
        order: Text,
        /// Best match, newest, oldest, title.
        orders: Several,
        more_values: Plural,
        source: Text,
        author: Text,
        tag: Text,
        language: Text,
        kind: Text,
        article: Text,
        date: Text,

        // Around the list.
        ways_to_search: Text,
        /// What the queries do that are given as examples.
        ways: Several,
        done: Text,
        back_to_articles: Text,
        back_to_results: Text,
        cite: Text,
        shelf: Text,
        list_width: Text,
        settings: Text,
        keys_heading: Text,
        loading: Text,
        not_arrived: Text,
        try_again: Text,
    }
    more {
        // Where nothing is found, and where there is more.
        nothing_found: Text,
        nothing_found_help: Text,
        nearest: Text,
        without_filters: Text,
        completions: Text,
        show_all: Text,
        corrected: Text,
        unknown_word: Text,
        as_text: Text,
        /// Copies of an article.
        similar: Plural,

        // Filters that are in force.
        without_filter: Text,
        articles_in_time: Text,

        // Reading.
        brief_explained: Text,
        came_with: Text,
        briefs: Text,
        by: Text,
        updated: Text,
        original: Text,
        save: Text,
        copy_link: Text,
        print: Text,
        share: Text,
        /// The first forms in which an article is passed on: its address, a sentence.
        forms: Several,
        copy: Text,
        copied: Text,
        not_copied: Text,
        selection: Text,
        copy_quote: Text,
        copy_passage_link: Text,
        passage_changed: Text,
        previous: Text,
        next: Text,
        matches: Text,
        match_count: Plural,
        match_of: Text,
        previous_match: Text,
        next_match: Text,
        contents: Text,
        related: Text,
        also_about: Text,
        a_copy: Text,
        table: Text,
        code: Text,
        back_to_text: Text,

        // Beside the list.
        saved_for_later: Text,
        nothing_saved: Text,
        recently_read: Text,
        nothing_read: Text,
        forget: Text,

        // Settings.
        theme: Text,
        /// The system's, light, dark, sepia.
        themes: Several,
        size: Text,
        /// From small to large.
        sizes: Several,
        /// What the keys do.
        keys: Several,
        single_keys: Text,
        /// Of the whole explorer, by other pages.
        embed: Text,

        // Where something is missing.
        unknown_article: Text,
        unknown_article_help: Text,
        not_opened: Text,
    }
}

impl From<&'static str> for Plural {
    fn from(text: &'static str) -> Plural {
        Plural(text)
    }
}

impl From<&'static str> for Several {
    fn from(text: &'static str) -> Several {
        Several(text)
    }
}

impl Several {
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split(BETWEEN).map(|part| part.trim_matches(' '))
    }

    /// Empty if there are not so many.
    pub fn get(self, place: usize) -> &'static str {
        self.iter().nth(place).unwrap_or_default()
    }
}

/// Parts the forms of a plural, and texts of a kind.
///
/// A letter, as everywhere: what looks for strings in strings is a kilobyte of the program.
const BETWEEN: char = '|';

/// The values of the English file, each after `= `, without their names, in two parts: see `build.rs`.
const ENGLISH: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/english.txt")),
    include_str!(concat!(env!("OUT_DIR"), "/english-more.txt")),
];

thread_local! {
    /// The languages that have been read. They stay for as long as the page does.
    static KNOWN: [Cell<Option<&'static Words>>; Language::ALL.len()] =
        const { [const { Cell::new(None) }; Language::ALL.len()] };
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

    /// What the page says in this language, or in English until [`Language::learn`] was given its texts.
    pub fn words(self) -> &'static Words {
        self.known().unwrap_or_else(|| Language::English.known().unwrap_or_else(|| Language::English.keep(ENGLISH[0])))
    }

    /// Whether [`Language::words`] are this language's own.
    pub fn is_known(self) -> bool {
        self == Language::English || self.known().is_some()
    }

    /// The address of the language's file. Another set of texts has another address, so that a file which a browser
    /// kept from before is not read for it.
    pub fn address(self) -> String {
        ["words/", self.names().0, ".txt?", &SET.to_string()].concat()
    }

    /// Reads the language's file. A file of other texts than the page has is left alone.
    pub fn learn(self, file: String) {
        if texts(&file).count() == NAMES.len() {
            self.keep(file.leak());
        }
    }

    fn keep(self, file: &'static str) -> &'static Words {
        let words: &Words = Box::leak(Box::new(Words { spoken: self, texts: [const { Cell::new("") }; _] }));
        words.fill(0, file);
        KNOWN.with(|known| known[self as usize].set(Some(words)));
        words
    }

    fn known(self) -> Option<&'static Words> {
        KNOWN.with(|known| known[self as usize].get())
    }

    /// Which form of a plural goes with a number.
    fn form(self, number: u32) -> usize {
        match self {
            Language::French => usize::from(number > 1),
            Language::Arabic => match (number, number % 100) {
                (0..=2, _) => number as usize,
                (_, 3..=10) => 3,
                (_, 11..) => 4,
                _ => 5,
            },
            _ => usize::from(number != 1),
        }
    }
}

/// The texts of a language's file, in order.
fn texts(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('=')?.1.get(1..))
}

/// Stands for the names of all texts: FNV-1a, <http://www.isthe.com/chongo/tech/comp/fnv/>.
const SET: u32 = {
    let (mut sum, mut name) = (0x811C_9DC5_u32, 0);
    while name < NAMES.len() {
        let (bytes, mut at) = (NAMES[name].as_bytes(), 0);
        while at < bytes.len() {
            sum = (sum ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        name += 1;
    }
    sum
};

impl Words {
    /// Takes the texts of a file, the first of which has this place.
    fn fill(&self, first: usize, file: &'static str) {
        self.texts[first..].iter().zip(texts(file)).for_each(|(place, text)| place.set(text));
    }

    /// The same, with all of its texts.
    #[inline(never)]
    fn with_more(&self) -> &Words {
        if self.texts[FIRST].get().is_empty() {
            self.fill(FIRST, ENGLISH[1]);
        }
        self
    }

    /// What the link from an article to the list says while this is searched for.
    pub fn back(&self, text: &str) -> &'static str {
        if text.is_empty() { self.back_to_articles() } else { self.back_to_results() }
    }

    /// The form of a plural that goes with `number`.
    pub fn counted(&self, plural: Plural, number: u32) -> &'static str {
        Several(plural.0).get(self.spoken.form(number))
    }

    /// For the browser's own formatting of dates and numbers.
    pub fn locale(&self) -> &'static str {
        match self.spoken {
            // With the day before the month, as most of the world that reads English writes it.
            Language::English => "en-GB",
            other => other.names().0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files as they are.
    const FILES: [&str; 5] = [
        include_str!("../static/words/en.txt"),
        include_str!("../static/words/de.txt"),
        include_str!("../static/words/fr.txt"),
        include_str!("../static/words/es.txt"),
        include_str!("../static/words/ar.txt"),
    ];

    fn all() -> impl Iterator<Item = &'static Words> {
        Language::ALL.into_iter().zip(FILES).map(|(language, file)| {
            language.learn(file.to_owned());
            language.words()
        })
    }

    #[test]
    fn the_readers_first_language_that_the_page_speaks_is_taken() {
        assert_eq!(Language::of(["ja", "de-AT", "en"]), Language::German);
        assert_eq!(Language::of(["ar-EG"]), Language::Arabic);
        assert_eq!(Language::of(["ja"]), Language::English);
        assert_eq!(Language::of([""; 0]), Language::English);
    }

    #[test]
    fn every_file_has_every_text_in_order_and_in_as_many_parts() {
        let lines = |file: &'static str| file.lines().filter(|line| line.contains(" = "));
        for file in FILES {
            let names: Vec<&str> = lines(file).map(|line| line.split(" = ").next().unwrap()).collect();
            assert_eq!(names, NAMES);
            assert_eq!(texts(file).count(), NAMES.len());
            for ((text, english), kind) in texts(file).zip(texts(FILES[0])).zip(KINDS) {
                assert!(text.split(BETWEEN).all(|part| !part.trim().is_empty()), "{text}");
                if *kind == "Several" {
                    assert_eq!(text.split(BETWEEN).count(), english.split(BETWEEN).count(), "{text}");
                }
            }
        }
    }

    #[test]
    fn english_is_there_in_two_parts() {
        assert_eq!(texts(ENGLISH[0]).count(), FIRST);
        let words = std::thread::spawn(|| Language::English.words().texts.each_ref().map(Cell::get)).join().unwrap();
        assert_eq!(words.iter().filter(|text| !text.is_empty()).count(), FIRST);
        assert_eq!(Language::English.words().not_opened(), "The articles can’t be opened");
        let all = Language::English.words().texts.each_ref().map(Cell::get);
        assert!(all.into_iter().eq(texts(FILES[0])));
    }

    #[test]
    fn what_the_pages_script_says_is_there_in_every_other_language() {
        let texts = |script: &'static str| script.split('"').skip(1).step_by(2);
        let sentence = |text: &&str| text.starts_with(char::is_uppercase);
        let scripts = [include_str!("../static/boot.js"), include_str!("../static/offline.js")];
        let mut said: Vec<&str> = scripts.into_iter().flat_map(texts).filter(sentence).collect();
        // These name classes, keys and methods too.
        let entry = include_str!("../static/embed/article-explorer.js");
        let start = include_str!("../static/embed/start.js");
        said.extend([entry, start].into_iter().flat_map(texts).filter(sentence).filter(|text| text.contains(' ')));
        let without = include_str!("../index.html").split_once("<noscript><p>").unwrap().1;
        said.push(without.split_once("</p>").unwrap().0);
        said.sort_unstable();
        said.dedup();
        assert!(said.len() > 10);
        for file in &FILES[1..] {
            let pairs = file.lines().filter_map(|line| line.split_once(" → "));
            let mut known: Vec<&str> = pairs.map(|(sentence, _)| sentence).collect();
            known.sort_unstable();
            assert_eq!(known, said);
        }
    }

    #[test]
    fn a_language_is_english_until_its_file_was_read() {
        // Threads have their own.
        let words = std::thread::spawn(|| {
            let before = Language::German.words().search();
            Language::German.learn("search = Suche\n".into());
            let after_another_file = Language::German.words().search();
            Language::German.learn(FILES[1].into());
            [before, after_another_file, Language::German.words().search()]
        });
        assert_eq!(words.join().unwrap(), ["Search articles", "Search articles", "Artikel durchsuchen"]);
    }

    #[test]
    fn plurals_follow_the_rules_of_the_language() {
        let check = |language: Language, numbers: &[u32], form: usize| {
            for number in numbers {
                assert_eq!(language.form(*number), form, "{language:?} {number}");
            }
        };
        check(Language::English, &[1], 0);
        check(Language::English, &[0, 2, 11, 101], 1);
        check(Language::German, &[0, 2, 21], 1);
        check(Language::French, &[0, 1], 0);
        check(Language::French, &[2, 100], 1);
        check(Language::Spanish, &[0, 2], 1);
        check(Language::Arabic, &[0], 0);
        check(Language::Arabic, &[1], 1);
        check(Language::Arabic, &[2], 2);
        check(Language::Arabic, &[3, 10, 103, 110], 3);
        check(Language::Arabic, &[11, 99, 111], 4);
        check(Language::Arabic, &[100, 101, 102, 1000], 5);
    }

    #[test]
    fn no_form_that_a_number_needs_is_missing() {
        for words in all() {
            let file = FILES[words.spoken as usize];
            let plurals = texts(file).zip(KINDS).filter(|(_, kind)| **kind == "Plural").map(|(text, _)| Plural(text));
            for (plural, number) in plurals.flat_map(|plural| (0..130).map(move |number| (plural, number))) {
                assert!(!words.counted(plural, number).is_empty(), "{} {number} {plural:?}", words.locale());
            }
        }
    }

    #[test]
    fn what_is_filled_in_has_its_place_in_every_language() {
        for words in all() {
            let places = [
                (words.nothing_found(), "{text}"),
                (words.nearest(), "{query}"),
                (words.nearest(), "{count}"),
                (words.corrected(), "{used}"),
                (words.corrected(), "{typed}"),
                (words.unknown_word(), "{word}"),
                (words.as_text(), "{part}"),
                (words.without_filter(), "{filter}"),
                (words.by(), "{authors}"),
                (words.updated(), "{date}"),
                (words.took(), "{time}"),
                (words.match_of(), "{at}"),
                (words.match_of(), "{count}"),
            ];
            for (sentence, place) in places {
                assert!(sentence.contains(place), "{}: {sentence} lacks {place}", words.locale());
            }
        }
    }
}
