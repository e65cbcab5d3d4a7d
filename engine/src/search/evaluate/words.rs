//! What a word as typed stands for.

use std::slice::from_ref;

use super::rows::{Place, Row, Verified};
use super::score::{Expansion, WEIGHTS, idf};
use super::{Ending, Evaluator, Form, Leaf, Note, Outcome, Patterns, Term, add, scan, token_list};
use crate::analysis::case::lower;
use crate::analysis::{Class, dotted};
use crate::index::RUN_END;
use crate::search::scan::Slot;
use crate::search::typos;

/// A part of the query that is looked up as one.
pub(super) struct Typed {
    pub(super) text: String,
    pub(super) ending: Ending,
    pub(super) row: Row,
    /// Where the row stands, if it has more than one place.
    pub(super) found: Vec<Verified>,
}

/// Each part of a split word has at least this many letters.
const SHORTEST_PART: usize = 3;

/// A run of a script without spaces up to this many characters is looked up as it stands.
const LONGEST_RUN: usize = 5;

/// More articles than this are not read again just to find out whether a word is also written as two.
const MOST_SCANNED: u32 = 200;

impl Evaluator<'_> {
    /// One word as typed, which may be a compound or a run of a script without spaces.
    pub(super) fn word(&mut self, text: &str, title: bool, ending: Ending) -> Outcome {
        let words = self.words(text, ending);
        let Some((first, rest)) = words.split_first() else {
            return self.nothing_to_find(text);
        };
        let mut all = self.one_word(first, title);
        for word in rest {
            let outcome = self.one_word(word, title);
            all.documents.intersect(&outcome.documents);
            add(&mut all.scores, &outcome.scores);
        }
        if all.documents.is_empty() && self.is_pair(text) {
            self.name_unknown(text);
        }
        all
    }

    /// A word as it is looked up: mostly itself. What stands nowhere together becomes its parts, and so does a long run
    /// of a script without spaces, whose words are unknown.
    pub(super) fn words(&self, text: &str, ending: Ending) -> Vec<Typed> {
        let row = self.row(text, ending);
        let typed = |text: &str, ending, row, found| Typed { text: text.to_owned(), ending, row, found };
        if row.places.len() < 2 {
            return if row.places.is_empty() { Vec::new() } else { vec![typed(text, ending, row, Vec::new())] };
        }
        let pairs = token_list(self.corpus.alphabet(), text).iter().all(|token| token.4 == Form::Pair);
        if self.whole && (!pairs || row.places.len() <= LONGEST_RUN) {
            let found = self.verified(&row, None);
            if !found.is_empty() {
                return vec![typed(text, ending, row, found)];
            }
        }
        let last = row.places.len() - 1;
        let part = |(index, place): (usize, Place)| {
            // The last character of a run has been looked up with the one before it.
            let text = place.exact.first()?.clone();
            let ending = if index == last { ending } else { Ending::Whole };
            Some(typed(&text, ending, Row { places: vec![place], joined: Vec::new() }, Vec::new()))
        };
        row.places.into_iter().enumerate().filter_map(part).collect()
    }

    /// A word that is not to be parted any more.
    pub(super) fn one_word(&mut self, word: &Typed, title: bool) -> Outcome {
        if let Some(name) = self.signed(&word.text) {
            return self.simple_word(&word.text, &name, &[], title, word.ending);
        }
        match &word.row.places[..] {
            [place] if self.is_pair(&word.text) => self.place_outcome(&word.text, place, title),
            [Place { exact, .. }] if !exact.is_empty() => {
                self.simple_word(self.trimmed(&word.text), &exact[0], &exact[1..], title, word.ending)
            }
            _ if self.whole => self.row_word(word, title),
            _ => self.nothing(),
        }
    }

    /// A word that is several in a row. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn row_word(&mut self, word: &Typed, title: bool) -> Outcome {
        let outcome = self.row_outcome(&word.text, &word.row, title, None, &word.found);
        if outcome.documents.is_empty() {
            self.name_unknown(&word.text);
        }
        outcome
    }

    /// One place without stems and corrections: terms as they are.
    pub(super) fn place_outcome(&mut self, text: &str, place: &Place, title: bool) -> Outcome {
        let exact = place.exact.iter().filter_map(|term| self.corpus.lexicon().find(term));
        let forms: Vec<Expansion> = exact.map(|term| Expansion { term, weight: 1.0, typed: true }).collect();
        let mut outcome = self.score_forms(&forms, title);
        if let Some(start) = &place.start {
            self.score_beginning(start, &forms, title, &mut outcome);
        }
        let weight = idf(self.corpus.len(), outcome.documents.len());
        let row = Row { places: vec![place.clone()], joined: Vec::new() };
        self.row_leaf(text, &row, None, weight, &outcome);
        outcome
    }

    pub(super) fn is_pair(&self, text: &str) -> bool {
        text.chars().any(|c| self.corpus.alphabet().class(c) == Class::Unspaced)
    }

    /// `c++` or `.net`, if the corpus has it.
    pub(super) fn signed(&self, text: &str) -> Option<String> {
        let signed = token_list(self.corpus.alphabet(), text).into_iter().find(|token| token.4 == Form::Signed);
        let dot = text.starts_with('.').then(|| self.corpus.alphabet().folded(text));
        signed.map(|token| token.0).or(dot).filter(|name| self.corpus.lexicon().find(name).is_some())
    }

    /// The word without punctuation around it, to be shown to the reader.
    pub(super) fn trimmed<'t>(&self, text: &'t str) -> &'t str {
        let tokens = token_list(self.corpus.alphabet(), text);
        let start = tokens.iter().map(|token| token.1.start).min().unwrap_or(0);
        let end = tokens.iter().map(|token| token.1.end).max().unwrap_or(text.len());
        &text[start..end]
    }

    /// A word that is one term, with the other terms that it may be.
    pub(super) fn simple_word(
        &mut self,
        typed: &str,
        term: &str,
        also: &[String],
        title: bool,
        ending: Ending,
    ) -> Outcome {
        let mut forms = self.forms(typed, term, also, ending);
        let mut used = term.to_owned();
        let open = ending != Ending::Whole;
        let split = if self.whole { self.split(term) } else { None };
        let nothing = forms.is_empty() && split.is_none() && !(open && self.begins(term));
        if nothing && !self.excluding {
            let looks = self.whole && !self.is_function_word(typed, ending);
            match if looks { self.corrected(typed, term, open) } else { None } {
                Some(near) => (used, forms) = near,
                None => self.name_unknown(typed),
            }
        }
        let corrected = used != term;
        let start = (open && !corrected).then(|| used.clone());
        let leaf = self.leaves.len() as u16;
        let length = if split.is_some() { 2 } else { 1 };

        let mut outcome = self.score_forms(&forms, title);
        let whole = outcome.documents.len();
        if let Some(start) = &start {
            self.score_beginning(start, &forms, title, &mut outcome);
        }
        if let Some(split) = split {
            self.add_split(split, title, leaf, &mut outcome);
        }
        if !self.excluding {
            let slot = |typed| Slot { leaf, word: 0, words: length, typed };
            for form in &forms {
                self.patterns.exact(&form.term.text, slot(form.typed));
            }
            if let Some(start) = &start {
                self.patterns.start(start, slot(true));
            }
            let documents = if whole > 0 { whole } else { outcome.documents.len() };
            self.leaves.push(Leaf {
                text: typed.to_owned(),
                length,
                slop: None,
                function: false,
                terms: forms.into_iter().map(|form| form.term).collect(),
                start,
                weight: idf(self.corpus.len(), documents),
                documents: outcome.documents.len(),
            });
        }
        outcome
    }

    /// The nearest word in the place of one that no article has, with the terms that it stands for, and says so; nothing if none
    /// is near. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn corrected(&mut self, typed: &str, term: &str, open: bool) -> Option<(String, Vec<Expansion>)> {
        let near = typos::near(self.corpus.lexicon(), term, open)?;
        let shown = self.written(&near).unwrap_or_else(|| near.text.clone());
        self.notes.push(Note::Corrected { typed: typed.to_owned(), used: shown });
        let forms = self.forms(&near.text, &near.text, &[], Ending::Whole);
        Some((near.text, forms))
    }

    /// Adds the articles in which a word stands as two. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn add_split(&mut self, (row, found): (Row, Vec<Verified>), title: bool, leaf: u16, outcome: &mut Outcome) {
        let idf = idf(self.corpus.len(), found.len() as u32);
        for (id, count, in_title) in found.iter().filter(|(_, _, in_title)| !title || *in_title) {
            outcome.documents.insert(*id);
            let score = idf * self.saturated(*id, *count as f32, *in_title);
            let before = &mut outcome.scores[id.0 as usize];
            *before = before.max(score);
        }
        if !self.excluding {
            for (index, place) in row.places.iter().enumerate() {
                self.patterns.exact(&place.exact[0], Slot { leaf, word: index as u8, words: 1, typed: true });
            }
        }
    }

    /// The terms that a word stands for: itself, what is written otherwise but the same, and what has its stem.
    pub(super) fn forms(&self, typed: &str, term: &str, also: &[String], ending: Ending) -> Vec<Expansion> {
        let lexicon = self.corpus.lexicon();
        let mut forms: Vec<Expansion> = Vec::new();
        let mut add = |term: Term, weight: f32, typed: bool| {
            if !forms.iter().any(|form| form.term.id == term.id) {
                forms.push(Expansion { term, weight, typed });
            }
        };
        let points = if self.whole { points(term) } else { [None, None] };
        let exact = lexicon.find(term);
        let same = also.iter().cloned().chain(points.into_iter().flatten()).filter_map(|text| lexicon.find(&text));
        let stems = match exact.as_ref().filter(|term| term.word).and_then(|term| lexicon.stem(term)) {
            Some(stem) => vec![stem],
            None if self.whole && ending != Ending::Star => self.stems(typed, term),
            None => Vec::new(),
        };
        exact.into_iter().for_each(|term| add(term, 1.0, true));
        same.for_each(|term| add(term, 1.0, true));
        for stem in stems.iter().filter(|stem| !stem.is_empty()) {
            lexicon.with_stem(stem).into_iter().for_each(|term| add(term, WEIGHTS.stem, false));
        }
        forms
    }

    /// The stems of a word that no article has, in each language. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn stems(&self, typed: &str, term: &str) -> Vec<String> {
        if term.bytes().any(|b| b.is_ascii_digit() || b == b'.') {
            return Vec::new();
        }
        let small = lower(typed);
        let languages = self.corpus.known_languages().iter();
        languages.map(|language| self.corpus.alphabet().folded(&(language.stemmer)(&small))).collect()
    }

    /// `vietnam` as `viet nam`, if these stand together in some articles: in which, how often, and whether in the
    /// title. A door: see [`crate::query::in_part`].
    #[inline(never)]
    pub(super) fn split(&self, term: &str) -> Option<(Row, Vec<Verified>)> {
        let short = term.len() < 2 * SHORTEST_PART;
        // Where positions are outside, they would have to be fetched for nearly every word.
        if short || self.corpus.is_split() || !term.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let lexicon = self.corpus.lexicon();
        let known = lexicon.find(term).is_some_and(|term| term.word);
        let mut best: Option<(Row, Vec<Verified>)> = None;
        for at in SHORTEST_PART..=term.len() - SHORTEST_PART {
            let (left, right) = (lexicon.find(&term[..at]), lexicon.find(&term[at..]));
            let (Some(left), Some(right)) = (left, right) else {
                continue;
            };
            let rarer = left.documents.min(right.documents);
            // Then too many articles have both, or too few of the rarer.
            if rarer > 2 * MOST_SCANNED {
                continue;
            }
            let mut both = self.union(from_ref(&left));
            both.intersect(&self.union(from_ref(&right)));
            // Two words that rather stand together than not; else "important" would be "import ant".
            if both.len() * 2 < rarer || both.len() > MOST_SCANNED {
                continue;
            }
            let place = |text: &str| Place { exact: vec![text.to_owned()], start: None };
            let row = Row { places: vec![place(&left.text), place(&right.text)], joined: Vec::new() };
            let found = self.verified_among(&row, None, &both);
            let enough = if known { found.len() as u32 * 2 >= rarer } else { !found.is_empty() };
            if enough && best.as_ref().is_none_or(|(_, known)| known.len() < found.len()) {
                best = Some((row, found));
            }
        }
        best
    }

    pub(super) fn begins(&self, start: &str) -> bool {
        let mut cursor = self.corpus.lexicon().seek(start);
        cursor.next() && cursor.text().starts_with(start.as_bytes())
    }

    /// A term as it is written in the first article that has it, in small letters.
    pub(super) fn written(&self, term: &Term) -> Option<String> {
        let posting = self.corpus.postings(term).next()?;
        let mut patterns = Patterns::default();
        patterns.exact(&term.text, Slot { leaf: 0, word: 0, words: 1, typed: true });
        let text = self.corpus.text(posting.document);
        let found = scan(self.corpus.alphabet(), text, &patterns).into_iter().next()?;
        let run = text.split_terminator(RUN_END).nth(found.run as usize)?;
        Some(lower(run.get(found.range.start as usize..found.range.end as usize)?))
    }
}

/// An acronym with its points, and without: "nato" is "N.A.T.O." as well, but "us" is not "U.S." A door: see
/// [`crate::query::in_part`].
#[inline(never)]
fn points(term: &str) -> [Option<String>; 2] {
    let letters = term.chars().count();
    let acronym = (3..=5).contains(&letters) && term.bytes().all(|b| b.is_ascii_lowercase());
    [acronym.then(|| dotted(term)), (term.matches('.').count() >= 2).then(|| term.replace('.', ""))]
}
