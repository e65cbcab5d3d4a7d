//! How a query that is being typed may go on.

use super::bits::Bits;
use super::evaluate::evaluate;
use super::rank::Matches;
use super::sort::Counts;
use crate::analysis::{Form, token_list, tokens};
use crate::index::{Corpus, DocumentId, PostingList, RUN_END, Term, TermId};
use crate::query::parse;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole query with it.
    pub query: String,
    /// How many articles have all of it.
    pub documents: u32,
}

/// So many articles at most, evenly spread, are read to find which words follow.
const MOST_READ: usize = 100;

/// Ways to complete the last word of `text`, those with the most articles first, or after a space the words that follow
/// in the articles, the most frequent first.
pub fn suggest(corpus: &Corpus, text: &str, limit: usize) -> Vec<Suggestion> {
    let (before, last) = match text.rfind(|c: char| c.is_whitespace()) {
        Some(at) => text.split_at(at + text[at..].chars().next().map_or(1, char::len_utf8)),
        None => ("", text),
    };
    // In a phrase, after a field or an exclusion there is more to think of than the word.
    if text.contains('"') || last.contains(':') || last.starts_with('-') {
        return Vec::new();
    }
    let articles = if before.is_empty() {
        Bits::all(corpus.len())
    } else {
        Matches::of(corpus, &evaluate(corpus, &parse(before, true))).complete
    };
    let terms = if last.is_empty() { next_words(corpus, before, &articles) } else { beginning(corpus, last) };
    // The best of them, each with what it is ranked by: how many of the articles have it, or how often it follows.
    let mut best: Vec<(Term, u32, u32)> = Vec::new();
    let mut numbers = Vec::new();
    // Rare words are looked up only where there are too few frequent ones.
    for octave in (0..u32::BITS).rev() {
        let reaches = |best: &[(Term, u32, u32)], rank: u32, id: TermId| {
            best.len() < limit || best.last().is_some_and(|last| (last.1, id) < (rank, last.0.id))
        };
        if !reaches(&best, (2u32 << octave).wrapping_sub(1), TermId(0)) {
            break;
        }
        for (id, most, list) in terms.iter().filter(|term| term.1.checked_ilog2() == Some(octave)) {
            if !reaches(&best, *most, *id) {
                continue;
            }
            corpus.decode(*list, &mut numbers);
            let common = numbers.iter().filter(|number| articles.contains(DocumentId(**number))).count() as u32;
            let rank = if last.is_empty() { *most } else { common };
            if common > 0 && reaches(&best, rank, *id) {
                let at = best.partition_point(|known| (known.1, *id) > (rank, known.0.id));
                best.insert(at, (corpus.lexicon().term(*id), rank, common));
                best.truncate(limit);
            }
        }
    }
    let suggestion =
        |(term, _, documents): (Term, u32, u32)| Suggestion { query: [before, &term.text].concat(), documents };
    best.into_iter().map(suggestion).collect()
}

/// The words that begin like the last one, and in how many articles each is.
fn beginning(corpus: &Corpus, last: &str) -> Vec<(TermId, u32, PostingList)> {
    let tokens = token_list(corpus.alphabet(), last);
    let mut found = Vec::new();
    if let Some((start, ..)) = tokens.last().filter(|token| tokens.len() == 1 && token.4 == Form::Word) {
        corpus.lexicon().with_prefix(start, |cursor| {
            if cursor.is_word() {
                found.push((cursor.id(), cursor.documents(), cursor.postings()));
            }
        });
    }
    found
}

/// The words that follow the last one of `before`, and in how many of the articles that are read.
fn next_words(corpus: &Corpus, before: &str, articles: &Bits) -> Vec<(TermId, u32, PostingList)> {
    let typed = token_list(corpus.alphabet(), before);
    let Some((last, ..)) = typed.iter().rfind(|token| token.4 == Form::Word) else { return Vec::new() };
    let mut following = Counts::default();
    for id in articles.iter().step_by(articles.len() as usize / MOST_READ + 1) {
        let mut here: Vec<String> = Vec::new();
        for run in corpus.text(id).split_terminator(RUN_END) {
            let mut at = None;
            tokens(corpus.alphabet(), run, |token| {
                if token.form == Form::Word && at == Some(token.position) && !here.iter().any(|term| term == token.term)
                {
                    here.push(token.term.to_owned());
                }
                if token.term == last {
                    at = Some(token.position + token.words);
                }
            });
        }
        here.iter().for_each(|term| following.add(term, 1));
    }
    let telling = |term: &String| !corpus.known_languages().iter().any(|language| language.is_function_word(term));
    let repeated = |term: &String| typed.iter().any(|token| token.0 == *term);
    following
        .0
        .into_iter()
        .filter(|(term, count)| *count > 1 && telling(term) && !repeated(term))
        .filter_map(|(term, count)| corpus.lexicon().find(&term).map(|term| (term.id, count, term.postings)))
        .collect()
}
