//! Words in a row: phrases, compounds, runs of a script without spaces.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::score::idf;
use super::{Bits, DocumentId, Ending, Evaluator, Form, Leaf, Outcome, Patterns, Term, occurrences, scan, token_list};
use crate::analysis::Alphabet;
use crate::index::{Occurrence, PostingList, RUN_END, TermId};
use crate::search::note;
use crate::search::scan::{Found, Slot, is_plain};

/// An article in which a row stands, how often, and whether in the title.
pub(super) type Verified = (DocumentId, u32, bool);

/// A word of a phrase: the terms that it may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) exact: Vec<String>,
    /// Any term that begins like this.
    pub(super) start: Option<String>,
}

/// A phrase, or a compound: words in a row, some of which may be written as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) places: Vec<Place>,
    /// A term that stands for the words from one on, and how many.
    pub(super) joined: Vec<(usize, usize, String)>,
}

impl Row {
    fn length(&self) -> u8 {
        self.places.len().min(255) as u8
    }

    /// Calls `f` with each term, whether it is a whole one rather than a beginning, and its place.
    fn each(&self, leaf: u16, f: &mut dyn FnMut(&str, bool, Slot)) {
        for (index, place) in self.places.iter().enumerate().take(255) {
            let slot = Slot { leaf, word: index as u8, words: 1, typed: true };
            place.exact.iter().for_each(|term| f(term, true, slot));
            if let Some(start) = &place.start {
                f(start, false, slot);
            }
        }
        for (first, words, term) in self.joined.iter().filter(|(first, words, _)| first + words <= 255) {
            f(term, true, Slot { leaf, word: *first as u8, words: *words as u8, typed: true });
        }
    }
}

impl Evaluator<'_> {
    pub(super) fn phrase(&mut self, text: &str, title: bool, slop: Option<u32>, ending: Ending) -> Outcome {
        let row = self.row(text, ending);
        if row.places.is_empty() {
            return self.nothing_to_find(text);
        }
        if let [place] = &row.places[..] {
            let outcome = self.place_outcome(text, place, title);
            if outcome.documents.is_empty() {
                self.name_to_blame(text, ending);
            }
            return outcome;
        }
        let found = self.verified(&row, slop);
        let outcome = self.row_outcome(text, &row, title, slop, &found);
        if outcome.documents.is_empty() {
            self.name_to_blame(text, ending);
        }
        outcome
    }

    /// Names the words of a phrase that stand nowhere; if all of them stand somewhere, the phrase.
    fn name_to_blame(&mut self, text: &str, ending: Ending) {
        let nowhere = |word: &&str| {
            let row = self.row(word, ending);
            !row.places.is_empty() && self.candidates(&row).is_empty()
        };
        let words: Vec<&str> = text.split_whitespace().filter(nowhere).collect();
        if words.is_empty() {
            self.name_unknown(text);
        }
        words.into_iter().for_each(|word| self.name_unknown(word));
    }

    /// The words of a text in a row.
    pub(super) fn row(&self, text: &str, ending: Ending) -> Row {
        let lexicon = self.corpus.lexicon();
        let tokens = token_list(self.corpus.alphabet(), text);
        let mut places: Vec<Place> = Vec::new();
        let mut joined = Vec::new();
        for (index, (term, range, position, words, form)) in tokens.iter().enumerate() {
            let at = *position as usize;
            places.resize_with(places.len().max(at + 1), Place::default);
            let place = &mut places[at];
            // The last character of an unspaced run: whatever pair it begins in the article.
            let last_of_run = *form == Form::Pair
                && tokens.get(index + 1).is_none_or(|next| next.4 != Form::Pair || next.1.start >= range.end);
            match form {
                Form::Joined => joined.push((*position as usize, *words as usize, term.clone())),
                Form::Pair if last_of_run => place.start = Some(term.clone()),
                // Not every C is C++.
                Form::Signed if lexicon.find(term).is_some() => place.exact = vec![term.clone()],
                _ => place.exact.push(term.clone()),
            }
        }
        for first in 0..places.len().saturating_sub(1) {
            if let (Some(a), Some(b)) = (places[first].exact.first(), places[first + 1].exact.first()) {
                let both = [&**a, b].concat();
                if lexicon.find(&both).is_some() && !joined.iter().any(|(_, _, known)| *known == both) {
                    joined.push((first, 2, both));
                }
            }
        }
        if let Some(last) = places.last_mut().filter(|_| ending != Ending::Whole)
            && let Some(term) = last.exact.first()
        {
            last.start = Some(term.clone());
        }
        Row { places, joined }
    }

    /// What comes of a row that stands where `found` says.
    pub(super) fn row_outcome(
        &mut self,
        text: &str,
        row: &Row,
        title: bool,
        slop: Option<u32>,
        found: &[Verified],
    ) -> Outcome {
        let mut outcome = self.nothing();
        let weight = idf(self.corpus.len(), found.len() as u32);
        for (id, count, in_title) in found {
            if !title || *in_title {
                outcome.documents.insert(*id);
                // A phrase tells as much as its words together.
                outcome.scores[id.0 as usize] = weight * self.saturated(*id, *count as f32, *in_title);
            }
        }
        self.row_leaf(text, row, slop, weight, &outcome);
        outcome
    }

    pub(super) fn row_leaf(&mut self, text: &str, row: &Row, slop: Option<u32>, weight: f32, outcome: &Outcome) {
        if self.excluding {
            return;
        }
        add_row(&mut self.patterns, row, self.leaves.len() as u16);
        self.leaves.push(Leaf {
            text: text.to_owned(),
            length: row.length(),
            slop,
            function: false,
            terms: Vec::new(),
            start: None,
            weight,
            documents: outcome.documents.len(),
        });
    }

    /// The articles that have a term for each word of the row.
    pub(super) fn candidates(&self, row: &Row) -> Bits {
        let mut candidates = Bits::all(self.corpus.len());
        for (index, place) in row.places.iter().enumerate() {
            let joined = row.joined.iter().filter(|(first, words, _)| (*first..first + words).contains(&index));
            let terms = place.exact.iter().chain(joined.map(|(_, _, term)| term));
            let terms: Vec<Term> = terms.filter_map(|term| self.corpus.lexicon().find(term)).collect();
            let mut documents = self.union(&terms);
            if let Some(start) = &place.start {
                self.unite_beginning(start, &mut documents);
            }
            candidates.intersect(&documents);
        }
        candidates
    }

    /// Where the row stands in the corpus. A door: see [`crate::query::in_part`].
    #[inline(never)]
    pub(super) fn verified(&self, row: &Row, slop: Option<u32>) -> Vec<Verified> {
        self.verified_among(row, slop, &self.candidates(row))
    }

    /// Those of the candidates in which the row's words stand as they should: how often, and whether in the title.
    pub(super) fn verified_among(&self, row: &Row, slop: Option<u32>, candidates: &Bits) -> Vec<Verified> {
        if self.corpus.is_split() {
            return self.verified_outside(row, slop, candidates);
        }
        let mut found = Vec::new();
        let reader = self.reader(row, slop);
        for id in candidates.iter() {
            let places = reader.places(id, self.corpus.text(id));
            if !places.is_empty() {
                found.push((id, places.len() as u32, places[0].run == 0));
            }
        }
        found
    }

    /// The articles whose titles have the first word of a row, without which it is not there.
    fn titled(&self, row: &Row) -> Bits {
        let first = &row.places[0];
        if first.start.is_some() {
            return Bits::all(self.corpus.len());
        }
        let mut titled = Bits::none(self.corpus.len());
        let joined = row.joined.iter().filter(|(first, ..)| *first == 0).map(|(_, _, term)| term);
        for term in first.exact.iter().chain(joined) {
            let Some(term) = self.corpus.lexicon().find(term) else { continue };
            let postings = self.corpus.postings(&term).filter(|posting| posting.occurrence.has(Occurrence::TITLE));
            postings.for_each(|posting| titled.insert(posting.document));
        }
        titled
    }

    fn reader<'r>(&'r self, row: &'r Row, slop: Option<u32>) -> Reader<'r> {
        let mut patterns = Patterns::default();
        add_row(&mut patterns, row, 0);
        patterns.finish();
        let start = if slop.is_none() { plain_start(row) } else { Vec::new() };
        let joined: Vec<Term> = row.joined.iter().filter_map(|(_, _, term)| self.corpus.lexicon().find(term)).collect();
        let length = row.length();
        Reader { alphabet: self.corpus.alphabet(), patterns, start, joined: self.union(&joined), length, slop }
    }
}

/// Finds a row in texts.
struct Reader<'r> {
    alphabet: &'r Alphabet<'r>,
    patterns: Patterns,
    /// The first words, as far as each is written in one way alone; of the last this may be the beginning.
    start: Vec<&'r str>,
    /// The articles that have words of the row written as one.
    joined: Bits,
    length: u8,
    slop: Option<u32>,
}

impl Reader<'_> {
    /// Where the row stands in a text of an article.
    fn places(&self, id: DocumentId, text: &str) -> Vec<Found> {
        if self.start.len() < 2 || self.joined.contains(id) {
            return self.places_in(text);
        }
        // A row doesn't go on from one run into the next, so those that can't have it need not be read.
        let (mut left, mut any) = (String::new(), false);
        for run in text.split_terminator(RUN_END) {
            if may_follow(run, &self.start) {
                left.push_str(run);
                any = true;
            }
            left.push(RUN_END);
        }
        if any { self.places_in(&left) } else { Vec::new() }
    }

    fn places_in(&self, text: &str) -> Vec<Found> {
        occurrences(&scan(self.alphabet, text, &self.patterns), 0, self.length, self.slop)
    }
}

/// Where the beginning of a word would take more chunks of positions than this, its row is not compared with them.
const MOST_CHUNKS: usize = 16;

impl Evaluator<'_> {
    /// The same by the positions that are outside. While these are not here, all candidates are taken for right, and the
    /// chunks are noted as missing.
    fn verified_outside(&self, row: &Row, slop: Option<u32>, candidates: &Bits) -> Vec<Verified> {
        let lexicon = self.corpus.lexicon();
        let mut terms: Vec<(TermId, PostingList, Slot)> = Vec::new();
        row.each(0, &mut |text, whole, slot| {
            if whole {
                terms.extend(lexicon.find(text).map(|term| (term.id, term.postings, slot)));
            } else {
                lexicon.with_prefix(text, |cursor| terms.push((cursor.id(), cursor.postings(), slot)));
            }
        });
        let mut chunks = Vec::new();
        terms.iter().for_each(|(id, ..)| note(&mut chunks, self.corpus.chunk_of_positions(*id)));
        let positions =
            |(id, list, slot): &(TermId, PostingList, Slot)| Some((self.corpus.positions(*id, *list)?, *slot));
        let terms: Option<Vec<_>> =
            (chunks.len() <= MOST_CHUNKS).then(|| terms.iter().map(positions).collect()).flatten();
        let length = row.length();
        let Some(mut terms) = terms else {
            if chunks.len() <= MOST_CHUNKS {
                chunks.into_iter().for_each(|chunk| note(&mut self.missing.borrow_mut(), chunk));
            }
            let reader = self.reader(row, slop);
            let titled = self.titled(row);
            let in_title = |id| titled.contains(id) && !reader.places(id, self.corpus.title(id)).is_empty();
            return candidates.iter().map(|id| (id, 1, in_title(id))).collect();
        };
        // The terms by the next article that each is in: a beginning has thousands, of which few are in one article.
        let key = |article: u32, number: usize| Reverse(u64::from(article) << 32 | number as u64);
        let mut next: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
        let starts = terms.iter().enumerate().filter_map(|(number, (term, _))| Some(key(term.article()?, number)));
        next.extend(starts);
        let mut verified = Vec::new();
        for id in candidates.iter() {
            let mut found = Vec::new();
            while let Some(mut first) = next.peek_mut().filter(|first| first.0 >> 32 <= u64::from(id.0)) {
                let number = first.0 as u32 as usize;
                let (positions, slot) = &mut terms[number];
                positions.in_article(id, &mut |run, position, words| {
                    found.push(Found { slot: *slot, position, words, run, range: 0..0 });
                });
                match positions.article() {
                    Some(article) => *first = key(article, number),
                    None => _ = PeekMut::pop(first),
                }
            }
            if slop.is_none() {
                retain_neighbours(&mut found, length);
            }
            let places = occurrences(&found, 0, length, slop);
            if !places.is_empty() {
                verified.push((id, places.len() as u32, places[0].run == 0));
            }
        }
        verified
    }
}

/// Leaves out the words of a row that stand beside no other of it, which are nearly all where they are frequent.
fn retain_neighbours(found: &mut Vec<Found>, length: u8) {
    // By the lower bits of positions: it does no harm to keep a few more.
    let at = |position: u32| position as usize % 1024;
    let end = |f: &Found| at(f.position.wrapping_add(f.words));
    let (mut starts, mut ends) = ([false; 1024], [false; 1024]);
    for f in &*found {
        starts[at(f.position)] |= f.slot.word > 0;
        ends[end(f)] = true;
    }
    let first = |f: &Found| f.slot.word == 0 || ends[at(f.position)];
    found.retain(|f| first(f) && (f.slot.word + f.slot.words >= length || starts[end(f)]));
}

/// More words than this say no to hardly any text more, and each may go on in two ways.
const LONGEST_START: usize = 4;

/// The words that a row begins with, as far as each is one term. Behind the beginning of a word none is known.
fn plain_start(row: &Row) -> Vec<&str> {
    let mut words = Vec::new();
    for place in row.places.iter().take(LONGEST_START) {
        let Some(word) = only(place) else { break };
        words.push(word);
        if place.start.is_some() {
            break;
        }
    }
    words
}

/// What every term of a place begins with, if that is one term or its beginning.
fn only(place: &Place) -> Option<&str> {
    match &place.exact[..] {
        [term]
            if place.start.as_ref().is_none_or(|start| start == term)
                && term.bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            Some(term)
        }
        _ => None,
    }
}

/// Whether these words, in small letters, may follow each other somewhere, the last with more behind it. Reading the bytes takes a
/// fiftieth of the time that reading the words does, and says no to most articles in which they are not a phrase.
fn may_follow(text: &str, words: &[&str]) -> bool {
    let (Some((first, rest)), bytes) = (words.split_first(), text.as_bytes()) else { return true };
    let initial = first.as_bytes()[0];
    let mut before = b' ';
    for (at, byte) in bytes.iter().enumerate() {
        // Within a word another begins with a capital alone: "camelCase".
        let begins = byte | 0x20 == initial && (!before.is_ascii_alphabetic() || byte.is_ascii_uppercase());
        // Letters beyond ASCII may fold to these.
        if begins && may_go_on(bytes, at, first, rest) || *byte >= 0xC0 && !is_plain(&text[at..]) {
            return true;
        }
        before = *byte;
    }
    false
}

/// Whether `word` begins at `at`, and the others follow it.
fn may_go_on(bytes: &[u8], at: usize, word: &str, others: &[&str]) -> bool {
    let starts = |at: usize, word: &str| {
        bytes.get(at..at + word.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes()))
    };
    let mut end = at;
    for letter in word.bytes() {
        // It may be written in parts: "Viet-Nam".
        while bytes.get(end).is_some_and(|byte| !byte.is_ascii_alphanumeric() && !byte.is_ascii_whitespace()) {
            end += 1;
        }
        if bytes.get(end).is_none_or(|byte| !byte.eq_ignore_ascii_case(&letter)) {
            return false;
        }
        end += 1;
    }
    let Some((next, others)) = others.split_first() else { return true };
    // "Kennedy's visit", but also "O'Sullivan".
    let possessive = if starts(end, "'s") {
        2
    } else if starts(end, "’s") {
        4
    } else {
        0
    };
    let goes_on = |mut at: usize| {
        while bytes.get(at).is_some_and(|byte| !byte.is_ascii_alphanumeric()) {
            at += 1;
        }
        may_go_on(bytes, at, next, others)
    };
    goes_on(end) || possessive > 0 && goes_on(end + possessive)
}

fn add_row(patterns: &mut Patterns, row: &Row, leaf: u16) {
    row.each(leaf, &mut |text, whole, slot| {
        if whole { patterns.exact(text, slot) } else { patterns.start(text, slot) }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::write_alphabet;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    #[test]
    fn bytes_tell_whether_words_may_follow_each_other() {
        let follow = |text: &str, words: &str| may_follow(text, &words.split(' ').collect::<Vec<_>>());
        assert!(follow("the VIET-NAM war", "vietnam war"));
        assert!(follow("Kennedy's visit", "kennedy visit") && follow("Kennedy’s visit", "kennedy visit"));
        assert!(follow("O'Sullivan", "o sullivan"));
        assert!(follow("an endOf year", "of year"), "a hump of camelCase");
        assert!(follow("at the end-of-year sale", "end of ye"), "the last may go on");
        assert!(follow("Ende der Straße", "end of"), "letters beyond ASCII may be anything");
        assert!(!follow("at the end of the year", "end of ye") && follow("at the end of the year", "end of"));
        assert!(!follow("weekend of years", "end of"), "within a word none begins");
        assert!(!follow("", "end of"));
        // Which would not come to an end if each word were looked for twice behind the one before.
        assert!(!follow(&"a ".repeat(99), &["a ".repeat(64), "b".to_owned()].concat()));
    }

    static ALPHABET: LazyLock<Vec<u8>> = LazyLock::new(|| write_alphabet(&"abAB'’ .,/-".chars().collect()));

    proptest! {
        #[test]
        fn no_row_stands_where_bytes_say_no(text in "([abAB]{1,2}(['’]s)?[ .,'’/-]{0,2}){1,8}", words in "[ab]{1,2}( [ab]{1,2}){1,2}") {
            let words: Vec<&str> = words.split(' ').collect();
            let mut patterns = Patterns::default();
            for (number, word) in words.iter().enumerate() {
                patterns.exact(word, Slot { leaf: 0, word: number as u8, words: 1, typed: true });
            }
            patterns.finish();
            let found = scan(&Alphabet::open(&ALPHABET).unwrap(), &text, &patterns);
            let stands = !occurrences(&found, 0, words.len() as u8, None).is_empty();
            prop_assert!(!stands || may_follow(&text, &words), "{text:?} {words:?}");
        }
    }
}
