//! The articles that match, in order.

use std::cmp::Ordering;

use super::Sort;
use super::bits::Bits;
use super::evaluate::{Evaluation, Leaf};
use super::scan::Found;
use crate::analysis::{Form, tokens};
use crate::index::{Corpus, DocumentId, date_number};

/// So many of the best articles by words alone are read again to see how near together the words stand.
const READ_AGAIN: usize = 50;

/// How much nearness counts against the words.
const NEARNESS: f32 = 0.8;

/// Words further apart than this are not near.
const REACH: u32 = 8;

/// An article that lacks some words is shown if those it has make up this share of what was asked for.
const LEAST_SHARE: f32 = 0.15;

/// Added for a title that is the query: more than any other score.
const TITLE_IS_QUERY: f32 = 1000.0;

/// The articles that match a plan.
pub struct Matches {
    pub documents: Bits,
    /// Those that have all that was asked for.
    pub complete: Bits,
    scores: Vec<f32>,
}

/// An article in its place.
pub struct Ranked {
    pub id: DocumentId,
    pub score: f32,
    /// Where the words stand in it, if that has been looked up.
    pub places: Option<Vec<Found>>,
}

impl Matches {
    pub fn of(corpus: &Corpus, evaluation: &Evaluation) -> Matches {
        let mut complete = Bits::all(corpus.len());
        let mut required = Bits::all(corpus.len());
        let mut some = Bits::none(corpus.len());
        let mut scores = vec![0.0; corpus.len() as usize];
        let mut shares = vec![0.0; corpus.len() as usize];
        let mut asked = 0.0;
        let mut optional = false;
        for part in &evaluation.parts {
            complete.intersect(&part.outcome.documents);
            scores.iter_mut().zip(&part.outcome.scores).for_each(|(a, b)| *a += b);
            if part.optional {
                optional = true;
                some.unite(&part.outcome.documents);
                asked += part.weight;
                part.outcome.documents.iter().for_each(|id| shares[id.0 as usize] += part.weight);
            } else {
                required.intersect(&part.outcome.documents);
            }
        }
        let mut documents = required;
        if optional {
            documents.intersect(&some);
            let few: Vec<DocumentId> = documents
                .iter()
                .filter(|id| !complete.contains(*id) && shares[id.0 as usize] < LEAST_SHARE * asked)
                .collect();
            few.into_iter().for_each(|id| documents.remove(id));
        }
        Matches { documents, complete, scores }
    }

    /// The articles in the order wanted.
    pub fn order(&self, corpus: &Corpus, evaluation: &Evaluation, sort: Sort) -> Vec<Ranked> {
        let mut order: Vec<Ranked> = self
            .documents
            .iter()
            .map(|id| Ranked { id, score: self.scores[id.0 as usize], places: None })
            .collect();
        match sort {
            // Numbers are by date already, newest first.
            Sort::Newest => {}
            Sort::Oldest => order.sort_by_key(|ranked| {
                let date = date_number(corpus.document(ranked.id).date);
                (if date == 0 { u32::MAX } else { date }, ranked.id)
            }),
            Sort::Title => order.sort_by_cached_key(|ranked| {
                (corpus.alphabet().folded(corpus.head(ranked.id).title), ranked.id)
            }),
            Sort::Relevance if evaluation.leaves.is_empty() => {}
            Sort::Relevance => {
                order.sort_by(|a, b| self.compare(a, b));
                let title = query_terms(corpus, evaluation);
                let best = order.len().min(READ_AGAIN);
                for ranked in &mut order[..best] {
                    let places = evaluation.places(corpus, ranked.id);
                    ranked.score += NEARNESS * nearness(&places, &evaluation.leaves);
                    if title_terms(corpus, corpus.head(ranked.id).title) == title {
                        ranked.score += TITLE_IS_QUERY;
                    }
                    ranked.places = Some(places);
                }
                order[..best].sort_by(|a, b| self.compare(a, b));
            }
        }
        order
    }

    /// Those with all the words first, then by score, then newest.
    fn compare(&self, a: &Ranked, b: &Ranked) -> Ordering {
        let complete = |ranked: &Ranked| self.complete.contains(ranked.id);
        complete(b).cmp(&complete(a)).then(b.score.total_cmp(&a.score)).then(a.id.cmp(&b.id))
    }
}

/// How near together neighbours in the query stand in the text, each pair weighted by its rarer word and saturated as
/// in BM25 (after Büttcher, Clarke and Lushman, *Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
/// Collections*, 2006).
fn nearness(places: &[Found], leaves: &[Leaf]) -> f32 {
    let mut sum = 0.0;
    for first in 0..leaves.len().saturating_sub(1) {
        let second = first + 1;
        let mut together = 0.0;
        let mut last: [Option<&Found>; 2] = [None, None];
        for place in places.iter().filter(|p| usize::from(p.slot.leaf) == first || usize::from(p.slot.leaf) == second) {
            let side = usize::from(place.slot.leaf) - first;
            if let Some(other) = last[1 - side] {
                let apart = place.position.saturating_sub(other.position + other.words) + 1;
                if apart <= REACH {
                    // In the query's order they tell more.
                    let order = if side == 1 { 1.0 } else { 0.5 };
                    together += order / (apart * apart) as f32;
                }
            }
            last[side] = Some(place);
        }
        sum += leaves[first].weight.min(leaves[second].weight) * together / (1.0 + together);
    }
    sum
}

fn query_terms(corpus: &Corpus, evaluation: &Evaluation) -> Vec<String> {
    let text: Vec<&str> = evaluation.leaves.iter().map(|leaf| &*leaf.text).collect();
    title_terms(corpus, &text.join(" "))
}

fn title_terms(corpus: &Corpus, title: &str) -> Vec<String> {
    let mut terms = Vec::new();
    tokens(corpus.alphabet(), title, |token| {
        if matches!(token.form, Form::Word | Form::Pair) {
            terms.push(token.term.to_owned());
        }
    });
    terms
}
