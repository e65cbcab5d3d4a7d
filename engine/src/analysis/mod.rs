//! Text into terms, by the same code for articles at build time and for queries in the browser.
//!
//! Words are found by the rules of UAX #29 (<https://unicode.org/reports/tr29/#Word_Boundaries>) with the tailoring that
//! readers of articles need: `viet-nam`, `snake_case` and `camelCase` are their parts and also the word they join to;
//! `U.S.` is an acronym and not the word "us"; `Kennedy's` is `Kennedy`; `C++` is also `C++`. Scripts written without
//! spaces become overlapping pairs of characters. Terms are folded: see [`Alphabet::fold`].

mod alphabet;
pub mod case;
mod scanner;
pub mod stem;
#[cfg(test)]
mod tests;
#[cfg(feature = "ingest")]
mod unicode;

use std::ops::Range;

pub use alphabet::{Alphabet, Class};
#[cfg(feature = "ingest")]
pub use unicode::{alphabet as write_alphabet, composed};

use scanner::Scanner;

/// A term at a place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    pub term: &'t str,
    /// Bytes of the text it was made from; on character boundaries, never empty.
    pub range: Range<usize>,
    /// The first word it covers, counted from the text's start.
    pub position: u32,
    /// How many words it covers: 1, or more for joined compounds.
    pub words: u32,
    pub form: Form,
}

/// What a token is besides a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Word,
    /// One or two characters of a script written without spaces.
    Pair,
    /// The parts of a compound without what parted them: `vietnam` for `viet-nam`. Its parts come before it.
    Joined,
    /// Letters with dots: `u.s` for `U.S.` or `US`. Where the text has no dots, the word comes before it.
    Acronym,
    /// A word with its signs: `c++`, `.net`. The word comes before it.
    Signed,
}

/// Terms longer than this many bytes are cut, so that no text can swell the lexicon.
pub const LONGEST_TERM: usize = 64;

/// Calls `emit` for each token of `text`, by position. Returns how many words there are.
pub fn tokens(alphabet: &Alphabet, text: &str, mut emit: impl FnMut(Token)) -> u32 {
    tokens_wanted(alphabet, text, &Sieve::ALL, &mut emit)
}

/// The same for the terms that `wanted` lets through, and maybe for others.
pub fn tokens_wanted(alphabet: &Alphabet, text: &str, wanted: &Sieve, emit: &mut dyn FnMut(Token)) -> u32 {
    // One scanner for all callers: each instance would cost the wasm four kilobytes.
    Scanner::new(alphabet, text, wanted, emit).run()
}

/// Which terms are of interest, as far as a glance can tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sieve {
    /// What terms of interest begin with.
    beginnings: Pairs,
    /// What those begin with that may go on in any way.
    open: Pairs,
    /// The last bytes of the others and how many bytes these have.
    ends: Pairs,
}

impl Sieve {
    /// Lets everything through.
    pub const ALL: Sieve = Sieve { beginnings: Pairs::ALL, open: Pairs::ALL, ends: Pairs::ALL };

    /// Adds a term.
    pub fn add(&mut self, term: &str) {
        self.beginnings.add_start(term);
        self.ends.add(end(term.as_bytes()));
    }

    /// Adds all terms that begin with `start`.
    pub fn add_start(&mut self, start: &str) {
        self.beginnings.add_start(start);
        self.open.add_start(start);
    }

    /// Whether a term that begins with these bytes may be of interest.
    pub fn may_begin(&self, first: u8, second: u8) -> bool {
        self.beginnings.has([first, second])
    }

    /// Whether a term may be of interest that is so written, in ASCII's capitals or small letters.
    #[inline(always)]
    pub fn may_be(&self, term: &[u8]) -> bool {
        let [first, second, ..] = *term else { return true };
        let start = [first, second];
        self.beginnings.has(start) && (self.ends.has(end(term)) || self.open.has(start))
    }
}

/// The last byte of a term, and how many it has.
#[inline(always)]
fn end(term: &[u8]) -> [u8; 2] {
    [*term.last().unwrap_or(&0), term.len() as u8]
}

/// A set of pairs of bytes: for each first byte a bit for each second one, of which the lower five bits count. That makes
/// ASCII's capitals the same as its small letters.
#[derive(Clone, Copy, Debug, Default)]
struct Pairs([u32; 32]);

impl Pairs {
    const ALL: Pairs = Pairs([u32::MAX; 32]);

    fn add_start(&mut self, start: &str) {
        match *start.as_bytes() {
            [] => *self = Pairs::ALL,
            [first] => self.0[usize::from(first & 31)] = u32::MAX,
            [first, second, ..] => self.add([first, second]),
        }
    }

    fn add(&mut self, [first, second]: [u8; 2]) {
        self.0[usize::from(first & 31)] |= 1 << (second & 31);
    }

    #[inline(always)]
    fn has(&self, [first, second]: [u8; 2]) -> bool {
        self.0[usize::from(first & 31)] >> (second & 31) & 1 == 1
    }
}

/// The tokens of `text` as values, for short texts.
pub fn token_list(alphabet: &Alphabet, text: &str) -> Vec<(String, Range<usize>, u32, u32, Form)> {
    let mut list = Vec::new();
    tokens(alphabet, text, |t| list.push((t.term.to_owned(), t.range, t.position, t.words, t.form)));
    list
}

/// The key under which an acronym is indexed: `u.s` for `us`.
pub fn dotted(letters: &str) -> String {
    let mut key = String::with_capacity(letters.len() * 2);
    for c in letters.chars() {
        if !key.is_empty() {
            key.push('.');
        }
        key.push(c);
    }
    key
}
