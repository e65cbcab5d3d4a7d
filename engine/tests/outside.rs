//! A corpus whose texts and positions are outside answers like one that has everything in it, but for the order, and says
//! what it lacks.

mod support;

use std::cell::RefCell;
use std::collections::BTreeSet;

use engine::index::{Corpus, split, write};
use engine::query::parse;
use engine::search::{Answer, Options, Sort, marks, search};
use proptest::prelude::*;
use support::{article, judged, open};

/// A chunk as it was written, and as it is here, if it is.
type Chunk = (Vec<u8>, Option<&'static [u8]>);

thread_local! {
    static CHUNKS: RefCell<Vec<Chunk>> = const { RefCell::new(Vec::new()) };
}

/// The corpus without its chunks, none of which is here.
fn outside(whole: &Corpus<'static>) -> Corpus<'static> {
    let split = split(whole.bytes(), 200).unwrap();
    CHUNKS.set(split.chunks.into_iter().map(|chunk| (chunk, None)).collect());
    Corpus::open(split.corpus.leak(), whole.known_languages())
        .unwrap()
        .with_chunks(|number| CHUNKS.with_borrow(|chunks| chunks.get(number as usize)?.1))
}

fn bring(corpus: &Corpus, number: u32) {
    CHUNKS.with_borrow_mut(|chunks| {
        let (bytes, here) = &mut chunks[number as usize];
        assert!(corpus.is_chunk(number, bytes), "chunk {number}");
        *here = Some(bytes.clone().leak());
    });
}

fn bring_all(corpus: &Corpus) {
    let count = CHUNKS.with_borrow(|chunks| chunks.len() as u32);
    (0..count).for_each(|number| bring(corpus, number));
    assert!(!corpus.is_chunk(count, &[]));
}

fn ask(corpus: &Corpus, query: &str) -> Answer {
    let options = Options { limit: 1000, sort: Sort::Newest, ..Options::default() };
    search(corpus, &parse(query, false), &options)
}

/// What does not depend on the order: which articles, which of them have everything, where it was found.
fn check(whole: &Corpus, outside: &Corpus, query: &str) {
    let (expected, found) = (ask(whole, query), ask(outside, query));
    assert_eq!((found.total, found.complete), (expected.total, expected.complete), "{query}");
    assert_eq!(found.missing(outside), [0; 0], "{query}");
    assert_eq!(found.notes, expected.notes, "{query}");
    for (found, expected) in found.hits.iter().zip(&expected.hits) {
        assert_eq!((found.id, &found.passages), (expected.id, &expected.passages), "{query}");
        let marked = |corpus: &Corpus| marks(corpus, &parse(query, false), found.id);
        assert_eq!(marked(outside), marked(whole), "{query}");
    }
}

#[test]
fn everything_is_read_back() {
    let whole = judged();
    let outside = outside(&whole);
    assert!(outside.is_split() && !whole.is_split());
    for id in whole.ids() {
        assert_eq!((outside.title(id), outside.runs(id).count()), (whole.title(id), 0));
        assert!(outside.missing_text(id).is_some() && whole.missing_text(id).is_none());
    }
    bring_all(&outside);
    for id in whole.ids() {
        assert_eq!((outside.text(id), outside.body(id)), (whole.text(id), whole.body(id)));
        assert_eq!(outside.head(id), whole.head(id));
        assert_eq!(outside.missing_text(id), None);
    }
}

#[test]
fn words_are_found_before_anything_is_brought() {
    let whole = judged();
    let outside = outside(&whole);
    for query in ["bees", "winter", "hon", "the valley"] {
        let (expected, found) = (ask(&whole, query), ask(&outside, query));
        let ids = |answer: &Answer| answer.hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
        assert_eq!(ids(&found), ids(&expected), "{query}");
        assert!(found.total > 0 && found.hits.iter().all(|hit| hit.passages.is_empty()), "{query}");
        assert!(!found.missing(&outside).is_empty(), "{query}");
    }
}

#[test]
fn what_is_missing_is_all_that_is_missing() {
    let whole = judged();
    let phrases = ["\"office towers\"", "\"of the\"", "\"in winter\"~3", "title:\"the hives\"", "-\"in the\" winter"];
    for query in phrases {
        let outside = outside(&whole);
        let first = ask(&outside, query);
        assert!(first.total >= ask(&whole, query).total || query.contains('-'), "{query}");
        first.missing(&outside).iter().for_each(|number| bring(&outside, *number));
        // Fewer are hits then, and their texts are here.
        check(&whole, &outside, query);
    }
}

#[test]
fn the_order_does_not_depend_on_what_was_brought() {
    let whole = judged();
    let outside = outside(&whole);
    let order = || search(&outside, &parse("bees in the city", false), &Options::default()).hits;
    let before: Vec<_> = order().into_iter().map(|hit| (hit.id, hit.score)).collect();
    bring_all(&outside);
    assert_eq!(order().into_iter().map(|hit| (hit.id, hit.score)).collect::<Vec<_>>(), before);
}

#[test]
fn other_bytes_are_no_chunk() {
    let whole = judged();
    let outside = outside(&whole);
    CHUNKS.with_borrow(|chunks| {
        let mut bytes = chunks[0].0.clone();
        assert!(outside.is_chunk(0, &bytes) && !outside.is_chunk(1, &bytes));
        bytes[7] ^= 1;
        assert!(!outside.is_chunk(0, &bytes));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rows_of_words_are_the_same_by_positions(
        texts in prop::collection::vec(("[abc]( [abc-]{1,3}){0,4}", "([abc]|a-b|U\\.S\\.|東京[都の]|aB|\n)( ([abc]|a-b|b c|東京[都の]|ab|\n)){0,12}"), 1..8),
        queries in prop::collection::vec("\"([abc]|ab|a-b|U.S.|東京) ([abc]|ab|b-c|の)( [abc])?\"(~[1-9])?|-\"[ab] [ab]\" c|a-b|東京都|title:\"([abc]|ab|a-b) ([abc]|ab|bc)\"(~[1-3])?", 1..4),
    ) {
        let articles = texts.iter().enumerate().map(|(number, (title, text))| {
            let mut article = article(title, text);
            article.head.slug = number.to_string();
            article.head.tags = vec!["c".into()];
            article
        });
        let whole = open(articles.collect());
        let outside = outside(&whole);
        let ids = |corpus: &Corpus, query: &str| ask(corpus, query).hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
        // Titles are here in any case.
        for query in queries.iter().filter(|query| query.starts_with("title:")) {
            prop_assert_eq!(ids(&outside, query), ids(&whole, query), "{}", query);
        }
        bring_all(&outside);
        queries.iter().for_each(|query| check(&whole, &outside, query));
    }

    /// Bytes that pass for a chunk give strange articles, but no more.
    #[test]
    fn strange_chunks_never_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let articles = vec![article("a b", "a b c a b\nb c"), article("b c", "東京都 a b")];
        let whole = Corpus::open(write(articles).leak(), &[]).unwrap();
        let outside = outside(&whole);
        CHUNKS.with_borrow_mut(|chunks| {
            for (chunk, at, byte) in changes {
                let chunk = chunk.index(chunks.len());
                let at = at.index(chunks[chunk].0.len());
                chunks[chunk].0[at] = byte;
            }
            chunks.iter_mut().for_each(|(bytes, here)| *here = Some(bytes.clone().leak()));
        });
        for query in ["\"a b\"", "a", "東京都", "\"b c\"~3"] {
            ask(&outside, query);
        }
        let read: BTreeSet<String> = outside.ids().map(|id| format!("{:?} {}", outside.body(id), outside.text(id))).collect();
        prop_assert!(read.len() <= 2);
    }
}
