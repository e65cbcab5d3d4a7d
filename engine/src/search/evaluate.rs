//! Which articles a plan's clauses match, and how well by the words alone.
//!
//! The score is BM25F (Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond*, 2009): what is
//! found in the fields of an article is weighted and added up before it saturates, so that a word in title and text
//! does not count twice as much as it should.

use std::slice::from_ref;

use super::bits::Bits;
use super::scan::{Found, Patterns, Slot, nearby, phrases, scan};
use super::sort::sort_by_key;
use super::{Note, typos};
use crate::analysis::case::{is_small, lower};
use crate::analysis::{Class, Form, dotted, token_list};
use crate::article::Date;
use crate::index::{Corpus, DocumentId, Occurrence, Posting, Term};
use crate::query::{Clause, Ending, Filter, Plan};

/// How the parts of the score are weighted against each other.
#[derive(Clone, Copy, Debug)]
struct Weights {
    /// How fast occurrences saturate.
    k1: f32,
    /// How much long texts are held back.
    b: f32,
    title: f32,
    heading: f32,
    lead: f32,
    tag: f32,
    /// A word with the same stem, against the word as typed.
    stem: f32,
    /// A word that begins like the unfinished one, against the word as typed.
    beginning: f32,
    /// A function word, against others as rare.
    function: f32,
    /// A part of a compound, against the same word alone.
    part: f32,
}

const WEIGHTS: Weights = Weights {
    k1: 1.6,
    b: 0.7,
    title: 2.5,
    heading: 0.7,
    lead: 0.3,
    tag: 1.0,
    stem: 0.9,
    beginning: 0.7,
    function: 0.2,
    part: 0.3,
};

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
}

/// A query of more telling words than this is prose.
const LONGEST_TYPED: usize = 5;

/// Looks up every clause of a plan.
pub fn evaluate(corpus: &Corpus, plan: &Plan) -> Evaluation {
    let evaluation = evaluate_as_is(corpus, plan);
    let plain = |clause: &Clause| matches!(clause, Clause::Word { .. } | Clause::Phrase { .. });
    if !evaluation.prose || !plan.clauses.iter().all(plain) || !evaluation.is_empty(corpus) {
        return evaluation;
    }
    // A question in prose is not unanswered for a quotation that stands nowhere: its words are searched, and a note
    // says so.
    let mut loose = Plan { clauses: Vec::new(), ..plan.clone() };
    for clause in &plan.clauses {
        if let Clause::Phrase { text, title, ending, .. } = clause {
            loose.as_text.push(text.clone());
            let word = |text: &str| Clause::Word { text: text.to_owned(), title: *title, ending: *ending };
            loose.clauses.extend(text.split_whitespace().map(word));
        } else {
            loose.clauses.push(clause.clone());
        }
    }
    evaluate_as_is(corpus, &loose)
}

fn evaluate_as_is(corpus: &Corpus, plan: &Plan) -> Evaluation {
    let mut evaluator = Evaluator::new(corpus, plan);
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
    }
}

impl Evaluation {
    /// Whether no article has what is required and anything of what is wanted.
    fn is_empty(&self, corpus: &Corpus) -> bool {
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
        let mut places = Vec::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            places.extend(occurrences(&found, number as u16, leaf.length, leaf.slop));
        }
        sort_by_key(&mut places, |f| (f.position, f.words, f.slot));
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

/// An article in which a row stands, how often, and whether in the title.
type Verified = (DocumentId, u32, bool);

/// A part of the query that is looked up as one.
struct Typed {
    text: String,
    ending: Ending,
    row: Row,
    /// Where the row stands, if it has more than one place.
    found: Vec<Verified>,
}

/// A word of a phrase: the terms that it may be.
#[derive(Clone, Debug, Default)]
struct Place {
    exact: Vec<String>,
    /// Any term that begins like this.
    start: Option<String>,
}

/// A phrase, or a compound: words in a row, some of which may be written as one.
#[derive(Clone, Debug, Default)]
struct Row {
    places: Vec<Place>,
    /// A term that stands for the words from one on, and how many.
    joined: Vec<(usize, usize, String)>,
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
    /// Whether the query is all in capitals.
    shouted: bool,
    prose: bool,
    /// The number of the clause that is being looked up.
    number: usize,
}

impl<'c> Evaluator<'c> {
    fn new(corpus: &'c Corpus<'c>, plan: &Plan) -> Evaluator<'c> {
        let mut evaluator = Evaluator {
            corpus,
            average: corpus.average_words(),
            leaves: Vec::new(),
            patterns: Patterns::default(),
            notes: Vec::new(),
            excluding: false,
            number: 0,
            shouted: plan.text.contains(' ') && !plan.text.contains(is_small),
            prose: false,
        };
        evaluator.prose = evaluator.is_prose(plan);
        evaluator
    }

    fn is_prose(&self, plan: &Plan) -> bool {
        let (mut words, mut quoted) = (0, 0);
        for clause in &plan.clauses {
            match clause {
                Clause::Word { text, ending, .. } => words += self.telling_words(text, *ending),
                Clause::Phrase { text, .. } => {
                    quoted +=
                        text.split_whitespace().map(|word| self.telling_words(word, Ending::Whole)).sum::<usize>();
                }
                _ => {}
            }
        }
        words + quoted > LONGEST_TYPED && words >= quoted
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
            self.compound_parts(&word, parts);
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

    /// An article about a ban on tests tells something about a "test-ban" as well, but is not one that was asked for.
    fn compound_parts(&mut self, word: &Typed, parts: &mut Vec<Part>) {
        if word.row.places.len() < 2 || self.is_pair(&word.text) {
            return;
        }
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

    fn filter(&self, filter: &Filter) -> Bits {
        let folded = |text: &str| self.corpus.alphabet().folded(text);
        let mut documents = Bits::none(self.corpus.len());
        let matches = |id: DocumentId| match filter {
            Filter::Kind(kind) => self.corpus.document(id).kind == *kind,
            Filter::Dates { from, to } => {
                let date: Option<Date> = self.corpus.document(id).date;
                date.is_some_and(|date| from.is_none_or(|from| date >= from) && to.is_none_or(|to| date <= to))
            }
            Filter::Source(name) => self.corpus.head(id).source.is_some_and(|s| folded(s).contains(&folded(name))),
            Filter::Author(name) => self.corpus.head(id).authors.iter().any(|a| folded(a).contains(&folded(name))),
            Filter::Tag(name) => self.corpus.head(id).tags.iter().any(|tag| folded(tag).contains(&folded(name))),
            Filter::Language(tag) => self.corpus.head(id).language.is_some_and(|language| {
                let language = language.to_ascii_lowercase();
                language.strip_prefix(&**tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            }),
        };
        self.corpus.ids().filter(|id| matches(*id)).for_each(|id| documents.insert(id));
        documents
    }

    /// One word as typed, which may be a compound or a run of a script without spaces.
    fn word(&mut self, text: &str, title: bool, ending: Ending) -> Outcome {
        let words = self.words(text, ending);
        let Some((first, rest)) = words.split_first() else {
            return self.nothing_to_find(text);
        };
        let mut all = self.one_word(first, title);
        for word in rest {
            let outcome = self.one_word(word, title);
            all.documents.intersect(&outcome.documents);
            add(&mut all.scores, &outcome.scores);
        }
        if all.documents.is_empty() && self.is_pair(text) {
            self.name_unknown(text);
        }
        all
    }

    /// A word as it is looked up: mostly itself. What stands nowhere together becomes its parts, and so does a long run
    /// of a script without spaces, whose words are unknown.
    fn words(&self, text: &str, ending: Ending) -> Vec<Typed> {
        let row = self.row(text, ending);
        let typed = |text: &str, ending, row, found| Typed { text: text.to_owned(), ending, row, found };
        if row.places.len() < 2 {
            return if row.places.is_empty() { Vec::new() } else { vec![typed(text, ending, row, Vec::new())] };
        }
        let pairs = token_list(self.corpus.alphabet(), text).iter().all(|token| token.4 == Form::Pair);
        if !pairs || row.places.len() <= LONGEST_RUN {
            let found = self.verified(&row, None);
            if !found.is_empty() {
                return vec![typed(text, ending, row, found)];
            }
        }
        let last = row.places.len() - 1;
        let part = |(index, place): (usize, Place)| {
            // The last character of a run has been looked up with the one before it.
            let text = place.exact.first()?.clone();
            let ending = if index == last { ending } else { Ending::Whole };
            Some(typed(&text, ending, Row { places: vec![place], joined: Vec::new() }, Vec::new()))
        };
        row.places.into_iter().enumerate().filter_map(part).collect()
    }

    /// A word that is not to be parted any more.
    fn one_word(&mut self, word: &Typed, title: bool) -> Outcome {
        if let Some(name) = self.signed(&word.text) {
            return self.simple_word(&word.text, &name, &[], title, word.ending);
        }
        match &word.row.places[..] {
            [place] if self.is_pair(&word.text) => self.pair(&word.text, place, title),
            [Place { exact, .. }] if !exact.is_empty() => {
                self.simple_word(self.trimmed(&word.text), &exact[0], &exact[1..], title, word.ending)
            }
            _ => self.row_outcome(&word.text, &word.row, title, None, &word.found),
        }
    }

    /// One or two characters of a script without spaces: terms as they are.
    fn pair(&mut self, text: &str, place: &Place, title: bool) -> Outcome {
        let exact = place.exact.iter().filter_map(|term| self.corpus.lexicon().find(term));
        let forms: Vec<Expansion> = exact.map(|term| Expansion { term, weight: 1.0, typed: true }).collect();
        let mut outcome = self.score_forms(&forms, title);
        if let Some(start) = &place.start {
            self.score_beginning(start, &forms, title, &mut outcome);
        }
        let weight = idf(self.corpus.len(), outcome.documents.len());
        let row = Row { places: vec![place.clone()], joined: Vec::new() };
        self.row_leaf(text, &row, None, weight, &outcome);
        outcome
    }

    fn is_pair(&self, text: &str) -> bool {
        text.chars().any(|c| self.corpus.alphabet().class(c) == Class::Unspaced)
    }

    /// `c++` or `.net`, if the corpus has it.
    fn signed(&self, text: &str) -> Option<String> {
        let signed = token_list(self.corpus.alphabet(), text).into_iter().find(|token| token.4 == Form::Signed);
        let dot = text.starts_with('.').then(|| self.corpus.alphabet().folded(text));
        signed.map(|token| token.0).or(dot).filter(|name| self.corpus.lexicon().find(name).is_some())
    }

    /// The word without punctuation around it, to be shown to the reader.
    fn trimmed<'t>(&self, text: &'t str) -> &'t str {
        let tokens = token_list(self.corpus.alphabet(), text);
        let start = tokens.iter().map(|token| token.1.start).min().unwrap_or(0);
        let end = tokens.iter().map(|token| token.1.end).max().unwrap_or(text.len());
        &text[start..end]
    }

    /// A word that is one term, with the other terms that it may be.
    fn simple_word(&mut self, typed: &str, term: &str, also: &[String], title: bool, ending: Ending) -> Outcome {
        let mut forms = self.forms(typed, term, also, ending);
        let mut used = term.to_owned();
        let open = ending != Ending::Whole;
        let mut split = self.split(term);
        let nothing = forms.is_empty() && split.is_none() && !(open && self.begins(term));
        if nothing && !self.excluding {
            let function = self.is_function_word(typed, ending);
            let near = if function { Vec::new() } else { typos::near(self.corpus.lexicon(), term, open) };
            match near.into_iter().next() {
                Some(near) => {
                    let shown = self.written(&near.term).unwrap_or_else(|| near.term.text.clone());
                    self.notes.push(Note::Corrected { typed: typed.to_owned(), used: shown });
                    used = near.term.text.clone();
                    forms = self.forms(&used.clone(), &used, &[], Ending::Whole);
                    split = None;
                }
                None => self.name_unknown(typed),
            }
        }
        let corrected = used != term;
        let start = (open && !corrected).then(|| used.clone());
        let leaf = self.leaves.len() as u16;
        let length = if split.is_some() { 2 } else { 1 };
        let slot = |word, words, typed| Slot { leaf, word, words, typed };

        let mut outcome = self.score_forms(&forms, title);
        let whole = outcome.documents.len();
        if let Some(start) = &start {
            self.score_beginning(start, &forms, title, &mut outcome);
        }
        if let Some((row, found)) = split {
            let idf = idf(self.corpus.len(), found.len() as u32);
            for (id, count, in_title) in found.iter().filter(|(_, _, in_title)| !title || *in_title) {
                outcome.documents.insert(*id);
                let score = idf * self.saturated(*id, *count as f32, *in_title);
                let before = &mut outcome.scores[id.0 as usize];
                *before = before.max(score);
            }
            if !self.excluding {
                row.places.iter().enumerate().for_each(|(index, place)| {
                    self.patterns.exact(&place.exact[0], slot(index as u8, 1, true));
                });
            }
        }
        if !self.excluding {
            for form in &forms {
                self.patterns.exact(&form.term.text, slot(0, length, form.typed));
            }
            if let Some(start) = &start {
                self.patterns.start(start, slot(0, length, true));
            }
            let documents = if whole > 0 { whole } else { outcome.documents.len() };
            self.leaves.push(Leaf {
                text: typed.to_owned(),
                length,
                slop: None,
                function: false,
                terms: forms.into_iter().map(|form| form.term).collect(),
                weight: idf(self.corpus.len(), documents),
                documents: outcome.documents.len(),
            });
        }
        outcome
    }

    /// The terms that a word stands for: itself, what is written otherwise but the same, and what has its stem.
    fn forms(&self, typed: &str, term: &str, also: &[String], ending: Ending) -> Vec<Expansion> {
        let lexicon = self.corpus.lexicon();
        let mut forms: Vec<Expansion> = Vec::new();
        let mut add = |term: Term, weight: f32, typed: bool| {
            if !forms.iter().any(|form| form.term.id == term.id) {
                forms.push(Expansion { term, weight, typed });
            }
        };
        // "nato" is "N.A.T.O." as well, but "us" is not "U.S."
        let letters = term.chars().count();
        let acronym = (3..=5).contains(&letters) && term.bytes().all(|b| b.is_ascii_lowercase());
        let dotted = acronym.then(|| dotted(term));
        let undotted = (term.matches('.').count() >= 2).then(|| term.replace('.', ""));
        let exact = lexicon.find(term);
        let same = also.iter().cloned().chain(dotted).chain(undotted).filter_map(|text| lexicon.find(&text));
        let stems: Vec<String> = match exact.as_ref().filter(|term| term.word).and_then(|term| lexicon.stem(term)) {
            Some(stem) => vec![stem],
            None if ending == Ending::Star || term.bytes().any(|b| b.is_ascii_digit() || b == b'.') => Vec::new(),
            None => {
                let small = lower(typed);
                let languages = self.corpus.known_languages().iter();
                languages.map(|language| self.corpus.alphabet().folded(&(language.stemmer)(&small))).collect()
            }
        };
        exact.into_iter().for_each(|term| add(term, 1.0, true));
        same.for_each(|term| add(term, 1.0, true));
        for stem in stems.iter().filter(|stem| !stem.is_empty()) {
            lexicon.with_stem(stem).into_iter().for_each(|term| add(term, WEIGHTS.stem, false));
        }
        forms
    }

    /// `vietnam` as `viet nam`, if these stand together in some articles: in which, how often, and whether in the
    /// title.
    fn split(&self, term: &str) -> Option<(Row, Vec<Verified>)> {
        if term.len() < 2 * SHORTEST_PART || !term.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let lexicon = self.corpus.lexicon();
        let known = lexicon.find(term).is_some_and(|term| term.word);
        let mut best: Option<(Row, Vec<Verified>)> = None;
        for at in SHORTEST_PART..=term.len() - SHORTEST_PART {
            let (left, right) = (lexicon.find(&term[..at]), lexicon.find(&term[at..]));
            let (Some(left), Some(right)) = (left, right) else {
                continue;
            };
            let mut both = self.union(from_ref(&left));
            both.intersect(&self.union(from_ref(&right)));
            // Two words that rather stand together than not; else "important" would be "import ant".
            let rarer = left.documents.min(right.documents);
            if both.len() * 2 < rarer || both.len() > MOST_SCANNED {
                continue;
            }
            let place = |text: &str| Place { exact: vec![text.to_owned()], start: None };
            let row = Row { places: vec![place(&left.text), place(&right.text)], joined: Vec::new() };
            let found = self.verified_among(&row, None, &both);
            let enough = if known { found.len() as u32 * 2 >= rarer } else { !found.is_empty() };
            if enough && best.as_ref().is_none_or(|(_, known)| known.len() < found.len()) {
                best = Some((row, found));
            }
        }
        best
    }

    fn begins(&self, start: &str) -> bool {
        let mut cursor = self.corpus.lexicon().seek(start);
        cursor.next() && cursor.text().starts_with(start.as_bytes())
    }

    /// BM25F for terms that count as one.
    fn score_forms(&self, forms: &[Expansion], title: bool) -> Outcome {
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
    fn score_beginning(&self, start: &str, whole: &[Expansion], title: bool, outcome: &mut Outcome) {
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

    fn phrase(&mut self, text: &str, title: bool, slop: Option<u32>, ending: Ending) -> Outcome {
        let row = self.row(text, ending);
        if row.places.is_empty() {
            return self.nothing_to_find(text);
        }
        let found = self.verified(&row, slop);
        self.row_outcome(text, &row, title, slop, &found)
    }

    /// The words of a text in a row.
    fn row(&self, text: &str, ending: Ending) -> Row {
        let lexicon = self.corpus.lexicon();
        let tokens = token_list(self.corpus.alphabet(), text);
        let mut places: Vec<Place> = Vec::new();
        let mut joined = Vec::new();
        for (index, (term, range, position, words, form)) in tokens.iter().enumerate() {
            let at = *position as usize;
            places.resize_with(places.len().max(at + 1), Place::default);
            let place = &mut places[at];
            // The last character of an unspaced run: whatever pair it begins in the article.
            let last_of_run = *form == Form::Pair
                && tokens.get(index + 1).is_none_or(|next| next.4 != Form::Pair || next.1.start >= range.end);
            match form {
                Form::Joined => joined.push((*position as usize, *words as usize, term.clone())),
                Form::Pair if last_of_run => place.start = Some(term.clone()),
                _ => place.exact.push(term.clone()),
            }
        }
        for first in 0..places.len().saturating_sub(1) {
            if let (Some(a), Some(b)) = (places[first].exact.first(), places[first + 1].exact.first()) {
                let both = format!("{a}{b}");
                if lexicon.find(&both).is_some() && !joined.iter().any(|(_, _, known)| *known == both) {
                    joined.push((first, 2, both));
                }
            }
        }
        if let Some(last) = places.last_mut().filter(|_| ending != Ending::Whole)
            && let Some(term) = last.exact.first()
        {
            last.start = Some(term.clone());
        }
        Row { places, joined }
    }

    /// What comes of a row that stands where `found` says.
    fn row_outcome(&mut self, text: &str, row: &Row, title: bool, slop: Option<u32>, found: &[Verified]) -> Outcome {
        let mut outcome = self.nothing();
        let weight = idf(self.corpus.len(), found.len() as u32);
        for (id, count, in_title) in found {
            if !title || *in_title {
                outcome.documents.insert(*id);
                // A phrase tells as much as its words together.
                outcome.scores[id.0 as usize] = weight * self.saturated(*id, *count as f32, *in_title);
            }
        }
        if outcome.documents.is_empty() {
            self.name_unknown(text);
        }
        self.row_leaf(text, row, slop, weight, &outcome);
        outcome
    }

    fn name_unknown(&mut self, text: &str) {
        if !self.excluding {
            self.notes.push(Note::Unknown { word: text.to_owned() });
        }
    }

    fn row_leaf(&mut self, text: &str, row: &Row, slop: Option<u32>, weight: f32, outcome: &Outcome) {
        if self.excluding {
            return;
        }
        add_row(&mut self.patterns, row, self.leaves.len() as u16);
        self.leaves.push(Leaf {
            text: text.to_owned(),
            length: row.places.len().min(255) as u8,
            slop,
            function: false,
            terms: Vec::new(),
            weight,
            documents: outcome.documents.len(),
        });
    }

    /// The articles that have a term for each word of the row.
    fn candidates(&self, row: &Row) -> Bits {
        let mut candidates = Bits::all(self.corpus.len());
        for (index, place) in row.places.iter().enumerate() {
            let joined = row.joined.iter().filter(|(first, words, _)| (*first..first + words).contains(&index));
            let terms = place.exact.iter().chain(joined.map(|(_, _, term)| term));
            let mut terms: Vec<Term> = terms.filter_map(|term| self.corpus.lexicon().find(term)).collect();
            if let Some(start) = &place.start {
                self.corpus.lexicon().with_prefix(start, |cursor| terms.push(cursor.term()));
            }
            candidates.intersect(&self.union(&terms));
        }
        candidates
    }

    /// Where the row stands in the corpus.
    fn verified(&self, row: &Row, slop: Option<u32>) -> Vec<Verified> {
        self.verified_among(row, slop, &self.candidates(row))
    }

    /// Those of the candidates in which the row's words stand as they should: how often, and whether in the title.
    fn verified_among(&self, row: &Row, slop: Option<u32>, candidates: &Bits) -> Vec<Verified> {
        let mut patterns = Patterns::default();
        add_row(&mut patterns, row, 0);
        patterns.finish();
        let length = row.places.len().min(255) as u8;
        let mut found = Vec::new();
        for id in candidates.iter() {
            let places = scan(self.corpus.alphabet(), self.corpus.text(id), &patterns);
            let places = occurrences(&places, 0, length, slop);
            if !places.is_empty() {
                found.push((id, places.len() as u32, places[0].run == 0));
            }
        }
        found
    }

    /// Punctuation and the like: matches everything, as if it had not been typed.
    fn nothing_to_find(&mut self, text: &str) -> Outcome {
        if self.excluding {
            return self.nothing();
        }
        self.name_unknown(text);
        Outcome { documents: Bits::all(self.corpus.len()), scores: self.zeroes() }
    }

    /// A term as it is written in the first article that has it, in small letters.
    fn written(&self, term: &Term) -> Option<String> {
        let posting = self.corpus.postings(term).next()?;
        let mut patterns = Patterns::default();
        patterns.exact(&term.text, Slot { leaf: 0, word: 0, words: 1, typed: true });
        let text = self.corpus.text(posting.document);
        let found = scan(self.corpus.alphabet(), text, &patterns).into_iter().next()?;
        let run = text.split_terminator(crate::index::RUN_END).nth(found.run as usize)?;
        Some(lower(run.get(found.range.start as usize..found.range.end as usize)?))
    }

    fn union(&self, terms: &[Term]) -> Bits {
        let mut documents = Bits::none(self.corpus.len());
        for term in terms {
            self.corpus.postings(term).for_each(|posting| documents.insert(posting.document));
        }
        documents
    }

    /// How often a term occurs in an article, its fields weighted and the article's length taken out.
    fn frequency(&self, posting: Posting) -> f32 {
        let document = self.corpus.document(posting.document);
        let at = |field, weight| {
            if posting.occurrence.has(field) { weight } else { 0.0 }
        };
        let text = f32::from(posting.occurrence.in_text())
            + at(Occurrence::HEADING, WEIGHTS.heading)
            + at(Occurrence::LEAD, WEIGHTS.lead);
        text / length_norm(document.words, self.average.1)
            + at(Occurrence::TITLE, WEIGHTS.title) / length_norm(document.title_words, self.average.0)
            + at(Occurrence::TAG, WEIGHTS.tag)
    }

    fn saturated(&self, id: DocumentId, count: f32, in_title: bool) -> f32 {
        let document = self.corpus.document(id);
        let title = if in_title { WEIGHTS.title / length_norm(document.title_words, self.average.0) } else { 0.0 };
        saturate(count / length_norm(document.words, self.average.1) + title)
    }

    fn nothing(&self) -> Outcome {
        Outcome { documents: Bits::none(self.corpus.len()), scores: self.zeroes() }
    }

    fn zeroes(&self) -> Vec<f32> {
        vec![0.0; self.corpus.len() as usize]
    }
}

/// Each part of a split word has at least this many letters.
const SHORTEST_PART: usize = 3;

/// A run of a script without spaces up to this many characters is looked up as it stands.
const LONGEST_RUN: usize = 5;

/// More articles than this are not read again just to find out whether a word is also written as two.
const MOST_SCANNED: u32 = 200;

/// A term that a word stands for.
#[derive(Clone, Debug)]
struct Expansion {
    term: Term,
    weight: f32,
    typed: bool,
}

fn add_row(patterns: &mut Patterns, row: &Row, leaf: u16) {
    for (index, place) in row.places.iter().enumerate().take(255) {
        let slot = Slot { leaf, word: index as u8, words: 1, typed: true };
        place.exact.iter().for_each(|term| patterns.exact(term, slot));
        if let Some(start) = &place.start {
            patterns.start(start, slot);
        }
    }
    for (first, words, term) in row.joined.iter().filter(|(first, words, _)| first + words <= 255) {
        patterns.exact(term, Slot { leaf, word: *first as u8, words: *words as u8, typed: true });
    }
}

fn add(to: &mut [f32], scores: &[f32]) {
    to.iter_mut().zip(scores).for_each(|(a, b)| *a += b);
}

/// Lucene's form, which is never negative.
fn idf(articles: u32, with: u32) -> f32 {
    let (articles, with) = (articles as f32, with as f32);
    (1.0 + (articles - with + 0.5) / (with + 0.5)).ln()
}

fn length_norm(words: u32, average: f32) -> f32 {
    1.0 - WEIGHTS.b + WEIGHTS.b * words as f32 / average.max(1.0)
}

fn saturate(frequency: f32) -> f32 {
    frequency * (WEIGHTS.k1 + 1.0) / (WEIGHTS.k1 + frequency)
}
