use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::article::{Article, Block, Head, Image, Kind, Rich, Span, Style};

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zA-Zéß東 .,]{0,20}").unwrap()
}

fn style() -> impl Strategy<Value = Style> {
    let plain = [
        Style::Emphasis,
        Style::Strong,
        Style::Code,
        Style::Deleted,
        Style::Subscript,
        Style::Superscript,
        Style::Break,
    ];
    prop_oneof![
        proptest::sample::select(plain.to_vec()),
        text().prop_map(Style::Link),
        text().prop_map(Style::Article),
        text().prop_map(Style::FootnoteReference),
        text().prop_map(Style::Language),
    ]
}

fn rich() -> impl Strategy<Value = Rich<String>> {
    let span =
        (0u32..300, 0u32..300, style()).prop_map(|(start, length, style)| Span { range: start..start + length, style });
    (text(), prop::collection::vec(span, 0..3)).prop_map(|(text, spans)| Rich { text, spans })
}

fn block() -> impl Strategy<Value = Block<String>> {
    let image = (text(), text(), proptest::option::of((0u32..9000, 0u32..9000)));
    let image = image.prop_map(|(path, alt, size)| Image { path, alt, size });
    let leaf = prop_oneof![
        text().prop_map(|text| Block::Paragraph(text.into())),
        rich().prop_map(Block::Paragraph),
        (2u8..7, rich()).prop_map(|(level, text)| Block::Heading { level, text }),
        (proptest::option::of(text()), text()).prop_map(|(language, text)| Block::Code { language, text }),
        (0u32..2, prop::collection::vec(prop::collection::vec(rich(), 0..3), 0..3))
            .prop_map(|(head_rows, rows)| Block::Table { head_rows, rows }),
        (image, proptest::option::of(rich())).prop_map(|(image, caption)| Block::Figure { image, caption }),
        Just(Block::Rule),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let blocks = prop::collection::vec(inner, 0..4);
        prop_oneof![
            blocks.clone().prop_map(Block::Quote),
            (text(), blocks.clone()).prop_map(|(label, blocks)| Block::Footnote { label, blocks }),
            (proptest::option::of(0u32..100), prop::collection::vec(blocks, 0..3))
                .prop_map(|(start, items)| Block::List { start, items }),
        ]
    })
}

fn date() -> impl Strategy<Value = Option<Date>> {
    proptest::option::of(prop_oneof![
        (-3000i16..3000).prop_map(Date::year),
        (1900i16..2030, 1u8..13, 1u8..29).prop_map(|(year, month, day)| Date { year, month, day }),
    ])
}

prop_compose! {
    fn article()(
        texts in prop::collection::vec(text(), 4),
        optional in prop::collection::vec(proptest::option::of(text()), 6),
        language in proptest::option::of(proptest::sample::select(vec!["en", "de", "ja"])),
        lists in prop::collection::vec(prop::collection::vec(text(), 0..3), 2),
        dates in prop::collection::vec(date(), 2),
        brief in any::<bool>(),
        body in prop_oneof![prop::collection::vec(block(), 0..5), prop::collection::vec(text().prop_map(|text| Block::Paragraph(text.into())), 0..5)],
    ) -> Article {
        let optional = |number: usize| optional[number].clone();
        let head = Head {
            slug: texts[0].clone(),
            id: texts[usize::from(brief)].clone(),
            title: texts[2].clone(),
            kind: if brief { Kind::Brief } else { Kind::Article },
            subtitle: optional(0),
            source: optional(1),
            section: optional(2),
            summary: optional(3),
            url: optional(4),
            came_with: optional(5),
            language: language.map(str::to_owned),
            authors: lists[0].clone(),
            tags: lists[1].clone(),
            date: dates[0],
            updated: dates[1],
        };
        Article { head, body }
    }
}

/// The articles of a corpus as one text: what they are made of, and what a search in them would read.
fn read(bytes: &[u8]) -> Result<String, OpenError> {
    use std::fmt::Write;
    let corpus = Corpus::open(bytes, &[])?;
    _ = corpus.verify();
    let mut read = String::new();
    for id in corpus.ids() {
        let head = corpus.head(id);
        let _ = writeln!(read, "{head:?} {:?} {:?}", corpus.body(id), corpus.related(id).collect::<Vec<_>>());
        let _ = writeln!(read, "{:?} {:?}", corpus.find(head.slug), corpus.briefs_of(id));
    }
    for facet in Facet::ALL {
        corpus.values(facet).for_each(|(name, runs)| _ = writeln!(read, "{name} {:?}", runs.collect::<Vec<_>>()));
    }
    let mut cursor = corpus.lexicon().start();
    while cursor.next() {
        let term = cursor.term();
        let _ = writeln!(read, "{term:?} {:?}", corpus.lexicon().stem(&term));
        corpus.postings(&term).for_each(|posting| _ = writeln!(read, "{posting:?}"));
        corpus.lexicon().find(&term.text);
    }
    Derivation::new(corpus, of_trees).finish();
    let _ = writeln!(read, "{}", corpus.alphabet().folded("Été Ω 東京 \u{301}"));
    Ok(read)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(articles in prop::collection::vec(article(), 0..4)) {
        let mut articles = articles;
        for (number, article) in articles.iter_mut().enumerate() {
            let own = article.head.id == article.head.slug;
            article.head.slug.push_str(&number.to_string());
            if own {
                article.head.id = article.head.slug.clone();
            }
        }
        let bytes = write(articles.clone());
        prop_assert_eq!(&bytes, &write(articles.iter().rev().cloned().collect()), "the order of the files does not matter");
        prop_assert!(strip(&bytes).is_some(), "its postings can be made again from its texts");
        let corpus = Corpus::open(&bytes, &[]).unwrap();
        prop_assert_eq!(corpus.len() as usize, articles.len());
        for article in &articles {
            let id = corpus.find(&article.head.slug).unwrap();
            prop_assert_eq!(format!("{:?}", corpus.head(id)), format!("{:?}", article.head));
            prop_assert_eq!(format!("{:?}", corpus.body(id)), format!("{:?}", article.body));
            let has = |runs: Runs| runs.flatten().any(|number| number == id.0);
            let values = |facet| corpus.values(facet).filter(|(_, runs)| has(*runs)).map(|(value, _)| value.to_owned());
            let head = &article.head;
            let month = head.date.filter(|date| date.month > 0);
            let expected: [(Facet, Vec<String>); 7] = [
                (Facet::Source, head.source.iter().cloned().collect()),
                (Facet::Author, head.authors.clone()),
                (Facet::Tag, head.tags.clone()),
                (Facet::Language, head.language.iter().cloned().collect()),
                (Facet::Kind, vec![head.kind.name().into()]),
                (Facet::Year, head.date.iter().map(|date| format!("{:04}", date.year)).collect()),
                (Facet::Month, month.iter().map(|date| format!("{:04}-{:02}", date.year, date.month)).collect()),
            ];
            for (facet, expected) in expected {
                prop_assert_eq!(values(facet).collect::<BTreeSet<_>>(), expected.into_iter().collect(), "{:?}", facet);
            }
        }
    }

    /// A cut is seen when it is opened, a change then or when the sums are compared.
    #[test]
    fn changed_and_cut_bytes_are_refused(articles in prop::collection::vec(article(), 1..3), at in any::<prop::sample::Index>(), bit in 0u32..8) {
        let mut bytes = write(articles);
        let at = at.index(bytes.len());
        prop_assert!(Corpus::open(&bytes[..at], &[]).is_err());
        bytes[at] ^= 1 << bit;
        prop_assert!(Corpus::open(&bytes, &[]).and_then(|corpus| corpus.verify()).is_err());
    }

    /// Whoever makes a checksum for bytes of his own gets strange articles, but no more.
    #[test]
    fn bytes_with_a_checksum_never_harm(
        articles in prop::collection::vec(article(), 1..3),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = write(articles);
        for (at, byte) in changes {
            let at = HEADER + at.index(bytes.len() - HEADER);
            bytes[at] = byte;
        }
        let sum = table_sum(&bytes[HEADER..HEADER + SECTIONS * SECTION]);
        bytes[16..HEADER].copy_from_slice(&sum.to_le_bytes());
        let _ = read(&bytes);
    }
}

#[test]
fn another_version_and_other_files_are_told_from_damage() {
    let mut bytes = write(Vec::new());
    bytes[8..12].copy_from_slice(&(VERSION + 1).to_le_bytes());
    let expected = OpenError::WrongVersion { expected: VERSION, found: VERSION + 1 };
    assert_eq!(Corpus::open(&bytes, &[]).err().map(|error| error.to_string()), Some(expected.to_string()));
    bytes[0] = b'a';
    let not_ours = OpenError::NotACorpus.to_string();
    assert_eq!(Corpus::open(&bytes, &[]).err().map(|error| error.to_string()), Some(not_ours));
}

#[test]
fn more_sections_than_there_are_end_at_once() {
    let mut bytes = write(Vec::new());
    bytes[12..16].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(read(&bytes), Err(OpenError::Damaged)));
}

#[test]
fn counts_of_what_is_not_there_are_refused() {
    for count in 0..2 {
        let mut bytes = write(Vec::new());
        let mut table = (0..SECTIONS).map(|entry| HEADER + entry * SECTION);
        let entry = table.find(|at| u32_at(&bytes, *at) == Section::Statistics as u32).unwrap();
        let at = u32_at(&bytes, entry + 4) as usize + count * 4;
        bytes[at..at + 4].copy_from_slice(&3_000_000_000u32.to_le_bytes());
        assert!(matches!(read(&bytes), Err(OpenError::Damaged)));
    }
}

#[test]
fn blocks_too_deep_become_paragraphs() {
    let mut body = vec![Block::Paragraph("inside".to_owned().into())];
    for _ in 0..200 {
        body = vec![Block::Quote(body)];
    }
    let bytes = write(vec![Article { head: Head::default(), body }]);
    let corpus = Corpus::open(&bytes, &[]).unwrap();
    let mut blocks = &corpus.body(DocumentId(0))[..];
    let mut depth = 0;
    while let [Block::Quote(inner)] = blocks {
        (blocks, depth) = (inner, depth + 1);
    }
    assert_eq!(depth, DEEPEST);
    assert_eq!(blocks, [Block::Paragraph("inside".into())]);
}

#[test]
fn postings_are_made_again_from_the_texts() {
    thread_local! {
        static DERIVED: std::cell::Cell<[&'static [u8]; 2]> = const { std::cell::Cell::new([&[], &[]]) };
    }
    // So many that there is a list of those that begin alike.
    let article = |number: u32| {
        let words: Vec<String> = (0..60).map(|word| format!("a{}", number * word % 997)).collect();
        let head = Head { slug: number.to_string(), title: format!("a{number}"), ..Head::default() };
        Article {
            head,
            body: vec![Block::Paragraph(words.join(" ").into()), Block::Paragraph("The end".to_owned().into())],
        }
    };
    let bytes = write((0..300).map(article).collect());
    let written = Corpus::open(&bytes, &[]).unwrap();
    assert!(written.beginning("a").is_some());
    let (stripped, plain) = strip(&bytes).unwrap();
    assert!(plain && stripped.len() + 30_000 < bytes.len(), "{} of {}", stripped.len(), bytes.len());
    let corpus = Corpus::open(&stripped, &[]).unwrap();
    DERIVED.set(Derivation::new(corpus, of_paragraphs).finish().map(|bytes| &*bytes.leak()));
    let corpus = corpus.with_derived(|| DERIVED.get());
    let mut cursor = corpus.lexicon().start();
    while cursor.next() {
        let term = cursor.term();
        assert_eq!(corpus.postings(&term).collect::<Vec<_>>(), written.postings(&term).collect::<Vec<_>>(), "{term:?}");
    }
    assert_eq!(corpus.beginning("a"), None);
}

#[test]
fn what_would_take_too_long_to_make_again_is_not_left_out() {
    let article = |words: usize| {
        let body = vec![Block::Paragraph("word ".repeat(words).into())];
        Article { head: Head::default(), body }
    };
    assert!(strip(&write(vec![article(1000)])).is_some());
    assert!(strip(&write(vec![article(100_000)])).is_none());
}

#[test]
fn each_term_knows_its_articles() {
    // Enough for several blocks of terms; a list for all articles, lists of some, and lists of one.
    let article = |number: u32| {
        let words = ["every".to_owned(), format!("third{}", number % 3), format!("own{number} own{number}")];
        let head = Head { slug: number.to_string(), title: format!("title{number}"), ..Head::default() };
        Article { head, body: vec![Block::Paragraph(words.join(" ").into())] }
    };
    let bytes = write((0..300).map(article).collect());
    let corpus = Corpus::open(&bytes, &[]).unwrap();
    let lexicon = corpus.lexicon();
    for id in corpus.ids() {
        let number: u32 = corpus.head(id).slug.parse().unwrap();
        let check = |term: String, articles: u32, occurrence: u8| {
            let found = lexicon.find(&term).expect(&term);
            let postings: Vec<Posting> = corpus.postings(&found).collect();
            assert_eq!((found.documents, postings.len() as u32), (articles, articles), "{term}");
            assert!(postings.contains(&Posting { document: id, occurrence: Occurrence(occurrence) }), "{term}");
            assert!(postings.is_sorted_by(|a, b| a.document < b.document), "{term}");
        };
        check("every".into(), 300, Occurrence::LEAD | 1);
        check(format!("third{}", number % 3), 100, Occurrence::LEAD | 1);
        check(format!("own{number}"), 1, Occurrence::LEAD | 2);
        check(format!("title{number}"), 1, Occurrence::TITLE);
        assert!(lexicon.find(&format!("own{number}0")).is_none_or(|_| number < 30));
    }
}
