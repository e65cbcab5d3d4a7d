//! A plan into one answer: which articles, in what order, with which passages, and what to say about it.

mod bits;
mod evaluate;
mod passages;
mod rank;
mod scan;
mod typos;

use std::ops::Range;

use crate::index::{Corpus, DocumentId};
use crate::query::Plan;
use evaluate::{Evaluation, evaluate};
use rank::{Matches, Ranked};

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
}

impl Default for Options {
    fn default() -> Options {
        Options {
            limit: 20,
            offset: 0,
            sort: Sort::Relevance,
            passages: 3,
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
    pub notes: Vec<Note>,
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
    let matches = Matches::of(corpus, &evaluation);
    let order = matches.order(corpus, &evaluation, options.sort);
    let shown = order.iter().skip(options.offset as usize).take(options.limit as usize);
    Answer {
        total: matches.documents.len(),
        complete: matches.complete.len(),
        hits: shown.map(|ranked| hit(corpus, &evaluation, ranked, options)).collect(),
        notes: evaluation.notes,
    }
}

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
    in_runs.sort_by_key(|(run, _)| *run);
    in_runs.iter_mut().for_each(|(_, marks)| passages::join(marks));
    in_runs
}

fn hit(corpus: &Corpus, evaluation: &Evaluation, ranked: &Ranked, options: &Options) -> Hit {
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
    Hit { id: ranked.id, score: (ranked.score.max(0.0) * 1e6) as u32, title_marks, passages }
}
