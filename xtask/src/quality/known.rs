//! Known items: somebody remembers words of a title and wants that one article.

use super::collection::Collection;
use super::metrics::Known;
use super::typo::Typist;
use engine::analysis::{Form, token_list};
use engine::index::Corpus;
use std::collections::{BTreeMap, HashMap};

/// Articles looked for, of each language.
const ITEMS: usize = 200;

/// So many of a title's rarest words make the query.
const WORDS: usize = 3;

/// A query and the id of the article that it looks for.
pub struct Item {
    query: String,
    article: String,
}

/// By language, for a sample of its articles at equal distances the rarest words of each title, in the title's order.
/// Left out are titles that occur twice and those of a single word.
pub fn items(collection: &Collection) -> Vec<(String, Vec<Item>)> {
    let corpus = &collection.corpus;
    let mut titles: HashMap<&str, u32> = HashMap::new();
    corpus.ids().for_each(|id| *titles.entry(corpus.head(id).title).or_default() += 1);
    let mut by_language: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for head in corpus.ids().map(|id| corpus.head(id)).filter(|head| titles[head.title] == 1) {
        let words = words(corpus, head.title);
        if words.len() < 2 {
            continue;
        }
        let mut rarest = words.clone();
        rarest.sort_by_key(|(_, articles)| *articles);
        rarest.truncate(WORDS);
        let query: Vec<&str> = words.iter().filter(|word| rarest.contains(word)).map(|(word, _)| *word).collect();
        let item = Item { query: query.join(" "), article: head.id.to_owned() };
        by_language.entry(head.language.unwrap_or("no language")).or_default().push(item);
    }
    let sample = |items: Vec<Item>| {
        let step = items.len().div_ceil(ITEMS).max(1);
        items.into_iter().step_by(step).collect()
    };
    by_language.into_iter().map(|(language, items)| (language.to_owned(), sample(items))).collect()
}

/// The words of a title that tell something, each once, and in how many articles they occur.
fn words<'t>(corpus: &Corpus, title: &'t str) -> Vec<(&'t str, u32)> {
    let mut words: Vec<(&str, u32)> = Vec::new();
    for piece in title.split_whitespace() {
        let tokens = token_list(corpus.alphabet(), piece);
        let (Some(start), Some(end)) =
            (tokens.iter().map(|token| token.1.start).min(), tokens.iter().map(|token| token.1.end).max())
        else {
            continue;
        };
        let word = &piece[start..end];
        let lower = word.to_lowercase();
        let function = corpus.known_languages().iter().any(|language| language.is_function_word(&lower));
        let pairs = tokens.iter().any(|token| token.4 == Form::Pair);
        if function || (!pairs && word.chars().count() < 3) || words.iter().any(|(known, _)| *known == word) {
            continue;
        }
        let articles = tokens.iter().filter_map(|token| corpus.lexicon().find(&token.0)).map(|term| term.documents);
        words.push((word, articles.min().unwrap_or(0)));
    }
    words
}

/// The same, each with one typing error in its longest word.
pub fn with_typos(items: &[Item]) -> Vec<Item> {
    let mut typist = Typist::default();
    let with_typo = |item: &Item| Item { query: typist.typed(&item.query), article: item.article.clone() };
    items.iter().map(with_typo).collect()
}

/// The same with the first three fifths of the last word, at least three characters.
pub fn cut_short(items: &[Item]) -> Vec<Item> {
    let cut = |item: &Item| {
        let last = item.query.rfind(' ').map_or(0, |space| space + 1);
        let word = &item.query[last..];
        let length = (word.chars().count() * 3).div_ceil(5).max(3);
        let kept: String = word.chars().take(length).collect();
        Item { query: item.query[..last].to_owned() + &kept, article: item.article.clone() }
    };
    items.iter().map(cut).collect()
}

/// How well the articles are found by a reader who has `finished` typing or not.
pub fn measure(collection: &Collection, items: &[Item], finished: bool) -> Known {
    let mut known = Known::default();
    for item in items {
        known.add(collection.run(&item.query, finished).iter().position(|id| *id == item.article));
    }
    known
}
