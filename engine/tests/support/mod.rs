//! The tests' own articles, and questions in few words.

// Each test program uses some of it.
#![allow(dead_code)]

use std::path::Path;
use std::sync::LazyLock;

use engine::analysis::stem;
use engine::article::{Article, Block, Date, Head, Rich};
use engine::index::{Corpus, write};
use engine::query::parse;
use engine::search::{Answer, Options, search};

/// A corpus of titles and texts, a paragraph a line, in English.
pub fn corpus(articles: &[(&str, &str)]) -> Corpus<'static> {
    open(articles.iter().map(|(title, text)| article(title, text)).collect())
}

/// What a reader who is typing `query` gets.
pub fn answer(corpus: &Corpus, query: &str) -> Answer {
    search(corpus, &parse(query, false), &Options::default())
}

/// The titles of the hits in their order.
pub fn titles<'a>(corpus: &Corpus<'a>, query: &str) -> Vec<&'a str> {
    answer(corpus, query).hits.iter().map(|hit| corpus.head(hit.id).title).collect()
}

/// The articles of the judged collection among the fixtures.
pub fn judged() -> Corpus<'static> {
    static JUDGED: LazyLock<Corpus<'static>> = LazyLock::new(|| {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/judged/docs.jsonl");
        open(engine::ingest::read_file(&docs).expect("the fixture is there").articles)
    });
    *JUDGED
}

pub fn open(articles: Vec<Article>) -> Corpus<'static> {
    Corpus::open(write(articles).leak(), &[stem::ENGLISH, stem::GERMAN]).expect("just written")
}

pub fn article(title: &str, text: &str) -> Article {
    let words = title.to_lowercase().split(' ').map(str::to_owned).collect::<Vec<_>>();
    let head = Head { slug: words.join("-"), title: title.into(), language: Some("en".into()), ..Head::default() };
    let body = text.lines().map(|line| Block::Paragraph(Rich::from(line.to_owned()))).collect();
    Article { head: Head { id: head.slug.clone(), ..head }, body }
}

/// Short news of all kinds, opened once.
pub fn news() -> Corpus<'static> {
    static NEWS: LazyLock<Corpus<'static>> = LazyLock::new(|| {
        let mut articles: Vec<Article> = [
            ("Volcano erupts in Iceland", "Farmers left their houses at night.\nLava reached the road by noon."),
            ("A bridge of stone", "The old bridge over the river is of stone.\nStone lasts, said the mason."),
            ("The glass bridge opens", "Walkers look down through glass."),
            ("Rice harvest in Viet Nam", "Fields were green until October."),
            ("Viet-Nam talks resume", "Delegates returned to the table."),
            ("Senate of the U.S. votes", "Ninety members were present."),
            ("Trade: the US answers", "New tariffs follow in spring."),
            ("Help for us all", "A neighbour brings soup."),
            ("Programs in C++ and C#", "Two languages compared."),
            ("A new .NET release", "Faster than before."),
            ("The F-35 is late", "Engines wait for parts."),
            ("On snake_case and camelCase", "How names are written."),
            ("Weapons for $11 billion", "The sale was approved."),
            ("Budget for 2029–2030", "Spending rises to €360m."),
            ("5G for the valley", "Masts were built on both hills."),
            ("Kennedy’s visit", "Crowds lined the avenue."),
            ("東京の夏", "今年の夏はとても暑い。"),
        ]
        .into_iter()
        .map(|(title, text)| article(title, text))
        .collect();
        let mut zurich = article("Zürich am See", "Die Stadt liegt am Wasser.");
        zurich.head.language = Some("de".into());
        articles.push(zurich);
        let [volcano, stone, glass, ..] = &mut articles[..] else { unreachable!("there are more") };
        volcano.head.date = Date::day(2021, 5, 9);
        volcano.head.source = Some("The Gazette".into());
        stone.head.date = Date::day(2019, 3, 14);
        stone.head.authors = vec!["Ada Marsh".into()];
        stone.head.tags = vec!["Engineering".into()];
        glass.head.date = Date::day(2022, 1, 2);
        glass.head.tags = vec!["Engineering".into()];
        open(articles)
    });
    *NEWS
}
