//! What holds for every query.

mod support;

use engine::article::{Article, Date};
use engine::index::{Corpus, Occurrence};
use engine::query::parse;
use engine::search::{Choice, Options, Sort, search};
use proptest::prelude::*;
use support::{article, judged, news, open, titles};

/// The articles that a reader gets who has finished typing, by number.
fn documents(corpus: &Corpus, query: &str) -> Vec<u32> {
    let options = Options { limit: 1000, passages: 1, fold: false, ..Options::default() };
    let mut ids: Vec<u32> = search(corpus, &parse(query, true), &options).hits.iter().map(|hit| hit.id.0).collect();
    ids.sort_unstable();
    ids
}

/// Words of the corpus, some with typing errors or from nowhere.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "bridge", "glass", "stone", "volcano", "nam", "viet", "vietnam", "the", "of", "us", "votes", "c++", "bridgee",
        "iceland", "lava", "farmers", "river", "old", "opens", "walkers", "zzzz",
    ])
    .prop_map(str::to_owned)
}

/// More articles than are read again, with words in many measures.
fn many() -> Corpus<'static> {
    let words = ["bridge", "glass", "stone", "volcano", "viet", "nam", "river", "old", "votes", "lava"];
    let article_of = |number: usize| {
        let text: Vec<&str> =
            (0..12 + number % 7).map(|at| words[(number * 7 + at * at * (1 + number % 5)) % words.len()]).collect();
        article(&format!("Report {number} {}", words[number % 10]), &text.join(" "))
    };
    open((0..150).map(article_of).collect())
}

/// Words and phrases, as few as a reader types or as many as a question has.
fn query() -> impl Strategy<Value = String> {
    let phrase = prop::collection::vec(word(), 1..4).prop_map(|words| format!("\"{}\"", words.join(" ")));
    prop::collection::vec(prop_oneof![4 => word(), 1 => phrase], 1..10).prop_map(|parts| parts.join(" "))
}

/// Every letter of every word, the last one too: the stem of a whole word must not part it from what begins like it.
#[test]
fn typing_a_letter_never_loses_an_article_that_has_the_word() {
    for corpus in [news(), judged()] {
        let mut cursor = corpus.lexicon().start();
        while cursor.next() {
            let term = cursor.term();
            let having: Vec<_> = corpus.postings(&term).map(|posting| posting.document).collect();
            if !term.word {
                continue;
            }
            for end in term.text.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let options = Options { limit: 1000, fold: false, passages: 0, ..Options::default() };
                let found = search(&corpus, &parse(&term.text[..end], false), &options);
                for id in &having {
                    let there = found.hits.iter().any(|hit| hit.id == *id);
                    assert!(there, "{:?} of {:?} loses {:?}", &term.text[..end], term.text, corpus.head(*id).title);
                }
            }
            let whole = documents(&corpus, &term.text);
            assert!(having.iter().all(|id| whole.contains(&id.0)), "{:?} loses an article", term.text);
        }
    }
}

/// A filter that is shown leads somewhere: its count is what choosing it gives.
#[test]
fn counts_of_facets_hold_when_they_are_chosen() {
    let corpus = news();
    for query in ["", "bridge", "the", "lava OR stone"] {
        for first in [None, Some(0), Some(1), Some(2)] {
            let ask = |choices: Vec<Choice>| {
                let options = Options { facets: true, choices, fold: false, ..Options::default() };
                search(&corpus, &parse(query, true), &options)
            };
            let all = ask(Vec::new());
            let chosen: Vec<Choice> = first
                .and_then(|number: usize| all.facets.get(number))
                .map(|facet| Choice { facet: facet.facet, values: vec![facet.values[0].value.clone()] })
                .into_iter()
                .collect();
            for facet in ask(chosen.clone()).facets {
                for value in &facet.values {
                    let mut choices = chosen.clone();
                    choices.retain(|choice| choice.facet != facet.facet);
                    choices.push(Choice { facet: facet.facet, values: vec![value.value.clone()] });
                    assert_eq!(ask(choices).total, value.count, "{query:?} {:?} {}", facet.facet, value.value);
                }
            }
        }
    }
}

/// Ties are broken by date, then by title, and not by the order in which the articles were read.
#[test]
fn the_order_does_not_depend_on_the_order_of_the_files() {
    let dated = |number: u32| -> Article {
        let mut article = article(&format!("Report {number}"), "The same words in every report of the committee.");
        article.head.date = Date::day(2020, 1, 1 + (number % 3) as u8);
        article
    };
    let forwards = open((0..9).map(dated).collect());
    let backwards = open((0..9).rev().map(dated).collect());
    let all = |corpus: &Corpus<'static>| {
        let options = Options { fold: false, ..Options::default() };
        let hits = search(corpus, &parse("committee words", true), &options).hits;
        hits.iter().map(|hit| corpus.head(hit.id).title.to_owned()).collect::<Vec<_>>()
    };
    let expected = [2, 5, 8, 1, 4, 7, 0, 3, 6].map(|number| format!("Report {number}"));
    assert_eq!(all(&forwards), expected);
    assert_eq!(all(&backwards), expected);
}

/// A word with its own field is found in that field, whatever else the article has.
#[test]
fn words_of_titles_are_found_in_titles() {
    let corpus = judged();
    let mut cursor = corpus.lexicon().start();
    while cursor.next() {
        let term = cursor.term();
        let in_title = corpus.postings(&term).any(|posting| posting.occurrence.has(Occurrence::TITLE));
        if term.word && in_title {
            assert!(!documents(&corpus, &format!("title:{}", term.text)).is_empty(), "title:{}", term.text);
        }
    }
}

/// Where a question is prose, having all of its words is worth what the words are worth, and no place before all others.
#[test]
fn prose_is_answered_by_score_alone() {
    let long = |number| article(&format!("Report {number}"), &format!("{}bridge glass", "filler ".repeat(90)));
    let short = |number| article(&format!("Glass {number}"), "glass glass glass");
    let other = |number| article(&format!("Report {number}"), "filler");
    let corpus = open((0..50).map(long).chain((50..70).map(short)).chain((70..200).map(other)).collect());
    let scores = |query| {
        let answer = search(&corpus, &parse(query, true), &Options { limit: 100, passages: 0, ..Options::default() });
        assert_eq!((answer.total, answer.complete), (70, 50));
        answer.hits.iter().map(|hit| hit.score).collect::<Vec<_>>()
    };
    assert!(scores("bridge glass bridge glass bridge glass").is_sorted_by(|a, b| a >= b));
    assert!(!scores("bridge glass").is_sorted_by(|a, b| a >= b), "what has all of it comes first");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The best are picked out without putting all in order; what is picked is what putting all in order gives.
    #[test]
    fn the_first_hits_are_those_of_the_whole_order(query in query(), limit in 1u32..6) {
        for corpus in [many(), judged()] {
            let ask = |limit, fold| {
                let options = Options { limit, fold, passages: 0, ..Options::default() };
                let hits = search(&corpus, &parse(&query, true), &options).hits;
                hits.iter().map(|hit| (hit.id, hit.score, hit.copies.clone())).collect::<Vec<_>>()
            };
            for fold in [true, false] {
                let (first, all) = (ask(limit, fold), ask(10_000, fold));
                prop_assert_eq!(&first[..], &all[..all.len().min(limit as usize)]);
            }
            // Beyond what is read again, scores are what words and related articles give: none is passed over.
            let all = ask(10_000, false);
            let scores: Vec<u32> = all.iter().map(|hit| hit.1).collect();
            // As many as there can be, from the second on.
            let options = Options { limit: u32::MAX, offset: 1, fold: false, passages: 0, ..Options::default() };
            let rest: Vec<_> = search(&corpus, &parse(&query, true), &options).hits.iter().map(|hit| hit.id).collect();
            prop_assert_eq!(rest, all.iter().skip(1).map(|hit| hit.0).collect::<Vec<_>>());
            let complete = search(&corpus, &parse(&query, true), &Options::default()).complete as usize;
            // A question in prose is not parted into what has all of it and what has not.
            let parts = if query.split_whitespace().count() > 5 { 0 } else { 2 };
            for part in [&scores[complete.min(scores.len())..], &scores[..complete.min(scores.len())]].into_iter().take(parts) {
                let rest = part.get(32..).unwrap_or(&[]);
                prop_assert!(rest.is_sorted_by(|a, b| a >= b), "{query}");
            }
            prop_assert_eq!(all.len() as u32, search(&corpus, &parse(&query, true), &Options::default()).total);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_has_an_answer_whose_marks_fit(text in prop_oneof![any::<String>(), query(), "[ a-z\"()*:~.東é-]{0,30}"]) {
        let corpus = news();
        for finished in [true, false] {
            let answer = search(&corpus, &parse(&text, finished), &Options::default());
            prop_assert!(answer.complete <= answer.total);
            for hit in answer.hits {
                let title = corpus.head(hit.id).title;
                prop_assert!(hit.title_marks.iter().all(|m| title.get(m.start as usize..m.end as usize).is_some()));
                for passage in hit.passages {
                    let runs: Vec<&str> = corpus.runs(hit.id).collect();
                    let range = passage.range.start as usize..passage.range.end as usize;
                    prop_assert_eq!(&runs[passage.run as usize][range], &passage.text);
                    let marks = passage.marks;
                    prop_assert!(marks.iter().all(|m| passage.text.get(m.start as usize..m.end as usize).is_some()));
                    prop_assert!(marks.windows(2).all(|pair| pair[0].end <= pair[1].start));
                }
            }
        }
    }

    #[test]
    fn excluding_never_adds(query in query(), x in word(), phrase in any::<bool>()) {
        let corpus = news();
        let excluding = if phrase { format!("{query} -\"{x} bridge\"") } else { format!("{query} -{x}") };
        let (all, fewer) = (documents(&corpus, &query), documents(&corpus, &excluding));
        prop_assert!(fewer.iter().all(|id| all.contains(id)), "{excluding}");
    }

    #[test]
    fn alternatives_are_the_union(a in word(), b in word(), phrase in any::<bool>()) {
        let corpus = news();
        let b = if phrase { format!("\"{b} bridge\"") } else { b };
        let mut union = [documents(&corpus, &a), documents(&corpus, &b)].concat();
        union.sort_unstable();
        union.dedup();
        prop_assert_eq!(documents(&corpus, &format!("{a} OR {b}")), union);
    }

    #[test]
    fn a_longer_phrase_never_has_more_hits(words in prop::collection::vec(word(), 1..8), more in word()) {
        let corpus = news();
        let phrase = words.join(" ");
        let (all, fewer) = (documents(&corpus, &format!("\"{phrase}\"")), documents(&corpus, &format!("\"{phrase} {more}\"")));
        prop_assert!(fewer.iter().all(|id| all.contains(id)), "{phrase} {more}");
    }

    /// Page by page, and however often it is asked, the order is the same; scores fall, and of equals the newer is first.
    #[test]
    fn the_order_is_total_and_repeatable(query in query(), large in any::<bool>()) {
        let corpus = if large { many() } else { news() };
        let ask = |offset, limit| {
            let options = Options { offset, limit, passages: 0, ..Options::default() };
            search(&corpus, &parse(&query, true), &options).hits
        };
        let all = ask(0, 100);
        for most in [1, 5, 20, 40] {
            prop_assert_eq!(&ask(0, most)[..], &all[..all.len().min(most as usize)]);
        }
        let pages: Vec<_> = (0..all.len() as u32).step_by(3).flat_map(|offset| ask(offset, 3)).collect();
        prop_assert_eq!(&pages, &all);
        prop_assert_eq!(titles(&corpus, &query), titles(&corpus, &query));
        // Scores begin anew behind those that have everything. Some of these are folded under others, so that their number
        // does not say where that is.
        let unfolded = Options { limit: 1000, fold: false, passages: 0, ..Options::default() };
        let answer = search(&corpus, &parse(&query, true), &unfolded);
        let complete: Vec<_> = answer.hits.iter().take(answer.complete as usize).map(|hit| hit.id).collect();
        for (index, pair) in all.windows(2).enumerate() {
            let begins_anew = complete.contains(&pair[0].id) && !complete.contains(&pair[1].id);
            let ordered = pair[0].score > pair[1].score || (pair[0].score == pair[1].score && pair[0].id < pair[1].id);
            prop_assert!(ordered || begins_anew, "{query:?} at {index}: {pair:?}");
        }
    }

    #[test]
    fn sorting_never_changes_what_is_found(query in query()) {
        let corpus = news();
        let by = |sort| {
            let options = Options { sort, limit: 1000, fold: false, ..Options::default() };
            let hits = search(&corpus, &parse(&query, true), &options).hits;
            let mut ids: Vec<u32> = hits.iter().map(|hit| hit.id.0).collect();
            ids.sort_unstable();
            ids
        };
        let found = by(Sort::Relevance);
        for sort in [Sort::Newest, Sort::Oldest, Sort::Title] {
            prop_assert_eq!(by(sort), found.clone());
        }
    }
}
