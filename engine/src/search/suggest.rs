//! How a query that is being typed may go on.

use super::evaluate::evaluate;
use super::rank::Matches;
use super::sort::{Counts, sort_by};
use crate::analysis::{Form, token_list, tokens};
use crate::index::{Corpus, RUN_END};
use crate::query::parse;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole query with it.
    pub query: String,
    /// How many articles have all of it.
    pub documents: u32,
}

/// More articles than this are not read to find which words follow.
const MOST_READ: usize = 200;

/// Ways to complete the last word of `text`, or after a space the words that follow in the articles; those with the
/// most articles first.
pub fn suggest(corpus: &Corpus, text: &str, limit: usize) -> Vec<Suggestion> {
    let (before, last) = match text.rfind(|c: char| c.is_whitespace()) {
        Some(at) => text.split_at(at + text[at..].chars().next().map_or(1, char::len_utf8)),
        None => ("", text),
    };
    // In a phrase, after a field or an exclusion there is more to think of than the word.
    if text.contains('"') || last.contains(':') || last.starts_with('-') {
        return Vec::new();
    }
    let mut suggestions = if last.is_empty() { next_words(corpus, before) } else { completions(corpus, before, last) };
    sort_by(&mut suggestions, |a, b| b.documents.cmp(&a.documents).then_with(|| a.query.cmp(&b.query)));
    suggestions.truncate(limit);
    suggestions
}

fn completions(corpus: &Corpus, before: &str, last: &str) -> Vec<Suggestion> {
    let tokens = token_list(corpus.alphabet(), last);
    let Some((start, ..)) = tokens.last().filter(|token| tokens.len() == 1 && token.4 == Form::Word) else {
        return Vec::new();
    };
    let evaluation = evaluate(corpus, &parse(before, true));
    let with_those = Matches::of(corpus, &evaluation).complete;
    let mut found = Vec::new();
    corpus.lexicon().with_prefix(start, |cursor| {
        if cursor.is_word() {
            found.push(cursor.term());
        }
    });
    let counted = found.into_iter().filter_map(|term| {
        let documents = corpus.postings(&term).filter(|posting| with_those.contains(posting.document)).count() as u32;
        (documents > 0).then(|| Suggestion { query: [before, &term.text].concat(), documents })
    });
    counted.collect()
}

fn next_words(corpus: &Corpus, before: &str) -> Vec<Suggestion> {
    let typed = token_list(corpus.alphabet(), before);
    let Some((last, ..)) = typed.iter().rfind(|token| token.4 == Form::Word) else { return Vec::new() };
    let evaluation = evaluate(corpus, &parse(before, true));
    let articles = Matches::of(corpus, &evaluation).complete;
    if articles.len() as usize > MOST_READ {
        return Vec::new();
    }
    let mut following = Counts::default();
    for id in articles.iter() {
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
        .map(|(term, documents)| Suggestion { query: [before, &term].concat(), documents })
        .collect()
}
