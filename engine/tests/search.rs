//! The search as a reader meets it: what is typed in, articles out.

mod support;

use engine::index::Corpus;
use engine::query::parse;
use engine::search::{Choice, Facet, Note, Options, Sort, explain, marks, related, search, suggest};
use proptest::prelude::*;
use support::{answer, corpus, news, titles};

fn check(query: &str, expected: &[&str]) {
    assert_eq!(titles(&news(), query), expected, "hits of {query:?}");
}

/// The hits in any order.
fn check_set(query: &str, expected: &[&str]) {
    let mut found = titles(&news(), query);
    found.sort();
    assert_eq!(found, expected, "hits of {query:?}");
}

#[test]
fn words_stems_and_prefixes() {
    check("volcano", &["Volcano erupts in Iceland"]);
    check("erupting", &["Volcano erupts in Iceland"]);
    check("volc", &["Volcano erupts in Iceland"]);
    check("VOLCANO", &["Volcano erupts in Iceland"]);
    check("zzzzzz", &[]);
}

#[test]
fn typing_the_last_letter_never_loses_an_article() {
    let corpus = news();
    for id in corpus.ids() {
        for word in corpus.head(id).title.split(' ') {
            for end in word.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let found = answer(&corpus, &word[..end]);
                assert!(found.hits.iter().any(|hit| hit.id == id), "{:?} of {word:?} loses its article", &word[..end]);
            }
        }
    }
}

#[test]
fn what_is_typed_as_it_is_seen_is_found() {
    check_set("vietnam", &["Rice harvest in Viet Nam", "Viet-Nam talks resume"]);
    check_set("viet-nam", &["Rice harvest in Viet Nam", "Viet-Nam talks resume"]);
    check_set("\"viet nam\"", &["Rice harvest in Viet Nam", "Viet-Nam talks resume"]);
    check("U.S.", &["Senate of the U.S. votes", "Trade: the US answers"]);
    check("C++", &["Programs in C++ and C#"]);
    check("c#", &["Programs in C++ and C#"]);
    check(".net", &["A new .NET release"]);
    check("F-35", &["The F-35 is late"]);
    check("f35", &["The F-35 is late"]);
    check("snake_case", &["On snake_case and camelCase"]);
    check("camelcase", &["On snake_case and camelCase"]);
    check("$11 billion", &["Weapons for $11 billion"]);
    check("2029–2030", &["Budget for 2029–2030"]);
    check("5g", &["5G for the valley"]);
    check("kennedy", &["Kennedy’s visit"]);
    check("zurich", &["Zürich am See"]);
    check("Zürich", &["Zürich am See"]);
    check("東京", &["東京の夏"]);
    check("夏", &["東京の夏"]);
}

#[test]
fn the_pronoun_is_not_the_country() {
    check_set("us", &["Help for us all", "Trade: the US answers"]);
}

#[test]
fn phrases_exclusions_and_alternatives() {
    check("\"glass bridge\"", &["The glass bridge opens"]);
    check("\"bridge glass\"", &[]);
    check("bridge -glass", &["A bridge of stone"]);
    check_set("volcano OR senate", &["Senate of the U.S. votes", "Volcano erupts in Iceland"]);
    check("title:bridge stone", &["A bridge of stone"]);
    check("\"stone river\"~4", &["A bridge of stone"]);
    check("bridg*", &["A bridge of stone", "The glass bridge opens"]);
}

#[test]
fn filters_and_dates() {
    check("source:gazette", &["Volcano erupts in Iceland"]);
    check("author:marsh bridge", &["A bridge of stone"]);
    check("tag:engineering -stone", &["The glass bridge opens"]);
    check("date:2021-05", &["Volcano erupts in Iceland"]);
    check("before:2021", &["A bridge of stone"]);
    check("after:2021-12", &["The glass bridge opens"]);
    check("lang:de", &["Zürich am See"]);
}

#[test]
fn articles_with_all_the_words_come_first() {
    let corpus = news();
    let answer = answer(&corpus, "stone bridge");
    assert_eq!((answer.total, answer.complete), (2, 1));
    assert_eq!(corpus.head(answer.hits[0].id).title, "A bridge of stone");
}

#[test]
fn a_title_that_is_the_query_comes_first() {
    assert_eq!(titles(&news(), "the glass bridge opens")[0], "The glass bridge opens");
}

#[test]
fn typos_are_corrected_and_said() {
    let corpus = news();
    let answer = answer(&corpus, "kenedy ");
    assert_eq!(titles(&corpus, "kenedy "), ["Kennedy’s visit"]);
    assert_eq!(answer.notes, [Note::Corrected { typed: "kenedy".into(), used: "kennedy".into() }]);
    // Numbers are what they are, and words of three letters have no typos.
    check("5h", &[]);
    check("sez ", &[]);
}

#[test]
fn unknown_words_are_named() {
    let answer = answer(&news(), "bridge qqqqqq ");
    assert_eq!(answer.notes, [Note::Unknown { word: "qqqqqq".into() }]);
    assert_eq!((answer.total, answer.complete), (2, 0));
}

#[test]
fn an_answer_without_hits_says_which_word_is_to_blame() {
    let answer = answer(&news(), "\"glass bridge\" \"stone bridge\" ");
    assert_eq!(answer.total, 0);
    let alone: Vec<(&str, u32)> = answer.alone.iter().map(|alone| (&*alone.text, alone.documents)).collect();
    assert_eq!(alone, [("glass bridge", 1), ("stone bridge", 0)]);
    let nearest = answer.nearest.unwrap();
    assert_eq!((&*nearest.query, nearest.documents), ("\"glass bridge\"", 1));
}

#[test]
fn passages_show_the_words() {
    let corpus = news();
    let hit = &answer(&corpus, "lava").hits[0];
    assert_eq!(hit.passages.len(), 1);
    let passage = &hit.passages[0];
    assert_eq!(passage.run, 1);
    let marked: Vec<&str> = passage.marks.iter().map(|m| &passage.text[m.start as usize..m.end as usize]).collect();
    assert_eq!(marked, ["Lava"]);
    let in_runs = marks(&corpus, &parse("lava", true), hit.id);
    assert_eq!((in_runs.len(), in_runs[0].0, &in_runs[0].1[0]), (1, 1, &(0..4)));
}

#[test]
fn facets_count_with_the_other_choices_applied() {
    let corpus = news();
    let choices = vec![Choice { facet: Facet::Year, values: vec!["2021".into()] }];
    let options = Options { facets: true, choices, ..Options::default() };
    let answer = search(&corpus, &parse("", true), &options);
    assert_eq!(answer.total, 1);
    let counts = |facet| -> Vec<(String, u32)> {
        let of = answer.facets.iter().find(|counts| counts.facet == facet).unwrap();
        of.values.iter().map(|count| (count.value.clone(), count.count)).collect()
    };
    assert_eq!(counts(Facet::Source), [("The Gazette".into(), 1)]);
    assert_eq!(counts(Facet::Year), [("2019".into(), 1), ("2021".into(), 1), ("2022".into(), 1)]);
}

#[test]
fn sorting() {
    let corpus = news();
    let sorted = |sort| {
        let options = Options { sort, ..Options::default() };
        let answer = search(&corpus, &parse("date:2000..", true), &options);
        answer.hits.iter().map(|hit| corpus.head(hit.id).title).collect::<Vec<_>>()
    };
    let (newest, middle, oldest) = ("The glass bridge opens", "Volcano erupts in Iceland", "A bridge of stone");
    assert_eq!(sorted(Sort::Newest), [newest, middle, oldest]);
    assert_eq!(sorted(Sort::Oldest), [oldest, middle, newest]);
    assert_eq!(sorted(Sort::Title), [oldest, newest, middle]);
}

#[test]
fn suggestions_complete_words_and_name_the_next() {
    let corpus = news();
    let queries = |text| suggest(&corpus, text, 5).into_iter().map(|s| (s.query, s.documents)).collect::<Vec<_>>();
    assert_eq!(queries("volc"), [("volcano".into(), 1)]);
    assert_eq!(queries("viet "), [("viet nam".into(), 2)]);
    assert_eq!(queries("stone bri"), [("stone bridge".into(), 1)]);
}

#[test]
fn copies_are_folded_under_one_hit_and_related_articles_say_why() {
    let text = "The lighthouse keeper of Skagen climbed the narrow stairs every evening for forty winters.";
    let corpus = corpus(&[
        ("The keeper", text),
        ("The keeper again", text),
        ("Another keeper", "A lighthouse keeper at Skagen saw ships in the winters of his youth."),
        ("Cooking", "Boil the beans with onions and a little salt until they are soft."),
    ]);
    let answer = answer(&corpus, "stairs");
    assert_eq!((answer.total, answer.hits.len(), answer.hits[0].copies.len()), (2, 1, 1));
    let keeper = corpus.find("the-keeper").unwrap();
    let near = related(&corpus, keeper);
    assert!(near[0].copy);
    assert_eq!(corpus.head(near[1].id).title, "Another keeper");
    assert!(near[1].shared.contains(&"Skagen".to_string()), "{:?}", near[1].shared);
}

#[test]
fn explanations_add_up() {
    let corpus = news();
    let plan = parse("stone bridge", true);
    let hit = &search(&corpus, &plan, &Options::default()).hits[0];
    let explanation = explain(&corpus, &plan, hit.id);
    let words: u32 = explanation.words.iter().map(|word| word.score).sum();
    let sum = words + explanation.nearness + explanation.spelling + explanation.support + explanation.title;
    assert!(sum.abs_diff(hit.score) < 10, "{sum} and {}", hit.score);
    assert!(explanation.complete && explanation.words[0].in_title && explanation.words[0].in_text > 0);
}

fn documents(corpus: &Corpus, query: &str) -> Vec<u32> {
    let options = Options { limit: 1000, passages: 1, fold: false, ..Options::default() };
    let mut ids: Vec<u32> = search(corpus, &parse(query, true), &options).hits.iter().map(|hit| hit.id.0).collect();
    ids.sort_unstable();
    ids
}

/// Words of the corpus, some with typos.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "bridge", "glass", "stone", "volcano", "nam", "viet", "the", "us", "votes", "c++", "bridgee",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_has_an_answer_whose_marks_fit(text in prop_oneof![any::<String>(), "[ a-z\"()*:~.東é-]{0,30}"]) {
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
    fn excluding_never_adds(a in word(), b in word()) {
        let corpus = news();
        let (all, fewer) = (documents(&corpus, &a), documents(&corpus, &format!("{a} -{b}")));
        prop_assert!(fewer.iter().all(|id| all.contains(id)), "{a} -{b}");
    }

    #[test]
    fn alternatives_are_the_union(a in word(), b in word()) {
        let corpus = news();
        let mut union = [documents(&corpus, &a), documents(&corpus, &b)].concat();
        union.sort_unstable();
        union.dedup();
        prop_assert_eq!(documents(&corpus, &format!("{a} OR {b}")), union);
    }

    #[test]
    fn a_longer_phrase_never_has_more_hits(words in prop::collection::vec(word(), 1..4), more in word()) {
        let corpus = news();
        let phrase = words.join(" ");
        let (all, fewer) = (documents(&corpus, &format!("\"{phrase}\"")), documents(&corpus, &format!("\"{phrase} {more}\"")));
        prop_assert!(fewer.iter().all(|id| all.contains(id)), "{phrase} {more}");
    }

    #[test]
    fn the_order_is_repeatable(words in prop::collection::vec(word(), 1..4)) {
        let (query, corpus) = (words.join(" "), news());
        prop_assert_eq!(titles(&corpus, &query), titles(&corpus, &query));
    }
}
