//! The articles that match, in order.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::bits::Bits;
use super::evaluate::{Evaluation, Leaf, Need};
use super::scan::{Found, plain};
use super::sort::sort_by;
use super::{COPY, Sort};
use crate::analysis::case::lower;
use crate::analysis::{Form, tokens};
use crate::index::frequency::larger;
use crate::index::{Corpus, DocumentId, Occurrence, Posting, RUN_END, Term, date_number};

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
    /// Those whose title is the query.
    titled: Bits,
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
        let mut asked = 0.0;
        let wanted = || evaluation.parts.iter().filter(|part| part.need == Need::Wanted);
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
            some.unite(&part.outcome.documents);
            asked += part.weight;
        }
        let mut documents = required;
        if wanted().next().is_some() {
            documents.intersect(&some);
        }
        let least = LEAST_SHARE * asked;
        if wanted().any(|part| part.weight < least) {
            let mut enough = complete.clone();
            let mut shares = vec![0.0; corpus.len() as usize];
            for part in wanted() {
                for id in part.outcome.documents.iter() {
                    shares[id.0 as usize] += part.weight;
                    if shares[id.0 as usize] >= least {
                        enough.insert(id);
                    }
                }
            }
            documents.intersect(&enough);
        }
        complete.intersect(&documents);
        let query: Vec<&str> = evaluation.leaves.iter().map(|leaf| &*leaf.text).collect();
        let titled = titled(corpus, &query.join(" "), &complete);
        Matches { documents, complete, scores, complete_first: !evaluation.prose, titled }
    }

    /// Leaves only the articles in `kept`.
    pub fn keep(&mut self, kept: &Bits) {
        self.documents.intersect(kept);
        self.complete.intersect(kept);
    }

    /// The first `most` of the articles in `among`, in the order wanted.
    pub fn first(
        &self,
        corpus: &Corpus,
        evaluation: &Evaluation,
        sort: Sort,
        among: &Bits,
        best: &[Ranked],
        most: usize,
    ) -> Vec<Ranked> {
        match sort {
            Sort::Relevance if !evaluation.leaves.is_empty() => {
                let mut first: Vec<Ranked> = best.iter().filter(|ranked| among.contains(ranked.id)).cloned().collect();
                let more = most.saturating_sub(first.len());
                // Mostly there are enough, and going through all that match is most of the work.
                if more > 0 {
                    let mut others = among.clone();
                    best.iter().for_each(|ranked| others.remove(ranked.id));
                    first.extend(self.select(corpus, &others, more));
                }
                first
            }
            // Numbers are by date already, newest first.
            Sort::Newest | Sort::Relevance => among.iter().take(most).map(|id| self.ranked(corpus, id)).collect(),
            Sort::Oldest | Sort::Title => self.sorted(corpus, sort, among, most),
        }
    }

    /// The first `most` articles by what is no number of theirs. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn sorted(&self, corpus: &Corpus, sort: Sort, among: &Bits, most: usize) -> Vec<Ranked> {
        if sort == Sort::Title {
            let title = |id: DocumentId| corpus.alphabet().folded(corpus.head(id).title);
            let mut titled: Vec<(String, DocumentId)> = among.iter().map(|id| (title(id), id)).collect();
            sort_by(&mut titled, |a, b| a.cmp(b));
            return titled.into_iter().take(most).map(|(_, id)| self.ranked(corpus, id)).collect();
        }
        let mut best = Best::of(most);
        for id in among.iter() {
            // Those without a date, whose number is 0, come last.
            let date = date_number(corpus.document(id).date).wrapping_sub(1);
            best.push(u64::from(!date) << 32 | u64::from(!id.0));
        }
        best.sorted().map(|key| self.ranked(corpus, DocumentId(!key as u32))).collect()
    }

    /// The best articles, read again unless that could not bring them among the first `most`.
    pub fn best(&self, corpus: &Corpus, evaluation: &Evaluation, most: usize) -> Vec<Ranked> {
        if evaluation.leaves.is_empty() {
            return Vec::new();
        }
        let mut best = self.select(corpus, &self.documents, READ_AGAIN);
        let written = Written::of(corpus, evaluation);
        let mut first = Best::of(most);
        for ranked in &mut best {
            let highest = ranked.score() + most_to_gain(evaluation, ranked.id);
            // Copies are folded, so that more than those before them may be shown.
            let copied = corpus.related(ranked.id).next().is_some_and(|(_, likeness)| likeness == COPY);
            if copied || first.takes(self.key(ranked.id, highest)) {
                refine(corpus, evaluation, &written, ranked);
                if !copied {
                    first.push(self.key(ranked.id, ranked.score()));
                }
            }
        }
        sort_by(&mut best, |a, b| self.compare(a, b));
        best
    }

    /// The first `most` of the articles in `among` by their scores before they are read again.
    ///
    /// No article gets more support than the best score gives. Those that this could not bring among the first are
    /// passed over, as in MaxScore (Turtle and Flood, *Query Evaluation: Strategies and Optimizations*, 1995).
    fn select(&self, corpus: &Corpus, among: &Bits, most: usize) -> Vec<Ranked> {
        let highest = self.scores.iter().fold(0.0, |a, b| larger(a, *b));
        let bound = SUPPORT * highest * (1.0 + 1e-5);
        let scores = self.scores.as_slice();
        // Where there are enough of those that come first, no other is among them.
        let mut complete = among.clone();
        complete.intersect(&self.complete);
        let enough = self.complete_first && complete.len() as usize >= most;
        let mut best = Best::of(most);
        for id in if enough { &complete } else { among }.iter() {
            let title = self.title(id);
            let words = scores[id.0 as usize];
            if best.takes(self.key(id, words + bound + title)) {
                best.push(self.key(id, words + self.support(corpus, id) + title));
            }
        }
        best.sorted().map(|key| self.ranked(corpus, DocumentId(!key as u32))).collect()
    }

    /// Orders articles as [`Matches::compare`] does. Scores are never negative, so that their bits order as they do.
    fn key(&self, id: DocumentId, score: f32) -> u64 {
        let complete = self.complete_first && self.complete.contains(id);
        u64::from(complete) << 63 | u64::from(score.to_bits()) << 32 | u64::from(!id.0)
    }

    /// One article with its score before it is read again.
    pub fn ranked(&self, corpus: &Corpus, id: DocumentId) -> Ranked {
        let title = self.title(id);
        let (words, support) = (self.scores[id.0 as usize], self.support(corpus, id));
        Ranked { id, words, support, nearness: 0.0, spelling: 0.0, title, places: None }
    }

    /// What is added for a title that is the query.
    fn title(&self, id: DocumentId) -> f32 {
        if self.titled.contains(id) { TITLE_IS_QUERY } else { 0.0 }
    }

    /// What the articles most like this one score by the words, on average (after Diaz, *Regularizing Ad Hoc Retrieval
    /// Scores*, 2005).
    fn support(&self, corpus: &Corpus, id: DocumentId) -> f32 {
        let scores = self.scores.as_slice();
        let (mut sum, mut weights) = (0.0, 0.0);
        for (other, likeness) in corpus.related(id) {
            let likeness = f32::from(likeness) / 255.0;
            sum += likeness * scores[other.0 as usize];
            weights += likeness;
        }
        let alone = larger(WELL_CONNECTED - weights, 0.0) * scores[id.0 as usize];
        SUPPORT * (sum + alone) / larger(weights, WELL_CONNECTED)
    }

    /// Those with all the words first, then by score, then newest.
    fn compare(&self, a: &Ranked, b: &Ranked) -> Ordering {
        let complete = |ranked: &Ranked| self.complete_first && self.complete.contains(ranked.id);
        complete(b).cmp(&complete(a)).then(b.score().total_cmp(&a.score())).then(a.id.cmp(&b.id))
    }
}

/// The best of what was pushed, with the worst of them at hand.
struct Best {
    keys: BinaryHeap<Reverse<u64>>,
    most: usize,
}

impl Best {
    fn of(most: usize) -> Best {
        Best { keys: BinaryHeap::new(), most }
    }

    /// Whether there is room for `key`.
    fn takes(&self, key: u64) -> bool {
        self.keys.len() < self.most || self.keys.peek().is_some_and(|Reverse(worst)| *worst < key)
    }

    fn push(&mut self, key: u64) {
        if self.takes(key) {
            if self.keys.len() == self.most {
                self.keys.pop();
            }
            self.keys.push(Reverse(key));
        }
    }

    /// The best first.
    fn sorted(self) -> impl Iterator<Item = u64> {
        self.keys.into_sorted_vec().into_iter().map(|Reverse(key)| key)
    }
}

/// Those of `documents` whose title is `query`. Only titles with its rarest word are read.
fn titled(corpus: &Corpus, query: &str, documents: &Bits) -> Bits {
    let query = words(corpus, query);
    let mut titled = Bits::none(corpus.len());
    let mut rarest: Option<Term> = None;
    for word in &query {
        let Some(term) = corpus.lexicon().find(word) else { return titled };
        if rarest.as_ref().is_none_or(|rarest| term.documents < rarest.documents) {
            rarest = Some(term);
        }
    }
    let Some(rarest) = rarest else { return titled };
    for Posting { document, occurrence } in corpus.postings(&rarest) {
        if occurrence.has(Occurrence::TITLE)
            && corpus.words(document).1 as usize == query.len()
            && documents.contains(document)
            && words(corpus, corpus.title(document)) == query
        {
            titled.insert(document);
        }
    }
    titled
}

/// Which articles have the only word of a query just as it was typed, where their terms tell.
struct Written(Option<Bits>);

impl Written {
    fn of(corpus: &Corpus, evaluation: &Evaluation) -> Written {
        let [only] = &evaluation.leaves[..] else { return Written(None) };
        let mut documents = Bits::none(corpus.len());
        if let Some(typed) = only.terms.iter().find(|term| only.text.eq_ignore_ascii_case(&term.text)) {
            corpus.postings(typed).for_each(|posting| documents.insert(posting.document));
        }
        Written(only.text.is_ascii().then_some(documents))
    }
}

/// The most that reading an article again may add to its score: all of its words as they were typed, and all neighbours in
/// the query that it has both of as near together as can be.
fn most_to_gain(evaluation: &Evaluation, id: DocumentId) -> f32 {
    let mut leaves = evaluation.leaves.iter();
    let (mut typed, mut near, mut before) = (0.0, 0.0, 0.0);
    for part in &evaluation.parts {
        let there = part.outcome.documents.contains(id);
        for leaf in leaves.by_ref().take(part.leaves).filter(|leaf| !leaf.function) {
            let weight = if there { leaf.weight } else { 0.0 };
            typed += weight;
            near += weight.min(before);
            before = weight;
        }
    }
    (SPELLING * typed + NEARNESS * near) * (1.0 + 1e-3)
}

/// Adds what only reading the article again can tell. Where texts are outside, the order is not to depend on which are here.
fn refine(corpus: &Corpus, evaluation: &Evaluation, written: &Written, ranked: &mut Ranked) {
    if corpus.is_split() {
        return;
    }
    let text = corpus.text(ranked.id);
    if let Written(Some(written)) = written
        && plain(text)
    {
        // There is nothing to be near to, and the term tells how it is written.
        let only = &evaluation.leaves[0];
        let as_typed = written.contains(ranked.id) && !only.function;
        ranked.spelling = if as_typed { SPELLING * only.weight } else { 0.0 };
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
    let telling = |leaf: &Leaf| leaf.length == 1 && !leaf.function;
    let typed = |leaf: &Leaf| telling(leaf).then(|| lower(&leaf.text));
    // What is still to be found of them.
    let mut missing: Vec<Option<String>> = evaluation.leaves.iter().map(typed).collect();
    let mut sum = 0.0;
    for place in places.iter().filter(|place| place.slot.typed) {
        let leaf = usize::from(place.slot.leaf);
        let Some(Some(typed)) = missing.get(leaf) else { continue };
        let same = |text: &str| text.eq_ignore_ascii_case(typed) || !text.is_ascii() && lower(text) == *typed;
        if written(place).is_some_and(same) {
            missing[leaf] = None;
            sum += evaluation.leaves[leaf].weight;
        }
    }
    sum
}

/// How near together neighbours in the query stand in the text, each pair weighted by its commoner word and saturated
/// as in BM25 (after Büttcher, Clarke and Lushman, *Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text
/// Collections*, 2006).
// Within its caller, it makes the compiler repeat both: four kilobytes.
#[inline(never)]
fn nearness(places: &[Found], leaves: &[Leaf]) -> f32 {
    let telling: Vec<usize> = (0..leaves.len()).filter(|leaf| !leaves[*leaf].function).collect();
    let mut in_row = vec![None; leaves.len()];
    telling.iter().enumerate().for_each(|(at, leaf)| in_row[*leaf] = Some(at));
    let mut last: Vec<Option<&Found>> = vec![None; telling.len()];
    // For each word with the one after it.
    let mut together = vec![0.0; telling.len()];
    for place in places {
        let Some(at) = in_row.get(usize::from(place.slot.leaf)).copied().flatten() else { continue };
        let near = |other: usize| {
            let other = last.get(other).copied().flatten()?;
            let apart = place.position.saturating_sub(other.position + other.words) + 1;
            (apart <= REACH).then_some(1.0 / apart as f32)
        };
        // In the query's order they tell more.
        if let Some(nearness) = at.checked_sub(1).and_then(near) {
            together[at - 1] += nearness;
        }
        if let Some(nearness) = near(at + 1) {
            together[at] += 0.5 * nearness;
        }
        last[at] = Some(place);
    }
    let pairs = telling.windows(2).zip(together);
    pairs.map(|(pair, together)| leaves[pair[0]].weight.min(leaves[pair[1]].weight) * together / (1.0 + together)).sum()
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
