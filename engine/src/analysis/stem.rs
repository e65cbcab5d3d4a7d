//! Stemmers by language. Each is a plain function, so that only those which a corpus names are linked.

use std::borrow::Cow;

use tantivy_stemmers::algorithms as snowball;

/// Cuts a lower-case word to its stem.
pub type Stemmer = fn(&str) -> Cow<str>;

/// A stemmer and the primary BCP 47 subtag of its language.
pub type LanguageStemmer = (&'static str, Stemmer);

macro_rules! stemmers {
    ($($(#[$doc:meta])* $constant:ident $tag:literal $algorithm:ident)*) => {
        $($(#[$doc])* pub const $constant: LanguageStemmer = ($tag, snowball::$algorithm);)*

        /// Every stemmer there is, with the name of its constant in this module: for the build, which picks those
        /// that the corpus needs.
        #[cfg(feature = "ingest")]
        pub const ALL: &[(&str, LanguageStemmer)] = &[$((stringify!($constant), $constant)),*];
    };
}

// https://snowballstem.org/algorithms/
stemmers! {
    ARABIC "ar" arabic
    CATALAN "ca" catalan
    DANISH "da" danish
    GERMAN "de" german
    GREEK "el" greek
    ENGLISH "en" english_porter_2
    SPANISH "es" spanish
    FINNISH "fi" finnish
    FRENCH "fr" french
    HINDI "hi" hindi_lightweight
    HUNGARIAN "hu" hungarian
    INDONESIAN "id" indonesian_tala
    ITALIAN "it" italian
    DUTCH "nl" dutch
    NORWEGIAN "no" norwegian_bokmal
    POLISH "pl" polish_yarovoy
    PORTUGUESE "pt" portuguese
    ROMANIAN "ro" romanian
    RUSSIAN "ru" russian
    SWEDISH "sv" swedish
    TURKISH "tr" turkish_cilden
}

/// The stemmer for a BCP 47 tag, by its primary subtag.
#[cfg(feature = "ingest")]
pub fn of(tag: &str) -> Option<LanguageStemmer> {
    named(tag).map(|(_, stemmer)| stemmer)
}

/// The stemmer for a BCP 47 tag and the name of its constant.
#[cfg(feature = "ingest")]
pub fn named(tag: &str) -> Option<(&'static str, LanguageStemmer)> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    let primary = if matches!(&*primary, "nb" | "nn") {
        "no"
    } else {
        &primary
    };
    ALL.iter()
        .find(|(_, (language, _))| *language == primary)
        .copied()
}
