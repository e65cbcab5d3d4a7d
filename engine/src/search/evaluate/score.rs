//! The score of a word by the fields it is found in.

use super::{Bits, DocumentId, Evaluator, Outcome, Term};
use crate::index::{Document, Occurrence, Posting};

/// How the parts of the score are weighted against each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    /// How fast occurrences saturate.
    pub(super) k1: f32,
    /// How much long texts are held back.
    pub(super) b: f32,
    pub(super) title: f32,
    pub(super) heading: f32,
    pub(super) lead: f32,
    pub(super) tag: f32,
    /// A word with the same stem, against the word as typed.
    pub(super) stem: f32,
    /// A word that begins like the unfinished one, against the word as typed.
    pub(super) beginning: f32,
    /// A function word, against others as rare.
    pub(super) function: f32,
    /// A part of a compound, against the same word alone.
    pub(super) part: f32,
}

pub(super) const WEIGHTS: Weights = Weights {
    k1: 1.6,
    b: 0.7,
    title: 2.5,
    heading: 0.7,
    lead: 0.3,
    tag: 1.0,
    stem: 0.7,
    beginning: 0.7,
    function: 0.2,
    part: 0.3,
};

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
        for form in forms {
            for posting in self.corpus.postings(&form.term) {
                if !title || posting.occurrence.has(Occurrence::TITLE) {
                    outcome.documents.insert(posting.document);
                    outcome.scores[posting.document.0 as usize] += form.weight * self.frequency(posting);
                }
            }
        }
        let idf = idf(self.corpus.len(), outcome.documents.len());
        outcome.scores.iter_mut().filter(|score| **score > 0.0).for_each(|score| *score = idf * saturate(*score));
        outcome
    }

    /// Adds the articles with terms that begin with `start`, which count less than the whole word.
    pub(super) fn score_beginning(&self, start: &str, whole: &[Expansion], title: bool, outcome: &mut Outcome) {
        let mut frequencies = self.zeroes();
        let mut documents = Bits::none(self.corpus.len());
        self.corpus.lexicon().with_prefix(start, |cursor| {
            let term = cursor.term();
            if whole.iter().any(|form| form.term.id == term.id) {
                return;
            }
            for posting in self.corpus.postings(&term) {
                if !title || posting.occurrence.has(Occurrence::TITLE) {
                    documents.insert(posting.document);
                    let best = &mut frequencies[posting.document.0 as usize];
                    *best = best.max(self.frequency(posting));
                }
            }
        });
        documents.unite(&outcome.documents);
        let idf = idf(self.corpus.len(), documents.len());
        for (score, frequency) in outcome.scores.iter_mut().zip(frequencies).filter(|(_, frequency)| *frequency > 0.0) {
            *score = score.max(WEIGHTS.beginning * idf * saturate(frequency));
        }
        outcome.documents = documents;
    }

    /// How often a term occurs in an article, its fields weighted and the article's length taken out.
    pub(super) fn frequency(&self, posting: Posting) -> f32 {
        let document = self.corpus.document(posting.document);
        frequencies(&document, self.average, posting.occurrence).iter().sum()
    }

    pub(super) fn saturated(&self, id: DocumentId, count: f32, in_title: bool) -> f32 {
        let document = self.corpus.document(id);
        let title = if in_title { WEIGHTS.title / length_norm(document.title_words, self.average.0) } else { 0.0 };
        saturate(count / length_norm(document.words, self.average.1) + title)
    }

    pub(super) fn union(&self, terms: &[Term]) -> Bits {
        let mut documents = Bits::none(self.corpus.len());
        for term in terms {
            self.corpus.postings(term).for_each(|posting| documents.insert(posting.document));
        }
        documents
    }
}

/// How often a term occurs in title, headings, lead, text and tags of an article, each weighted and its length taken out.
/// `average` is the number of words in titles and in texts.
pub fn frequencies(document: &Document, average: (f32, f32), occurrence: Occurrence) -> [f32; 5] {
    let at = |field, weight| if occurrence.has(field) { weight } else { 0.0 };
    let text = 1.0 / length_norm(document.words, average.1);
    [
        at(Occurrence::TITLE, WEIGHTS.title) / length_norm(document.title_words, average.0),
        at(Occurrence::HEADING, WEIGHTS.heading) * text,
        at(Occurrence::LEAD, WEIGHTS.lead) * text,
        f32::from(occurrence.in_text()) * text,
        at(Occurrence::TAG, WEIGHTS.tag),
    ]
}

/// Lucene's form, which is never negative.
pub(super) fn idf(articles: u32, with: u32) -> f32 {
    let (articles, with) = (articles as f32, with as f32);
    (1.0 + (articles - with + 0.5) / (with + 0.5)).ln()
}

fn length_norm(words: u32, average: f32) -> f32 {
    1.0 - WEIGHTS.b + WEIGHTS.b * words as f32 / average.max(1.0)
}

fn saturate(frequency: f32) -> f32 {
    frequency * (WEIGHTS.k1 + 1.0) / (WEIGHTS.k1 + frequency)
}
