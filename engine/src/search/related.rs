//! Articles about the same, with the reason.

use super::sort::sort_by;
use crate::analysis::{Form, tokens};
use crate::index::{Corpus, DocumentId, RUN_END};

/// Another article and what it has in common with this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub id: DocumentId,
    /// The most telling words that both have, as this one writes them.
    pub shared: Vec<String>,
    /// Whether it is the same article once more.
    pub copy: bool,
}

/// How many shared words are named.
const REASONS: usize = 3;

/// Articles less alike than this help to rank each other, but no reader would call them related: of a newspaper's
/// articles that are at least so much alike, nine of ten are from the same section.
const LEAST: u8 = 32;

/// How many related articles are named.
const MOST: usize = 6;

/// The articles most like `id`, most alike first.
pub fn related(corpus: &Corpus, id: DocumentId) -> Vec<Related> {
    let words = telling_words(corpus, id);
    let mut related = Vec::new();
    for (other, likeness) in corpus.related(id).take_while(|(_, likeness)| *likeness >= LEAST).take(MOST) {
        let mut theirs: Vec<String> = Vec::new();
        each_word(corpus, other, |term, _| theirs.push(term.to_owned()));
        sort_by(&mut theirs, |a, b| a.cmp(b));
        let both = words.iter().filter(|word| theirs.binary_search(&word.term).is_ok());
        let shared: Vec<String> = both.take(REASONS).map(|word| word.written.clone()).collect();
        let copy = likeness == super::COPY;
        // What can't be explained to a reader is left out: a number alone, as of articles in two languages.
        if copy || !shared.is_empty() {
            related.push(Related { id: other, shared, copy });
        }
    }
    related
}

struct Telling {
    term: String,
    written: String,
    count: u32,
    score: f32,
}

/// The words of an article that others mostly lack, most telling first.
fn telling_words(corpus: &Corpus, id: DocumentId) -> Vec<Telling> {
    let mut words: Vec<Telling> = Vec::new();
    each_word(corpus, id, |term, written| {
        words.push(Telling { term: term.to_owned(), written: written.to_owned(), count: 1, score: 0.0 });
    });
    sort_by(&mut words, |a, b| a.term.cmp(&b.term));
    words.dedup_by(|next, before| {
        let same = next.term == before.term;
        before.count += if same { next.count } else { 0 };
        same
    });
    for word in &mut words {
        let documents = corpus.lexicon().find(&word.term).map_or(1, |term| term.documents) as f32;
        word.score = (corpus.len() as f32 / documents).ln() * (1.0 + (word.count as f32).ln());
    }
    sort_by(&mut words, |a, b| b.score.total_cmp(&a.score).then_with(|| a.term.cmp(&b.term)));
    words
}

/// Calls `f` with each word of an article, as term and as written, but for function words and numbers.
fn each_word(corpus: &Corpus, id: DocumentId, mut f: impl FnMut(&str, &str)) {
    for run in corpus.text(id).split_terminator(RUN_END) {
        tokens(corpus.alphabet(), run, |token| {
            let function = || corpus.known_languages().iter().any(|language| language.is_function_word(token.term));
            let telling = token.form == Form::Word && token.term.chars().nth(2).is_some();
            if telling && !token.term.bytes().any(|b| b.is_ascii_digit()) && !function() {
                f(token.term, &run[token.range.clone()]);
            }
        });
    }
}
