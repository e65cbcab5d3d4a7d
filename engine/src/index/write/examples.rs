//! Queries that show a reader how to search in these articles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::analysis::case::lower;
use crate::analysis::stem;
use crate::article::Article;

/// Shorter words tell little, longer ones are no good examples of typing.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=12;

/// Examples in the order that [`super::Section::Examples`] says, made of the two words that stand together in the titles of
/// most articles. None where titles have no such words, as in scripts without spaces.
pub fn examples(articles: &[Article]) -> Vec<String> {
    // How many articles have a pair, and the first of them.
    let mut pairs: BTreeMap<(String, String), (u32, Reverse<usize>)> = BTreeMap::new();
    for (number, article) in articles.iter().enumerate() {
        for pair in pairs_of(article) {
            pairs.entry(pair).or_insert((0, Reverse(number))).0 += 1;
        }
    }
    // Of equals the longer words, which tell more, and of these the newest.
    let letters = |word: &str| word.chars().count();
    let best =
        pairs.into_iter().max_by_key(|((one, two), (count, first))| (*count, letters(one) + letters(two), *first));
    let Some(((one, two), _)) = best else { return Vec::new() };
    let beginning: String = one.chars().take((letters(&one) * 2).div_ceil(3)).collect();
    let mut examples = vec![
        format!("{one} {two}"),
        format!("\"{one} {two}\""),
        format!("{one} -{two}"),
        format!("{one} OR {two}"),
        format!("{beginning}*"),
        format!("title:{two}"),
    ];
    let years = || articles.iter().filter_map(|article| article.head.date).map(|date| date.year);
    if let (Some(first), Some(last)) = (years().min(), years().max()) {
        examples.push(if first == last { format!("date:{last}") } else { format!("date:{first}..{last}") });
    }
    examples
}

/// The words that follow each other in a title, each pair once.
fn pairs_of(article: &Article) -> Vec<(String, String)> {
    let language = article.head.language.as_deref().and_then(stem::named);
    let telling = |word: &str| {
        LETTERS.contains(&word.chars().count())
            && word.chars().all(char::is_alphabetic)
            && !language.is_some_and(|(_, language)| language.is_function_word(word))
    };
    let words: Vec<String> = article.head.title.split(' ').map(lower).collect();
    let mut pairs: Vec<_> = words
        .windows(2)
        .filter(|pair| pair[0] != pair[1] && pair.iter().all(|word| telling(word)))
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    pairs.sort();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Date, Head};

    fn examples_of(titles: &[(&str, Option<Date>)]) -> Vec<String> {
        let article = |(title, date): &(&str, Option<Date>)| Article {
            head: Head { title: (*title).to_owned(), language: Some("en".into()), date: *date, ..Head::default() },
            body: Vec::new(),
        };
        examples(&titles.iter().map(article).collect::<Vec<_>>())
    }

    #[test]
    fn they_are_of_the_words_that_stand_together_in_most_titles() {
        let day = |year| Some(Date { year, month: 1, day: 1 });
        let titles = [
            ("What about Stone Bridges", day(2021)),
            ("Wooden Bridges, old", None),
            ("Two stone bridges and stone bridges", day(2019)),
        ];
        assert_eq!(
            examples_of(&titles),
            [
                "stone bridges",
                "\"stone bridges\"",
                "stone -bridges",
                "stone OR bridges",
                "ston*",
                "title:bridges",
                "date:2019..2021"
            ]
        );
    }

    #[test]
    fn of_equals_the_longer_and_newer_are_taken_and_where_there_are_none_there_is_nothing() {
        assert_eq!(
            examples_of(&[("Iron gates", None), ("Steel doors rust", None), ("Black gates", None)])[0],
            "steel doors"
        );
        assert_eq!(examples_of(&[("The end, of it", None), ("東京の天気", None)]), Vec::<String>::new());
    }
}
