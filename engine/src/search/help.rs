//! What to try where a query gives nothing, or nothing that has all of it.

use super::Answer;
use super::bits::Bits;
use super::evaluate::{Evaluation, Need, evaluate};
use super::rank::Matches;
use crate::index::Corpus;
use crate::query::{Clause, Plan, parse};

/// Ways on from a query that gives too little.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// For an answer without a complete hit: what each word or phrase alone would give.
    pub alone: Vec<Alone>,
    /// For an answer without a hit: the nearest query that has one.
    pub nearest: Option<Nearest>,
}

/// A word or phrase of a query by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    /// As typed.
    pub text: String,
    pub documents: u32,
}

/// A query with one thing less, or without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    pub query: String,
    pub documents: u32,
}

/// Ways on from `plan`, whose answer is `answer`; none if there are complete hits.
pub fn help(corpus: &Corpus, plan: &Plan, answer: &Answer) -> Help {
    if answer.complete > 0 {
        return Help::default();
    }
    let evaluation = evaluate(corpus, plan);
    let nearest = if answer.total == 0 { nearest(corpus, plan, &evaluation) } else { None };
    Help { alone: alone(&evaluation), nearest }
}

fn alone(evaluation: &Evaluation) -> Vec<Alone> {
    let telling = evaluation.leaves.iter().filter(|leaf| !leaf.function);
    telling.map(|leaf| Alone { text: leaf.text.clone(), documents: leaf.documents }).collect()
}

/// The plan without the one clause whose absence gives the most, or else with its phrases as words.
fn nearest(corpus: &Corpus, plan: &Plan, evaluation: &Evaluation) -> Option<Nearest> {
    let left_out = |without: usize| {
        let mut rest = Bits::all(corpus.len());
        let others = evaluation.parts.iter().filter(|part| part.clause != without && part.need != Need::Welcome);
        others.for_each(|part| rest.intersect(&part.outcome.documents));
        rest.len()
    };
    let query = |clauses: &mut dyn Iterator<Item = String>| clauses.collect::<Vec<_>>().join(" ");
    // Of equals the last: readers narrow from left to right.
    let best = (0..plan.clauses.len()).map(|without| (left_out(without), without)).max();
    if let Some((documents, without)) = best.filter(|(documents, _)| plan.clauses.len() > 1 && *documents > 0) {
        let rest = plan.clauses.iter().enumerate().filter(|(number, _)| *number != without);
        return Some(Nearest { query: query(&mut rest.map(|(_, clause)| clause.to_string())), documents });
    }
    if !plan.clauses.iter().any(|clause| matches!(clause, Clause::Phrase { title: false, .. })) {
        return None;
    }
    let words = query(&mut plan.clauses.iter().map(|clause| match clause {
        Clause::Phrase { text, title: false, .. } => text.clone(),
        other => other.to_string(),
    }));
    let documents = Matches::of(corpus, &evaluate(corpus, &parse(&words, true))).documents.len();
    (documents > 0).then_some(Nearest { query: words, documents })
}
