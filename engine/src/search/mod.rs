//! A plan into one answer: which articles, in what order, with which passages, and what to say about it.

mod bits;
mod evaluate;
mod explain;
mod facets;
mod help;
mod passages;
mod rank;
mod related;
mod scan;
mod sort;
mod suggest;
mod typos;

use std::ops::Range;

use crate::index::{Corpus, DocumentId};
use crate::query::Plan;
use evaluate::{Evaluation, evaluate};
use rank::{Matches, Ranked};

pub use crate::index::Facet;
pub use explain::{Explanation, FieldScores, WordScore, explain};
pub use facets::{Choice, FacetCount, FacetCounts};
pub use help::{Alone, Help, Nearest, help};
pub use related::{Related, related};
pub use suggest::{Suggestion, suggest};

/// What is asked for besides the query itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many hits at most.
    pub limit: u32,
    /// How many hits to leave out at the beginning.
    pub offset: u32,
    pub sort: Sort,
    /// Passages per hit at most.
    pub passages: u32,
    /// What the articles must have besides matching the query.
    pub choices: Vec<Choice>,
    /// Whether to count the articles of each facet.
    pub facets: bool,
    /// Whether copies of an article are shown under the best of them.
    pub fold: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            limit: 20,
            offset: 0,
            sort: Sort::Relevance,
            passages: 3,
            choices: Vec::new(),
            facets: false,
            fold: true,
        }
    }
}

/// The order of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first; of equally good ones the newer, then by title.
    #[default]
    Relevance,
    /// Those without a date last.
    Newest,
    /// Those without a date last.
    Oldest,
    Title,
}

/// Everything that is shown for a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// How many articles match, not only those in `hits`.
    pub total: u32,
    /// How many of them have everything that was asked for; they come first. The others have some of the words.
    pub complete: u32,
    pub hits: Vec<Hit>,
    /// How many of all that match are copies under a hit, on whatever page of the answer that is.
    pub folded: u32,
    pub notes: Vec<Note>,
    /// Empty unless asked for.
    pub facets: Vec<FacetCounts>,
    /// Chunks of positions that are not here: see [`Answer::missing`].
    missing: Vec<u32>,
}

impl Answer {
    /// Chunks that are not here (see [`Corpus::is_split`]): with the texts of hits, which have no passages without, and with
    /// the positions of words in a row, without which articles pass for hits that only have all the words.
    pub fn missing(&self, corpus: &Corpus) -> Vec<u32> {
        let mut missing = self.missing.clone();
        for hit in &self.hits {
            corpus.missing_text(hit.id).into_iter().for_each(|chunk| note(&mut missing, chunk));
        }
        missing
    }
}

/// An article that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: DocumentId,
    /// Millionths; comparable only within one answer.
    pub score: u32,
    /// What matched in the title, in bytes.
    pub title_marks: Vec<Range<u32>>,
    /// The best places, in reading order. For a query without words the article's beginning.
    pub passages: Vec<Passage>,
    /// Copies of this article that match as well and are not hits of their own.
    pub copies: Vec<DocumentId>,
}

/// A piece of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The run of text it is from: see [`Corpus::runs`].
    pub run: u32,
    /// Bytes of the run; sentences where they are not too long.
    pub range: Range<u32>,
    pub text: String,
    /// What matched, in bytes of `text`; on character boundaries, in order, apart.
    pub marks: Vec<Range<u32>>,
}

/// Something to tell the reader about how the query was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing has the word `typed`; articles with `used` are shown.
    Corrected { typed: String, used: String },
    /// Nothing has this word, nor one like it.
    Unknown { word: String },
    /// This part of the query was not understood and is searched as text.
    AsText { part: String },
}

/// Answers `plan`. The same plan always gives the same answer.
pub fn search(corpus: &Corpus, plan: &Plan, options: &Options) -> Answer {
    let evaluation = evaluate(corpus, plan);
    let mut matches = Matches::of(corpus, &evaluation);
    let facets = if options.facets { facets::counts(corpus, &matches.documents, &options.choices) } else { Vec::new() };
    matches.keep(&facets::chosen(corpus, &options.choices, None));
    let most = options.offset.saturating_add(options.limit) as usize;
    let best = if options.sort == Sort::Relevance { matches.best(corpus, &evaluation, most) } else { Vec::new() };
    let fold = options.fold && plan.whole && corpus.copies() > 0;
    let copies = if fold { copies(corpus, &matches, &evaluation, options.sort, &best) } else { Vec::new() };
    let mut shown = matches.documents.clone();
    copies.iter().for_each(|(_, copy)| shown.remove(*copy));
    let order = matches.first(corpus, &evaluation, options.sort, &shown, &best, most);
    let shown = order.iter().take(most).skip(options.offset as usize);
    let copies_of = |id| copies.iter().filter(|(best, _)| *best == id).map(|(_, copy)| *copy).collect();
    Answer {
        total: matches.documents.len(),
        complete: matches.complete.len(),
        folded: copies.len() as u32,
        hits: shown.map(|ranked| hit(corpus, &evaluation, ranked, options, copies_of(ranked.id))).collect(),
        facets,
        notes: evaluation.notes,
        missing: evaluation.missing,
    }
}

/// Adds the number of a chunk, unless it is among them.
fn note(chunks: &mut Vec<u32>, chunk: u32) {
    if !chunks.contains(&chunk) {
        chunks.push(chunk);
    }
}

/// The articles that are copies of one before them in the order, each behind the one that it is a copy of. A door: see
/// [`crate::query::in_part`].
#[inline(never)]
fn copies(
    corpus: &Corpus,
    matches: &Matches,
    evaluation: &Evaluation,
    sort: Sort,
    best: &[Ranked],
) -> Vec<(DocumentId, DocumentId)> {
    let alike =
        |id| corpus.related(id).take_while(|(_, likeness)| *likeness == COPY).map(|(other, _): (DocumentId, u8)| other);
    let mut concerned = bits::Bits::none(corpus.len());
    for id in matches.documents.iter().filter(|id| alike(*id).next().is_some()) {
        concerned.insert(id);
        alike(id).filter(|other| matches.documents.contains(*other)).for_each(|other| concerned.insert(other));
    }
    let order = matches.first(corpus, evaluation, sort, &concerned, best, usize::MAX);
    let mut copies: Vec<(DocumentId, DocumentId)> = Vec::new();
    let mut seen = bits::Bits::none(corpus.len());
    for id in order.into_iter().map(|ranked| ranked.id) {
        match alike(id).find(|other| seen.contains(*other)) {
            Some(best) => copies.push((best, id)),
            None => seen.insert(id),
        }
    }
    copies
}

/// The likeness that says copy.
const COPY: u8 = 255;

/// What matches in the text of one article: for each run of text that has any, its number and the matches in bytes.
pub fn marks(corpus: &Corpus, plan: &Plan, id: DocumentId) -> Vec<(u32, Vec<Range<u32>>)> {
    let places = evaluate(corpus, plan).places(corpus, id);
    let mut in_runs: Vec<(u32, Vec<Range<u32>>)> = Vec::new();
    for place in places.into_iter().filter(|place| place.run > 0) {
        match in_runs.iter_mut().find(|(run, _)| *run == place.run - 1) {
            Some((_, marks)) => marks.push(place.range),
            None => in_runs.push((place.run - 1, vec![place.range])),
        }
    }
    sort::sort_by_key(&mut in_runs, |(run, _)| *run);
    in_runs.iter_mut().for_each(|(_, marks)| passages::join(marks));
    in_runs
}

fn hit(corpus: &Corpus, evaluation: &Evaluation, ranked: &Ranked, options: &Options, copies: Vec<DocumentId>) -> Hit {
    let places = match &ranked.places {
        Some(places) => places.clone(),
        None => evaluation.places(corpus, ranked.id),
    };
    let runs: Vec<&str> = corpus.runs(ranked.id).collect();
    let weights: Vec<f32> = evaluation.leaves.iter().map(|leaf| leaf.weight).collect();
    let mut passages = passages::passages(&runs, &places, &weights, options.passages as usize);
    if passages.is_empty() && options.passages > 0 {
        passages = passages::opening(&runs);
    }
    let mut title_marks: Vec<Range<u32>> =
        places.iter().filter(|place| place.run == 0).map(|place| place.range.clone()).collect();
    passages::join(&mut title_marks);
    Hit { id: ranked.id, score: millionths(ranked.score()), title_marks, passages, copies }
}

fn millionths(score: f32) -> u32 {
    (score * 1e6) as u32
}
