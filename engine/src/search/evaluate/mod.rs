//! Which articles a plan's clauses match, and how well by the words alone.
//!
//! The score is BM25F (Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009): what is
//! found in the fields of an article is weighted and added up before it saturates, so that a word in title and text
//! does not count twice as much as it should.

mod filter;
mod rows;
mod score;
mod words;

use std::cell::RefCell;

use super::Note;
use super::bits::Bits;
use super::scan::{Found, Patterns, nearby, phrases, scan};
use super::sort::sort_by_key;
use crate::analysis::case::{is_small, lower};
use crate::analysis::{Form, token_list};
use crate::index::{Corpus, DocumentId, Term};
use crate::query::{Clause, Ending, Plan};
use score::WEIGHTS;
use words::Typed;

/// What came of a clause.
pub struct Outcome {
    pub documents: Bits,
    /// By article number.
    pub scores: Vec<f32>,
}

/// One word or phrase of the query that adds to the score.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// As typed.
    pub text: String,
    /// In how many words of text it is found: more than one for phrases.
    pub length: u8,
    pub slop: Option<u32>,
    /// How much finding it tells: its inverse document frequency.
    pub weight: f32,
    /// Whether it is a function word beside others that are not.
    pub function: bool,
    /// The terms it stands for, if it is a word.
    pub terms: Vec<Term>,
    /// If it is the beginning of a word: it stands for every term that begins like this as well.
    pub start: Option<String>,
    pub documents: u32,
}

/// A clause of the plan's top level with what came of it.
pub struct Part {
    pub outcome: Outcome,
    pub need: Need,
    /// The number of its clause in the plan.
    pub clause: usize,
    /// How many of the leaves are its own.
    pub leaves: usize,
    /// Its share in what the query asks for.
    pub weight: f32,
}

/// What an article must have of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Without it the article is not shown.
    Required,
    /// Articles that lack it come after those that have it.
    Wanted,
    /// It only adds to the score.
    Welcome,
}

/// All that is known once each clause has been looked up.
pub struct Evaluation {
    pub parts: Vec<Part>,
    pub leaves: Vec<Leaf>,
    pub patterns: Patterns,
    pub notes: Vec<Note>,
    /// Whether the query is a question in prose: nobody expects every word of it in an article.
    pub prose: bool,
    /// Chunks of positions without which rows of words could not be told from words.
    pub missing: Vec<u32>,
}

/// A query of more telling words than this is prose.
const LONGEST_TYPED: usize = 5;

/// Looks up every clause of a plan.
pub fn evaluate(corpus: &Corpus, plan: &Plan) -> Evaluation {
    let evaluation = evaluate_as(corpus, plan, false);
    // A question in prose is not unanswered for a quotation that stands nowhere.
    if evaluation.prose && plan.whole && evaluation.is_unanswered(corpus, plan) {
        return evaluate_as(corpus, plan, true);
    }
    evaluation
}

fn evaluate_as(corpus: &Corpus, plan: &Plan, loose: bool) -> Evaluation {
    let mut evaluator = Evaluator::new(corpus, plan);
    evaluator.loose = loose;
    let mut parts: Vec<Part> = Vec::new();
    for (number, clause) in plan.clauses.iter().enumerate() {
        evaluator.number = number;
        evaluator.parts(clause, &mut parts);
    }
    // "The Who": where there is nothing but function words they are what is asked for.
    if !parts.iter().any(|part| part.need == Need::Wanted) {
        parts.iter_mut().filter(|part| part.need == Need::Welcome).for_each(|part| part.need = Need::Wanted);
    }
    evaluator.patterns.finish();
    let as_text = plan.as_text.iter().map(|part| Note::AsText { part: part.clone() });
    Evaluation {
        parts,
        notes: as_text.chain(evaluator.notes).collect(),
        leaves: evaluator.leaves,
        patterns: evaluator.patterns,
        prose: evaluator.prose,
        missing: evaluator.missing.into_inner(),
    }
}

impl Evaluation {
    /// Whether no article has what is required and anything of what is wanted. Where something is excluded or filtered out, that
    /// is an answer: nothing is to be done that could add articles. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn is_unanswered(&self, corpus: &Corpus, plan: &Plan) -> bool {
        if !plan.clauses.iter().all(|clause| matches!(clause, Clause::Word { .. } | Clause::Phrase { .. })) {
            return false;
        }
        let mut documents = Bits::all(corpus.len());
        let mut wanted = Bits::none(corpus.len());
        for part in &self.parts {
            match part.need {
                Need::Required => documents.intersect(&part.outcome.documents),
                Need::Wanted => wanted.unite(&part.outcome.documents),
                Need::Welcome => {}
            }
        }
        documents.intersect(&wanted);
        documents.is_empty()
    }

    /// Where in an article's text the query's words and phrases stand, by position; a phrase is one place.
    pub fn places(&self, corpus: &Corpus, id: DocumentId) -> Vec<Found> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let found = scan(corpus.alphabet(), corpus.text(id), &self.patterns);
        let mut places =
            if self.leaves.iter().all(|leaf| leaf.length == 1) { found } else { self.places_of_rows(found) };
        sort_by_key(&mut places, |f| (f.position, f.words, f.slot));
        places
    }

    /// What is found, with phrases in the place of their words. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn places_of_rows(&self, found: Vec<Found>) -> Vec<Found> {
        let is_word = |leaf: u16| self.leaves.get(usize::from(leaf)).is_some_and(|leaf| leaf.length == 1);
        let mut places = Vec::new();
        for (number, leaf) in self.leaves.iter().enumerate().filter(|(number, _)| !is_word(*number as u16)) {
            places.extend(occurrences(&found, number as u16, leaf.length, leaf.slop));
        }
        places.extend(found.into_iter().filter(|f| is_word(f.slot.leaf)));
        places
    }
}

fn occurrences(found: &[Found], leaf: u16, length: u8, slop: Option<u32>) -> Vec<Found> {
    match (length, slop) {
        (1, _) => found.iter().filter(|f| f.slot.leaf == leaf).cloned().collect(),
        (_, None) => phrases(found, leaf, length),
        (_, Some(slop)) => nearby(found, leaf, length, slop),
    }
}

struct Evaluator<'c> {
    corpus: &'c Corpus<'c>,
    /// Average words in titles and texts.
    average: (f32, f32),
    leaves: Vec<Leaf>,
    patterns: Patterns,
    notes: Vec<Note>,
    /// Within an exclusion nothing is scored, marked or corrected.
    excluding: bool,
    /// As in [`Plan`].
    whole: bool,
    /// Whether the query is all in capitals.
    shouted: bool,
    prose: bool,
    /// Whether phrases are searched as words, and a note says so.
    loose: bool,
    /// The number of the clause that is being looked up.
    number: usize,
    /// As in [`Evaluation`].
    missing: RefCell<Vec<u32>>,
}

impl<'c> Evaluator<'c> {
    fn new(corpus: &'c Corpus<'c>, plan: &Plan) -> Evaluator<'c> {
        let mut evaluator = Evaluator {
            corpus,
            whole: plan.whole,
            average: corpus.average_words(),
            leaves: Vec::new(),
            patterns: Patterns::default(),
            notes: Vec::new(),
            excluding: false,
            number: 0,
            shouted: plan.text.contains(' ') && !plan.text.contains(is_small),
            prose: false,
            loose: false,
            missing: RefCell::default(),
        };
        evaluator.prose = evaluator.is_prose(plan);
        evaluator
    }

    fn is_prose(&self, plan: &Plan) -> bool {
        let (mut words, mut quoted) = (0, 0);
        for clause in &plan.clauses {
            match clause {
                Clause::Word { text, ending, .. } => words += self.telling_words(text, *ending),
                Clause::Phrase { text, .. } => quoted += self.quoted_words(text),
                _ => {}
            }
        }
        words + quoted > LONGEST_TYPED && words >= quoted
    }

    /// How many telling words are in a phrase. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn quoted_words(&self, text: &str) -> usize {
        text.split_whitespace().map(|word| self.telling_words(word, Ending::Whole)).sum()
    }

    /// How many words are in a text without spaces, function words left out: where none are written, two characters are
    /// one.
    fn telling_words(&self, text: &str, ending: Ending) -> usize {
        if self.is_function_word(text, ending) {
            return 0;
        }
        let tokens = token_list(self.corpus.alphabet(), text);
        let pairs = tokens.iter().filter(|token| token.4 == Form::Pair).count();
        if pairs > 0 { pairs.div_ceil(2) } else { tokens.len().min(1) }
    }

    /// Looks up a clause of the top level.
    fn parts(&mut self, clause: &Clause, parts: &mut Vec<Part>) {
        if let Clause::Word { text, title: false, ending } = clause {
            return self.word_parts(text, *ending, parts);
        }
        self.other_parts(clause, parts);
    }

    /// All but a word. A door: see [`crate::query::in_part`].
    #[inline(never)]
    fn other_parts(&mut self, clause: &Clause, parts: &mut Vec<Part>) {
        if let Clause::Phrase { text, title: false, ending, .. } = clause
            && self.loose
        {
            self.notes.push(Note::AsText { part: text.clone() });
            return text.split_whitespace().for_each(|word| self.word_parts(word, *ending, parts));
        }
        let first = self.leaves.len();
        let outcome = self.clause(clause);
        self.push_part(outcome, Need::Required, first, parts);
    }

    fn word_parts(&mut self, text: &str, ending: Ending, parts: &mut Vec<Part>) {
        let before = parts.len();
        for word in self.words(text, ending) {
            let function = self.is_function_word(&word.text, word.ending);
            let first = self.leaves.len();
            let mut outcome = self.one_word(&word, false);
            if function {
                self.leaves[first..].iter_mut().for_each(|leaf| leaf.function = true);
                outcome.scores.iter_mut().for_each(|score| *score *= WEIGHTS.function);
            }
            self.push_part(outcome, if function { Need::Welcome } else { Need::Wanted }, first, parts);
            if word.row.places.len() > 1 && !self.is_pair(&word.text) {
                self.compound_parts(&word, parts);
            }
        }
        // Where words are not parted, two characters that stand nowhere may be the end of one and the beginning of the
        // next.
        if self.is_pair(text) && parts[before..].iter().all(|part| part.outcome.documents.is_empty()) {
            self.name_unknown(text);
        }
    }

    /// Adds a part whose leaves are those from `first` on.
    fn push_part(&mut self, outcome: Outcome, need: Need, first: usize, parts: &mut Vec<Part>) {
        let leaves = &self.leaves[first..];
        let weight = leaves.iter().map(|leaf| leaf.weight).sum();
        parts.push(Part { outcome, need, clause: self.number, leaves: leaves.len(), weight });
    }

    /// An article about a ban on tests tells something about a "test-ban" as well, but is not one that was asked for. A door:
    /// see [`crate::query::in_part`].
    #[inline(never)]
    fn compound_parts(&mut self, word: &Typed, parts: &mut Vec<Part>) {
        let before = std::mem::replace(&mut self.excluding, true);
        for term in word.row.places.iter().filter_map(|place| place.exact.first()) {
            let mut outcome = self.simple_word(term, term, &[], false, Ending::Whole);
            outcome.scores.iter_mut().for_each(|score| *score *= WEIGHTS.part);
            parts.push(Part { outcome, need: Need::Welcome, clause: self.number, leaves: 0, weight: 0.0 });
        }
        self.excluding = before;
    }

    fn is_function_word(&self, word: &str, ending: Ending) -> bool {
        // "WHO" is not "who".
        let capitals = !self.shouted && word.len() > 1 && !word.contains(is_small);
        let small = lower(word);
        ending == Ending::Whole
            && !capitals
            && self.corpus.known_languages().iter().any(|language| language.is_function_word(&small))
    }

    fn clause(&mut self, clause: &Clause) -> Outcome {
        match clause {
            Clause::Word { text, title, ending } => self.word(text, *title, *ending),
            Clause::Phrase { text, title, slop, ending } => self.phrase(text, *title, *slop, *ending),
            Clause::All(clauses) => {
                let mut all = Outcome { documents: Bits::all(self.corpus.len()), scores: self.zeroes() };
                for clause in clauses {
                    let outcome = self.clause(clause);
                    all.documents.intersect(&outcome.documents);
                    add(&mut all.scores, &outcome.scores);
                }
                all
            }
            Clause::Any(clauses) => {
                let mut any = self.nothing();
                for clause in clauses {
                    let outcome = self.clause(clause);
                    any.documents.unite(&outcome.documents);
                    add(&mut any.scores, &outcome.scores);
                }
                any
            }
            Clause::Not(clause) => {
                let before = std::mem::replace(&mut self.excluding, true);
                let excluded = self.clause(clause);
                self.excluding = before;
                Outcome { documents: excluded.documents.without_those(), scores: self.zeroes() }
            }
            Clause::Filter(filter) => Outcome { documents: self.filter(filter), scores: self.zeroes() },
        }
    }

    fn name_unknown(&mut self, text: &str) {
        if !self.excluding {
            self.notes.push(Note::Unknown { word: text.to_owned() });
        }
    }

    /// Punctuation and the like: matches everything, as if it had not been typed.
    fn nothing_to_find(&mut self, text: &str) -> Outcome {
        if self.excluding {
            return self.nothing();
        }
        self.name_unknown(text);
        Outcome { documents: Bits::all(self.corpus.len()), scores: self.zeroes() }
    }

    fn nothing(&self) -> Outcome {
        Outcome { documents: Bits::none(self.corpus.len()), scores: self.zeroes() }
    }

    fn zeroes(&self) -> Vec<f32> {
        vec![0.0; self.corpus.len() as usize]
    }
}

fn add(to: &mut [f32], scores: &[f32]) {
    to.iter_mut().zip(scores).for_each(|(a, b)| *a += b);
}
