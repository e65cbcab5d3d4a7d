//! Why an article stands where it does.

use super::evaluate::evaluate;
use super::rank::Matches;
use super::{Sort, millionths};
use crate::index::{Corpus, DocumentId, Occurrence};
use crate::query::Plan;

/// The parts of an article's score; all scores in millionths, adding up to [`super::Hit::score`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub words: Vec<WordScore>,
    /// How near together the words stand.
    pub nearness: u32,
    /// For words that it writes as they were typed, diacritics included.
    pub spelling: u32,
    /// How well the articles most like it match.
    pub support: u32,
    /// For a title that is the query.
    pub title: u32,
    /// Whether it has all that was asked for.
    pub complete: bool,
}

/// What a word or phrase of the query adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordScore {
    /// As in the query.
    pub text: String,
    pub score: u32,
    /// In how many articles of the corpus it is found.
    pub documents: u32,
    /// Occurrences in the text; of phrases 0.
    pub in_text: u32,
    pub in_title: bool,
    pub in_heading: bool,
    pub in_lead: bool,
    pub in_tags: bool,
}

/// Explains the score of one article for a plan.
pub fn explain(corpus: &Corpus, plan: &Plan, id: DocumentId) -> Explanation {
    let evaluation = evaluate(corpus, plan);
    let matches = Matches::of(corpus, &evaluation);
    let order = matches.order(corpus, &evaluation, Sort::Relevance);
    let ranked = order.into_iter().find(|ranked| ranked.id == id).unwrap_or_else(|| matches.ranked(corpus, id));
    let mut leaves = evaluation.leaves.iter();
    let mut words: Vec<WordScore> = Vec::new();
    for part in &evaluation.parts {
        let score = part.outcome.scores.get(id.0 as usize).copied().unwrap_or(0.0);
        // Parts of compounds have no leaf of their own.
        let Some(leaf) = (part.leaves > 0).then(|| leaves.next()).flatten() else {
            if let Some(compound) = words.last_mut() {
                compound.score += millionths(score);
            }
            continue;
        };
        let others: Vec<&str> = leaves.by_ref().take(part.leaves - 1).map(|leaf| &*leaf.text).collect();
        let mut terms = leaf.terms.clone();
        if let Some(start) = &leaf.start {
            corpus.lexicon().with_prefix(start, |cursor| {
                let term = cursor.term();
                if !terms.iter().any(|known| known.id == term.id) {
                    terms.push(term);
                }
            });
        }
        let occurrences = terms.iter().filter_map(|term| {
            corpus.postings(term).find(|posting| posting.document == id).map(|posting| posting.occurrence)
        });
        let all = occurrences.fold((0, 0), |(count, fields), occurrence: Occurrence| {
            (count + u32::from(occurrence.in_text()), fields | occurrence.0)
        });
        words.push(WordScore {
            text: [&[&*leaf.text], &others[..]].concat().join(" "),
            score: millionths(score),
            documents: leaf.documents,
            in_text: all.0,
            in_title: all.1 & Occurrence::TITLE != 0,
            in_heading: all.1 & Occurrence::HEADING != 0,
            in_lead: all.1 & Occurrence::LEAD != 0,
            in_tags: all.1 & Occurrence::TAG != 0,
        });
    }
    Explanation {
        words,
        nearness: millionths(ranked.nearness),
        spelling: millionths(ranked.spelling),
        support: millionths(ranked.support),
        title: millionths(ranked.title),
        complete: matches.complete.contains(id),
    }
}
