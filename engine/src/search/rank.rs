//! The articles that match, in order.

use std::cmp::Ordering;

use super::Sort;
use super::bits::Bits;
use super::evaluate::{Evaluation, Leaf, Need};
use super::scan::{Found, plain};
use super::sort::{sort_by, sort_by_key};
use crate::analysis::case::lower;
use crate::analysis::{Form, tokens};
use crate::index::{Corpus, DocumentId, RUN_END, date_number};

/// So many of the best articles by words alone are read again to see how the words are written and how near together
/// they stand.
const READ_AGAIN: usize = 32;

/// How much nearness counts against the words.
const NEARNESS: f32 = 0.7;

/// Words further apart than this are not near.
const REACH: u32 = 8;

/// How much it counts that a word is written as it was typed, diacritics included.
const SPELLING: f32 = 0.15;

/// How much it counts that the articles most like this one match as well.
const SUPPORT: f32 = 0.75;

/// Where likenesses add up to less than this, the article itself makes up for the rest: who stands alone is not to lose.
const WELL_CONNECTED: f32 = 0.8;

/// An article that lacks some words is shown if those it has make up this share of what was asked for.
const LEAST_SHARE: f32 = 0.04;

/// Added for a title that is the query: more than any other score.
const TITLE_IS_QUERY: f32 = 1000.0;

/// The articles that match a plan.
pub struct Matches {
    pub documents: Bits,
    /// Those that have all that was asked for.
    pub complete: Bits,
    /// By the words alone, by article number.
    scores: Vec<f32>,
    /// Whether the complete ones come first.
    complete_first: bool,
    /// The query's words, folded.
    words: Vec<String>,
}

/// An article in its place.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub id: DocumentId,
    pub words: f32,
    pub support: f32,
    pub nearness: f32,
    pub spelling: f32,
    pub title: f32,
    /// Where the words stand in it, if that has been looked up.
    pub places: Option<Vec<Found>>,
}

impl Ranked {
    pub fn score(&self) -> f32 {
        self.words + self.support + self.nearness + self.spelling + self.title
    }
}

impl Matches {
    pub fn of(corpus: &Corpus, evaluation: &Evaluation) -> Matches {
        let mut complete = Bits::all(corpus.len());
        let mut required = Bits::all(corpus.len());
        let mut some = Bits::none(corpus.len());
        let mut scores = vec![0.0; corpus.len() as usize];
        let mut shares = vec![0.0; corpus.len() as usize];
        let mut asked = 0.0;
        let mut wanted = false;
        for part in &evaluation.parts {
            scores.iter_mut().zip(&part.outcome.scores).for_each(|(a, b)| *a += b);
            if part.need == Need::Welcome {
                continue;
            }
            complete.intersect(&part.outcome.documents);
            if part.need == Need::Required {
                required.intersect(&part.outcome.documents);
                continue;
            }
            wanted = true;
            some.unite(&part.outcome.documents);
            asked += part.weight;
            part.outcome.documents.iter().for_each(|id| shares[id.0 as usize] += part.weight);
        }
        let mut documents = required;
        if wanted {
            documents.intersect(&some);
            let few: Vec<DocumentId> = documents
                .iter()
                .filter(|id| !complete.contains(*id) && shares[id.0 as usize] < LEAST_SHARE * asked)
                .collect();
            few.into_iter().for_each(|id| documents.remove(id));
        }
        complete.intersect(&documents);
        let query: Vec<&str> = evaluation.leaves.iter().map(|leaf| &*leaf.text).collect();
        let words = words(corpus, &query.join(" "));
        Matches { documents, complete, scores, complete_first: !evaluation.prose, words }
    }

    /// Leaves only the articles in `kept`.
    pub fn keep(&mut self, kept: &Bits) {
        self.documents.intersect(kept);
        self.complete.intersect(kept);
    }

    /// The articles in the order wanted.
    pub fn order(&self, corpus: &Corpus, evaluation: &Evaluation, sort: Sort) -> Vec<Ranked> {
        let mut order: Vec<Ranked> = self.documents.iter().map(|id| self.ranked(corpus, id)).collect();
        match sort {
            // Numbers are by date already, newest first.
            Sort::Newest => {}
            Sort::Oldest => sort_by_key(&mut order, |ranked| {
                let date = date_number(corpus.document(ranked.id).date);
                (if date == 0 { u32::MAX } else { date }, ranked.id)
            }),
            Sort::Title => {
                let title = |ranked: &Ranked| corpus.alphabet().folded(corpus.head(ranked.id).title);
                let mut titled: Vec<(String, Ranked)> =
                    order.into_iter().map(|ranked| (title(&ranked), ranked)).collect();
                sort_by(&mut titled, |a, b| a.0.cmp(&b.0).then(a.1.id.cmp(&b.1.id)));
                return titled.into_iter().map(|(_, ranked)| ranked).collect();
            }
            Sort::Relevance if evaluation.leaves.is_empty() => {}
            Sort::Relevance => {
                sort_by(&mut order, |a, b| self.compare(a, b));
                let best = order.len().min(READ_AGAIN);
                let rest = order.split_off(best);
                order.iter_mut().for_each(|ranked| refine(corpus, evaluation, ranked));
                sort_by(&mut order, |a, b| self.compare(a, b));
                order.extend(rest);
            }
        }
        order
    }

    /// One article with its score before it is read again.
    pub fn ranked(&self, corpus: &Corpus, id: DocumentId) -> Ranked {
        let title = if self.is_title(corpus, id) { TITLE_IS_QUERY } else { 0.0 };
        let (words, support) = (self.scores[id.0 as usize], self.support(corpus, id));
        Ranked { id, words, support, nearness: 0.0, spelling: 0.0, title, places: None }
    }

    /// Whether the query is the title of an article.
    fn is_title(&self, corpus: &Corpus, id: DocumentId) -> bool {
        !self.words.is_empty()
            && self.complete.contains(id)
            && corpus.document(id).title_words as usize == self.words.len()
            && words(corpus, corpus.head(id).title) == self.words
    }

    /// What the articles most like this one score by the words, on average (after Diaz, *Regularizing Ad Hoc Retrieval
    /// Scores*, 2005).
    fn support(&self, corpus: &Corpus, id: DocumentId) -> f32 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (other, likeness) in corpus.related(id) {
            let likeness = f32::from(likeness) / 255.0;
            sum += likeness * self.scores[other.0 as usize];
            weights += likeness;
        }
        let alone = f32::max(WELL_CONNECTED - weights, 0.0) * self.scores[id.0 as usize];
        SUPPORT * (sum + alone) / f32::max(weights, WELL_CONNECTED)
    }

    /// Those with all the words first, then by score, then newest.
    fn compare(&self, a: &Ranked, b: &Ranked) -> Ordering {
        let complete = |ranked: &Ranked| self.complete_first && self.complete.contains(ranked.id);
        complete(b).cmp(&complete(a)).then(b.score().total_cmp(&a.score())).then(a.id.cmp(&b.id))
    }
}

/// Adds what only reading the article again can tell.
fn refine(corpus: &Corpus, evaluation: &Evaluation, ranked: &mut Ranked) {
    let text = corpus.text(ranked.id);
    if let [only] = &evaluation.leaves[..]
        && only.text.is_ascii()
        && plain(text)
    {
        // There is nothing to be near to, and the term tells how it is written.
        let typed = only.terms.iter().find(|term| only.text.eq_ignore_ascii_case(&term.text));
        let written = typed.is_some_and(|term| corpus.postings(term).any(|posting| posting.document == ranked.id));
        ranked.spelling = if written && !only.function { SPELLING * only.weight } else { 0.0 };
        return;
    }
    let places = evaluation.places(corpus, ranked.id);
    ranked.nearness = NEARNESS * nearness(&places, &evaluation.leaves);
    ranked.spelling = SPELLING * spelling(text, evaluation, &places);
    ranked.places = Some(places);
}

/// What the words weigh that stand in the article just as they were typed, but for capitals.
fn spelling(text: &str, evaluation: &Evaluation, places: &[Found]) -> f32 {
    let runs: Vec<&str> = text.split_terminator(RUN_END).collect();
    let written = |place: &Found| {
        let run = runs.get(place.run as usize)?;
        run.get(place.range.start as usize..place.range.end as usize)
    };
    let mut sum = 0.0;
    for (number, leaf) in evaluation.leaves.iter().enumerate().filter(|(_, leaf)| leaf.length == 1 && !leaf.function) {
        let typed = lower(&leaf.text);
        let mut of_leaf = places.iter().filter(|place| usize::from(place.slot.leaf) == number && place.slot.typed);
        if of_leaf.any(|place| written(place).is_some_and(|text| lower(text) == typed)) {
            sum += leaf.weight;
        }
    }
    sum
}

/// How near together neighbours in the query stand in the text, each pair weighted by its commoner word and saturated
/// as in BM25 (after Büttcher, Clarke and Lushman, *Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
/// Collections*, 2006).
fn nearness(places: &[Found], leaves: &[Leaf]) -> f32 {
    let telling: Vec<usize> = (0..leaves.len()).filter(|leaf| !leaves[*leaf].function).collect();
    let mut sum = 0.0;
    for pair in telling.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let mut together = 0.0;
        let mut last: [Option<&Found>; 2] = [None, None];
        for place in places.iter().filter(|p| usize::from(p.slot.leaf) == first || usize::from(p.slot.leaf) == second) {
            let side = usize::from(usize::from(place.slot.leaf) == second);
            if let Some(other) = last[1 - side] {
                let apart = place.position.saturating_sub(other.position + other.words) + 1;
                if apart <= REACH {
                    // In the query's order they tell more.
                    let order = if side == 1 { 1.0 } else { 0.5 };
                    together += order / apart as f32;
                }
            }
            last[side] = Some(place);
        }
        sum += leaves[first].weight.min(leaves[second].weight) * together / (1.0 + together);
    }
    sum
}

/// The words of a text, folded.
fn words(corpus: &Corpus, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokens(corpus.alphabet(), text, |token| {
        if matches!(token.form, Form::Word | Form::Pair) {
            words.push(token.term.to_owned());
        }
    });
    words
}
