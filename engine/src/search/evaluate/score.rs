//! The score of a word by the fields it is found in.

use super::{Bits, DocumentId, Evaluator, Outcome, Term};
use crate::index::frequency::{self, frequencies, larger, length_norm};
use crate::index::{Occurrence, PostingList, TermId};

/// How the parts of the score are weighted against each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// How fast occurrences saturate.
    pub(super) k1: f32,
    /// A word with the same stem, against the word as typed.
    pub(super) stem: f32,
    /// A word that begins like the unfinished one, against the word as typed.
    pub(super) beginning: f32,
    /// A function word, against others as rare.
    pub(super) function: f32,
    /// A part of a compound, against the same word alone.
    pub(super) part: f32,
}

pub(super) const WEIGHTS: Weights = Weights { k1: 1.6, stem: 0.7, beginning: 0.7, function: 0.2, part: 0.3 };

/// A term that a word stands for.
#[derive(Clone, Debug)]
pub(super) struct Expansion {
    pub(super) term: Term,
    pub(super) weight: f32,
    pub(super) typed: bool,
}

impl Evaluator<'_> {
    /// BM25F for terms that count as one.
    pub(super) fn score_forms(&self, forms: &[Expansion], title: bool) -> Outcome {
        let mut outcome = self.nothing();
        // An index into a Vec is a call where the compiler saves bytes, one into a slice is not.
        let scores = outcome.scores.as_mut_slice();
        let mut numbers = Vec::new();
        for form in forms {
            let occurrences = self.corpus.decode(form.term.postings, &mut numbers);
            for (number, occurrence) in numbers.iter().zip(occurrences) {
                let (id, occurrence) = (DocumentId(*number), Occurrence(*occurrence));
                if !title || occurrence.has(Occurrence::TITLE) {
                    outcome.documents.insert(id);
                    scores[id.0 as usize] += form.weight * self.frequency(id, occurrence);
                }
            }
        }
        let idf = idf(self.corpus.len(), outcome.documents.len());
        for id in outcome.documents.iter() {
            let score = &mut scores[id.0 as usize];
            *score = idf * saturate(*score);
        }
        outcome
    }

    /// Adds the articles with terms that begin with `start`, which count less than the whole word.
    pub(super) fn score_beginning(&self, start: &str, whole: &[Expansion], title: bool, outcome: &mut Outcome) {
        let mut zeroes = self.zeroes();
        let frequencies = zeroes.as_mut_slice();
        let mut documents = Bits::none(self.corpus.len());
        let mut numbers = Vec::new();
        self.each_beginning(start, title, &mut |id, list| {
            if whole.iter().any(|form| Some(form.term.id) == id) {
                return;
            }
            let occurrences = self.corpus.decode(list, &mut numbers);
            for (number, occurrence) in numbers.iter().zip(occurrences) {
                let (id, occurrence) = (DocumentId(*number), Occurrence(*occurrence));
                if !title || occurrence.has(Occurrence::TITLE) {
                    documents.insert(id);
                    let best = &mut frequencies[id.0 as usize];
                    *best = larger(*best, self.frequency(id, occurrence));
                }
            }
        });
        outcome.documents.unite(&documents);
        let idf = idf(self.corpus.len(), outcome.documents.len());
        let scores = outcome.scores.as_mut_slice();
        for id in documents.iter().map(|id| id.0 as usize) {
            let score = &mut scores[id];
            *score = larger(*score, WEIGHTS.beginning * idf * saturate(frequencies[id]));
        }
    }

    /// Calls `f` with the articles of the terms that begin with `start`: term by term, or of all of them at once, each
    /// then where it counts most, which may not be its `title`. That the typed word and its stems are among these changes nothing:
    /// they count more by themselves.
    fn each_beginning(&self, start: &str, title: bool, f: &mut dyn FnMut(Option<TermId>, PostingList)) {
        match self.corpus.beginning(start).filter(|_| !title) {
            Some(list) => f(None, list),
            None => self.corpus.lexicon().with_prefix(start, |cursor| f(Some(cursor.id()), cursor.postings())),
        }
    }

    /// How often a term occurs in an article, its fields weighted and the article's length taken out.
    fn frequency(&self, id: DocumentId, occurrence: Occurrence) -> f32 {
        let (words, title_words) = self.corpus.words(id);
        let [title, heading, lead, text, tag] = frequencies(words, title_words, self.average, occurrence);
        title + heading + lead + text + tag
    }

    pub(super) fn saturated(&self, id: DocumentId, count: f32, in_title: bool) -> f32 {
        let (words, title_words) = self.corpus.words(id);
        let title = if in_title { frequency::TITLE / length_norm(title_words, self.average.0) } else { 0.0 };
        saturate(count / length_norm(words, self.average.1) + title)
    }

    /// The articles of any of these terms.
    pub(super) fn union(&self, terms: &[Term]) -> Bits {
        let mut documents = Bits::none(self.corpus.len());
        let mut numbers = Vec::new();
        terms.iter().for_each(|term| self.insert(term.postings, &mut numbers, &mut documents));
        documents
    }

    /// Adds the articles of the terms that begin with `start`.
    pub(super) fn unite_beginning(&self, start: &str, documents: &mut Bits) {
        let mut numbers = Vec::new();
        self.each_beginning(start, false, &mut |_, list| self.insert(list, &mut numbers, documents));
    }

    fn insert(&self, list: PostingList, numbers: &mut Vec<u32>, documents: &mut Bits) {
        self.corpus.decode(list, numbers);
        numbers.iter().for_each(|number| documents.insert(DocumentId(*number)));
    }
}

/// Lucene's form, which is never negative.
pub(super) fn idf(articles: u32, with: u32) -> f32 {
    let (articles, with) = (articles as f32, with as f32);
    (1.0 + (articles - with + 0.5) / (with + 0.5)).ln()
}

fn saturate(frequency: f32) -> f32 {
    frequency * (WEIGHTS.k1 + 1.0) / (WEIGHTS.k1 + frequency)
}
