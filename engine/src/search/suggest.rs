//! How a query that is being typed may go on.

use super::bits::Bits;
use super::evaluate::evaluate;
use super::rank::Matches;
use super::sort::{Counts, sort_by};
use crate::analysis::{Form, token_list, tokens};
use crate::index::{Corpus, RUN_END, Term};
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
    let articles = Matches::of(corpus, &evaluate(corpus, &parse(before, true))).complete;
    let mut terms = if last.is_empty() { next_words(corpus, before, &articles) } else { beginning(corpus, last) };
    let in_common = |term: &Term| corpus.postings(term).filter(|posting| articles.contains(posting.document)).count();
    if !last.is_empty() {
        terms.iter_mut().for_each(|(term, count)| *count = in_common(term) as u32);
    }
    sort_by(&mut terms, |a, b| b.1.cmp(&a.1).then_with(|| a.0.text.cmp(&b.0.text)));
    let suggestions = terms
        .into_iter()
        .take(limit)
        .map(|(term, _)| Suggestion { query: [before, &term.text].concat(), documents: in_common(&term) as u32 });
    suggestions.filter(|suggestion| suggestion.documents > 0).collect()
}

/// The words that begin like the last one.
fn beginning(corpus: &Corpus, last: &str) -> Vec<(Term, u32)> {
    let tokens = token_list(corpus.alphabet(), last);
    let mut found = Vec::new();
    if let Some((start, ..)) = tokens.last().filter(|token| tokens.len() == 1 && token.4 == Form::Word) {
        corpus.lexicon().with_prefix(start, |cursor| {
            if cursor.is_word() {
                found.push((cursor.term(), 0));
            }
        });
    }
    found
}

/// The words that follow the last one of `before`, and in how many of the articles that are read.
fn next_words(corpus: &Corpus, before: &str, articles: &Bits) -> Vec<(Term, u32)> {
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
        .filter_map(|(term, count)| Some((corpus.lexicon().find(&term)?, count)))
        .collect()
}
