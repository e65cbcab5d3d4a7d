//! The search as a reader meets it: what is typed in, articles out.

mod support;

use engine::analysis::stem::{self, Language};
use engine::index::{Corpus, write};
use engine::query::{in_part, parse};
use engine::search::{
    Answer, Choice, Facet, FieldScores, Help, Note, Options, Sort, explain, help, marks, related, search, suggest,
};
use support::{answer, article, corpus, news, titles};

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

/// All but that of one word without another, which may leave nothing.
#[test]
fn examples_find_something() {
    let corpus = news();
    let examples: Vec<&str> = corpus.examples().collect();
    assert!(examples.len() >= 6, "{examples:?}");
    for example in examples.iter().filter(|example| !example.contains('-')) {
        assert!(search(&corpus, &parse(example, true), &Options::default()).complete > 0, "{example}");
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
fn every_way_of_writing_it_is_found() {
    let corpus = corpus(&[
        ("Pandemic", "COVID-19 closed the schools."),
        ("Virus", "Nobody had heard of covid19 before."),
        ("Jets", "Two F-35s and one F-16 flew past."),
        ("Money", "They paid $11 billion, or €300m a year, for 1,250 tanks."),
        ("Plan", "The plan for 2029-2030 is drawn."),
        ("Forecast", "In 2029–2030 the sea rises."),
        ("Names", "The field user_name and the method getUserName."),
        ("Office", "R&D moved to AT&T's tower; the U.S.-led talks went on."),
        ("Tools", "Use Node.js or F#, not C++17."),
        ("Cafe", "A naïve guest in a cafe\u{301} in Zu\u{308}rich."),
        ("Band", "Rock’n’roll at O’Brien’s; the children’s choir."),
        ("Mail", "An e-mail came."),
        ("Post", "No email came."),
    ]);
    let check = |query: &str, expected: &[&str]| {
        // Whether it is still being typed or not.
        for query in [query.to_owned(), format!("{query} ")] {
            let mut found = titles(&corpus, &query);
            found.sort();
            assert_eq!(found, expected, "hits of {query:?}");
        }
    };
    check("covid-19", &["Pandemic", "Virus"]);
    check("covid19", &["Pandemic", "Virus"]);
    check("\"covid 19\"", &["Pandemic", "Virus"]);
    check("F-16", &["Jets"]);
    check("$11 billion", &["Money"]);
    check("\"$11 billion\"", &["Money"]);
    check("€300m", &["Money"]);
    check("300m", &["Money"]);
    check("1250", &["Money"]);
    check("1,250", &["Money"]);
    check("2029–2030", &["Forecast", "Plan"]);
    check("2029-2030", &["Forecast", "Plan"]);
    check("user_name", &["Names"]);
    check("username", &["Names"]);
    check("getUserName", &["Names"]);
    check("R&D", &["Office"]);
    check("AT&T", &["Office"]);
    check("U.S.", &["Office"]);
    check("node.js", &["Tools"]);
    check("F#", &["Tools"]);
    check("C++17", &["Tools"]);
    check("café", &["Cafe"]);
    check("cafe\u{301}", &["Cafe"]);
    check("Zürich", &["Cafe"]);
    check("naive", &["Cafe"]);
    check("rock'n'roll", &["Band"]);
    check("o'brien", &["Band"]);
    check("obrien", &["Band"]);
    check("children", &["Band"]);
    check("email", &["Mail", "Post"]);
    check("e-mail", &["Mail", "Post"]);
    check("\"an email\"", &["Mail"]);
    check("\"email came\"", &["Mail", "Post"]);
    check("\"an e-mail\"", &["Mail"]);
}

#[test]
fn what_is_written_as_typed_comes_first() {
    let corpus = corpus(&[
        ("One", "Send your resume to the office today."),
        ("Two", "Send your résumé to the office today."),
        ("Three", "They have resumed at the office today."),
    ]);
    assert_eq!(titles(&corpus, "resume ")[0], "One");
    assert_eq!(titles(&corpus, "résumé ")[0], "Two");
    assert_eq!(titles(&corpus, "resumed ")[0], "Three");
    assert_eq!(answer(&corpus, "resume ").total, 3);
}

#[test]
fn the_pronoun_is_not_the_country() {
    check_set("us", &["Help for us all", "Trade: the US answers"]);
}

#[test]
fn exclusions_and_filters_alone_browse() {
    let all = news().len() as usize;
    let count = |query: &str| answer(&news(), query).total as usize;
    assert_eq!(count(""), all);
    assert_eq!(count("-bridge"), all - 2);
    assert_eq!(count("-\"glass bridge\""), all - 1);
    assert_eq!(count("NOT (bridge OR volcano)"), all - 3);
    assert_eq!(count("-source:gazette"), all - 1);
    check("tag:engineering", &["The glass bridge opens", "A bridge of stone"]);
}

/// Nobody expects an article with every word of a question, and a quotation in it that stands nowhere is read as words.
#[test]
fn questions_in_prose_are_answered_by_weight() {
    let corpus = news();
    let question = "how many farmers had to leave houses when lava from a volcano reached their road";
    assert_eq!(titles(&corpus, question)[0], "Volcano erupts in Iceland");
    let quoting = "which farmers left houses \"the volcano of Iceland\" when lava reached roads";
    let answer = answer(&corpus, quoting);
    assert_eq!(corpus.head(answer.hits[0].id).title, "Volcano erupts in Iceland");
    assert!(answer.notes.contains(&Note::AsText { part: "the volcano of Iceland".into() }));
    // Few words mean each of them.
    assert_eq!(titles(&corpus, "lava \"the volcano of Iceland\""), [""; 0]);
}

#[test]
fn beginnings_are_found_in_titles_whatever_begins_so_in_the_text() {
    // So many words that begin alike have a list of their own.
    let words = |number: u32| (0..60).map(|word| format!("a{}", number * word % 997)).collect::<Vec<_>>().join(" ");
    let texts: Vec<(String, String)> =
        (0..300).map(|number| (format!("Alpha {number}"), words(number) + &" apple".repeat(20))).collect();
    let corpus = corpus(&texts.iter().map(|(title, text)| (&**title, &**text)).collect::<Vec<_>>());
    assert!(corpus.beginning("a").is_some());
    assert_eq!(search(&corpus, &parse("title:a", false), &Options::default()).total, 300);
}

#[test]
fn phrases_exclusions_and_alternatives() {
    check("\"glass bridge\"", &["The glass bridge opens"]);
    check("\"bridge glass\"", &[]);
    check("\"bridges\"", &[]);
    check("\"in C++\"", &["Programs in C++ and C#"]);
    check("\"C++\" ", &["Programs in C++ and C#"]);
    check("\"votes\"", &["Senate of the U.S. votes"]);
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
    let many = (0..60).map(|number| (format!("Bridge, bridge {number}"), "A bridge is a bridge. ".repeat(9)));
    let mut articles: Vec<(String, String)> = many.collect();
    articles.push(("Bridge".into(), format!("See elsewhere. {}", "Nothing is said here. ".repeat(99))));
    let borrowed: Vec<(&str, &str)> = articles.iter().map(|(title, text)| (&**title, &**text)).collect();
    assert_eq!(titles(&corpus(&borrowed), "bridge")[0], "Bridge");
}

#[test]
fn typos_are_corrected_and_said() {
    let corpus = news();
    let answer = answer(&corpus, "kenedy ");
    assert_eq!(titles(&corpus, "kenedy "), ["Kennedy’s visit"]);
    assert_eq!(answer.notes, [Note::Corrected { typed: "kenedy".into(), used: "kennedy".into() }]);
    // Of a word that only holds sentences together there is nothing to correct.
    assert_eq!(self::answer(&corpus, "whose kennedy ").notes, [Note::Unknown { word: "whose".into() }]);
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

fn helped(corpus: &Corpus, query: &str) -> (Answer, Help) {
    let answer = self::answer(corpus, query);
    let help = help(corpus, &parse(query, false), &answer);
    (answer, help)
}

#[test]
fn an_answer_without_hits_says_which_word_is_to_blame() {
    let (answer, help) = helped(&news(), "\"glass bridge\" \"stone bridge\" ");
    assert_eq!(answer.total, 0);
    let alone: Vec<(&str, u32)> = help.alone.iter().map(|alone| (&*alone.text, alone.documents)).collect();
    assert_eq!(alone, [("glass bridge", 1), ("stone bridge", 0)]);
    let nearest = help.nearest.unwrap();
    assert_eq!((&*nearest.query, nearest.documents), ("\"glass bridge\"", 1));
    // A phrase by itself: its words, of which those are named that stand nowhere.
    let check = |query: &str, unknown: &str, nearest: (&str, u32)| {
        let (answer, help) = helped(&news(), query);
        assert_eq!(answer.notes, [Note::Unknown { word: unknown.into() }]);
        let found = help.nearest.unwrap();
        assert_eq!((&*found.query, found.documents), nearest);
        assert_eq!(self::answer(&news(), &format!("{} ", found.query)).total, found.documents);
    };
    check("\"bridge glass\"", "bridge glass", ("bridge glass", 2));
    check("\"glass Zwölfer\"", "Zwölfer", ("glass Zwölfer", 1));
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
fn marks_cover_whatever_matched() {
    let corpus = corpus(&[(
        "Harbour",
        "The ferries were waiting. Zürich sent a résumé to Viet Nam; Kennedy’s fleet, the U.S. navy and C++ stayed.",
    )]);
    let check = |query: &str, expected: &[&str]| {
        let hit = &answer(&corpus, query).hits[0];
        let marks = hit.passages.iter().flat_map(|p| p.marks.iter().map(|m| &p.text[m.start as usize..m.end as usize]));
        assert_eq!(marks.collect::<Vec<_>>(), expected, "marks of {query:?}");
    };
    check("ferry ", &["ferries"]);
    check("wait", &["waiting"]);
    check("kenedy ", &["Kennedy"]);
    check("zurich ", &["Zürich"]);
    check("\"to viet nam\"", &["to Viet Nam"]);
    check("vietnam ", &["Viet Nam"]);
    check("u.s. ", &["U.S."]);
    check("c++ ", &["C++"]);
    check("\"fleet navy\"~4", &["fleet, the U.S. navy"]);
    check("ferries kennedy navy -bees ", &["ferries", "Kennedy", "navy"]);
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
    // However many articles have the word.
    let many: Vec<(String, String)> =
        (0..500).map(|number| (format!("Report {number}"), "The prime minister met a minister.".into())).collect();
    let borrowed: Vec<(&str, &str)> = many.iter().map(|(title, text)| (&**title, &**text)).collect();
    let suggestions = suggest(&self::corpus(&borrowed), "prime ", 5);
    assert_eq!((&*suggestions[0].query, suggestions[0].documents), ("prime minister", 500));
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
    let in_part = search(&corpus, &in_part("stairs"), &Options::default());
    assert_eq!((in_part.total, in_part.hits.len(), in_part.folded), (2, 2, 0), "the second part folds");
    let keeper = corpus.find("the-keeper").unwrap();
    let near = related(&corpus, keeper);
    assert!(corpus.related(keeper).all(|(_, likeness)| likeness == 255 || likeness % 4 == 0));
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
    for word in &explanation.words {
        let FieldScores { title, headings, lead, text, tags } = word.fields;
        assert!((title + headings + lead + text + tags).abs_diff(word.score) < 10, "{word:?}");
        assert!(title > 0 && text > 0 && headings == 0 && tags == 0, "{word:?}");
    }
    let phrase = &explain(&corpus, &parse("\"of stone\"", true), hit.id).words[0];
    assert_eq!((phrase.in_text, phrase.in_title), (1, true));
    assert!((phrase.fields.title + phrase.fields.text).abs_diff(phrase.score) < 10, "{phrase:?}");
    let unfinished = explain(&corpus, &parse("sto", false), hit.id);
    assert!(unfinished.words[0].in_title && unfinished.words[0].in_text > 0, "the terms it begins count");
}

/// Those come with the rest of the program, and trap without it.
#[test]
fn while_only_a_part_of_the_program_is_here_no_stemmer_is_called() {
    const NOT_YET: &[Language] = &[Language { stemmer: |word| panic!("{word} was to be stemmed"), ..stem::ENGLISH }];
    let bytes = write(vec![article("Bridges", "The old bridge was closed.")]);
    let corpus = Corpus::open(&bytes, NOT_YET).unwrap();
    for (typed, total) in [("bridge", 1), ("bridg", 1), ("closing", 0), ("the", 1)] {
        assert_eq!(search(&corpus, &in_part(typed), &Options::default()).total, total, "{typed}");
    }
}
