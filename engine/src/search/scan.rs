//! Finding a query's words in a text, by analysing the text again: positions need not be shipped.

use std::ops::Range;

use super::sort::{sort_by, sort_by_key};
use crate::analysis::{Alphabet, Sieve, tokens_wanted};
use crate::index::{GAP, RUN_END};

/// What to look for: each pattern stands for one word of the query, in one of its forms.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// The shortest first, since lengths are compared sooner than texts.
    exact: Vec<(String, Slot)>,
    starts: Vec<(String, Slot)>,
    sieve: Sieve,
}

/// A place in the query: a leaf, and within a phrase the words from `word` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub leaf: u16,
    pub word: u8,
    /// How many words of the phrase it stands for.
    pub words: u8,
    /// Whether it is the form that was typed, rather than one with the same stem or near it.
    pub typed: bool,
}

/// An occurrence of a slot's pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub slot: Slot,
    /// The first word of the text that it covers, counted over title and runs, with a gap after each.
    pub position: u32,
    /// How many words of the text it covers.
    pub words: u32,
    /// 0 for the title, then the runs from 1.
    pub run: u32,
    /// Bytes of the run.
    pub range: Range<u32>,
}

impl Patterns {
    pub fn exact(&mut self, term: &str, slot: Slot) {
        self.sieve.add(term);
        self.exact.push((term.to_owned(), slot));
    }

    /// Terms that begin with `start`.
    pub fn start(&mut self, start: &str, slot: Slot) {
        self.sieve.add_start(start);
        self.starts.push((start.to_owned(), slot));
    }

    /// To be called after the last pattern.
    pub fn finish(&mut self) {
        sort_by(&mut self.exact, |a, b| (a.0.len(), a).cmp(&(b.0.len(), b)));
        self.exact.dedup();
    }

    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.starts.is_empty()
    }

    fn slots(&self, term: &str, mut f: impl FnMut(Slot)) {
        if !self.sieve.may_be(term.as_bytes()) {
            return;
        }
        let at = self.exact.partition_point(|(known, _)| (known.len(), &**known) < (term.len(), term));
        self.exact[at..].iter().take_while(|(known, _)| known == term).for_each(|(_, slot)| f(*slot));
        self.starts.iter().filter(|(start, _)| term.starts_with(&**start)).for_each(|(_, slot)| f(*slot));
    }
}

/// Every occurrence in `text`, a title and runs each ended by [`RUN_END`], in order.
pub fn scan(alphabet: &Alphabet, text: &str, patterns: &Patterns) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut base = 0;
    for (run, content) in text.split_terminator(RUN_END).enumerate() {
        let words = tokens_wanted(alphabet, content, &patterns.sieve, &mut |token| {
            patterns.slots(token.term, |slot| {
                found.push(Found {
                    slot,
                    position: base + token.position,
                    words: token.words,
                    run: run as u32,
                    range: token.range.start as u32..token.range.end as u32,
                });
            });
        });
        base += words + GAP;
    }
    found
}

/// Whether nothing in a text folds to a letter but ASCII's letters themselves: it has at most the punctuation and the
/// currencies of English beyond them.
pub fn plain(text: &str) -> bool {
    // Characters beyond ASCII are few, and looking for their first bytes takes much less time than reading all.
    let mut beyond = text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xC0);
    beyond.all(|(at, _)| is_plain(&text[at..]))
}

/// The same of the first character.
pub fn is_plain(text: &str) -> bool {
    let fits = |c| matches!(c, '\0'..='\u{A9}' | '\u{B0}' | '\u{2010}'..='\u{2027}' | '\u{20A0}'..='\u{20BF}');
    text.chars().next().is_none_or(fits)
}

/// What was found of one leaf, by position.
fn of_leaf(found: &[Found], leaf: u16) -> Vec<&Found> {
    let mut of_leaf: Vec<&Found> = found.iter().filter(|f| f.slot.leaf == leaf).collect();
    // A joined form comes after the first of its parts, however they were found.
    sort_by_key(&mut of_leaf, |f| (f.position, f.words, f.slot));
    of_leaf
}

/// The places where the words 0 to `length` of leaf `leaf` follow each other: first position, number of words, the run
/// and the bytes.
pub fn phrases(found: &[Found], leaf: u16, length: u8) -> Vec<Found> {
    let of_leaf = of_leaf(found, leaf);
    let mut places = Vec::new();
    let mut ends: Vec<&Found> = Vec::new();
    for first in of_leaf.iter().filter(|f| f.slot.word == 0) {
        // Follow every way through the words; there is more than one only where a joined form and its parts match.
        ends.push(first);
        while let Some(end) = ends.pop() {
            let next_word = end.slot.word + end.slot.words;
            if next_word >= length {
                let place = Found {
                    slot: Slot { word: 0, words: length, ..first.slot },
                    position: first.position,
                    words: end.position + end.words - first.position,
                    run: first.run,
                    range: first.range.start..end.range.end,
                };
                if places.last() != Some(&place) {
                    places.push(place);
                }
                continue;
            }
            let at = end.position + end.words;
            let from = of_leaf.partition_point(|f| f.position < at);
            ends.extend(of_leaf[from..].iter().take_while(|f| f.position == at).filter(|f| f.slot.word == next_word));
        }
    }
    places
}

/// The places where the words 0 to `length` of leaf `leaf` stand, in any order, with at most `slop` other words among
/// them; of overlapping places the first.
pub fn nearby(found: &[Found], leaf: u16, length: u8, slop: u32) -> Vec<Found> {
    let of_leaf = of_leaf(found, leaf);
    let mut places: Vec<Found> = Vec::new();
    for (index, first) in of_leaf.iter().enumerate() {
        let reach = first.position + u32::from(length) + slop;
        let mut missing: Vec<u8> = (0..length).filter(|word| *word != first.slot.word).collect();
        let mut last = *first;
        for next in of_leaf[index + 1..].iter().take_while(|f| f.position + f.words <= reach) {
            if let Some(at) = missing.iter().position(|word| *word == next.slot.word && next.position > last.position) {
                missing.remove(at);
                last = next;
            }
        }
        let apart = places.last().is_none_or(|place| place.position + place.words <= first.position);
        if missing.is_empty() && apart && last.run == first.run {
            places.push(Found {
                slot: Slot { word: 0, words: length, ..first.slot },
                position: first.position,
                words: last.position + last.words - first.position,
                run: first.run,
                range: first.range.start..last.range.end,
            });
        }
    }
    places
}
