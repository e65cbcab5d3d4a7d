//! Why an article stands where it does.

use super::evaluate::{Leaf, evaluate};
use super::millionths;
use super::rank::Matches;
use crate::index::frequency::frequencies;
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
    /// `score` by the fields that it comes from, in proportion to what is found in each.
    pub fields: FieldScores,
    /// In how many articles of the corpus it is found.
    pub documents: u32,
    /// Occurrences in the text.
    pub in_text: u32,
    pub in_title: bool,
    pub in_heading: bool,
    pub in_lead: bool,
    pub in_tags: bool,
}

/// A score by the fields of the article, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldScores {
    pub title: u32,
    pub headings: u32,
    /// For standing in the first paragraph.
    pub lead: u32,
    pub text: u32,
    pub tags: u32,
}

/// Explains the score of one article for a plan.
pub fn explain(corpus: &Corpus, plan: &Plan, id: DocumentId) -> Explanation {
    let evaluation = evaluate(corpus, plan);
    let matches = Matches::of(corpus, &evaluation);
    let best = matches.best(corpus, &evaluation, usize::MAX);
    let ranked = best.into_iter().find(|ranked| ranked.id == id).unwrap_or_else(|| matches.ranked(corpus, id));
    let mut leaves = evaluation.leaves.iter().enumerate();
    let (length, average) = (corpus.words(id), corpus.average_words());
    let places = evaluation.places(corpus, id);
    let mut words: Vec<WordScore> = Vec::new();
    for part in &evaluation.parts {
        let score = part.outcome.scores.get(id.0 as usize).copied().unwrap_or(0.0);
        let of_part: Vec<(usize, &Leaf)> = leaves.by_ref().take(part.leaves).collect();
        let Some((_, first)) = of_part.first() else {
            // A word of a compound, which has no leaf of its own; mostly it is the text that has it.
            if let Some(compound) = words.last_mut() {
                compound.score += millionths(score);
                compound.fields.text += millionths(score);
            }
            continue;
        };
        let mut found: Vec<Occurrence> = Vec::new();
        for (number, leaf) in &of_part {
            let mut terms = leaf.terms.clone();
            if let Some(start) = &leaf.start {
                corpus.lexicon().with_prefix(start, |cursor| {
                    let term = cursor.term();
                    if !terms.iter().any(|known| known.id == term.id) {
                        terms.push(term);
                    }
                });
            }
            for term in &terms {
                let here = corpus.postings(term).filter(|posting| posting.document == id);
                found.extend(here.map(|posting| posting.occurrence));
            }
            // What counts only in a row is not in the index.
            let of_leaf = places.iter().filter(|place| usize::from(place.slot.leaf) == *number);
            let in_rows = of_leaf.filter(|place| terms.is_empty() || leaf.length > 1 && place.words > 1);
            found.extend(in_rows.map(|place| Occurrence(if place.run == 0 { Occurrence::TITLE } else { 1 })));
        }
        let fields = found.iter().fold(0, |fields, occurrence| fields | occurrence.0);
        words.push(WordScore {
            text: of_part.iter().map(|(_, leaf)| &*leaf.text).collect::<Vec<_>>().join(" "),
            score: millionths(score),
            fields: shared(score, found.iter().map(|occurrence| frequencies(length.0, length.1, average, *occurrence))),
            documents: first.documents,
            in_text: found.iter().map(|occurrence| u32::from(occurrence.in_text())).sum(),
            in_title: fields & Occurrence::TITLE != 0,
            in_heading: fields & Occurrence::HEADING != 0,
            in_lead: fields & Occurrence::LEAD != 0,
            in_tags: fields & Occurrence::TAG != 0,
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

/// A score shared out among the fields in proportion to what is found in each.
fn shared(score: f32, found: impl Iterator<Item = [f32; 5]>) -> FieldScores {
    let all = found.fold([0.0; 5], |all: [f32; 5], more| std::array::from_fn(|field| all[field] + more[field]));
    let sum: f32 = all.iter().sum();
    let [title, headings, lead, text, tags] =
        all.map(|part| if sum > 0.0 { millionths(score * part / sum) } else { 0 });
    FieldScores { title, headings, lead, text, tags }
}
