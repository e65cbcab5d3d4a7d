//! The page as text, over three articles of the tests' own.

use std::sync::LazyLock;

use engine::article::{Article, Block, Date, Head, Image, Kind, Rich, Span, Style};
use engine::index::{self, Corpus};
use yew::{LocalServerRenderer, Reducible};

use super::*;
use crate::components::Host;
use crate::state::{Articles, ROWS};
use crate::words::Language;

/// "Iron and rust" of 14 March 2019, in which there is every kind of block; the brief "Copper" that came with it; and
/// "النحل", which is about bees and in Arabic.
fn articles() -> Vec<Article> {
    let head = |slug: &str, title: &str, language: &str| Head {
        slug: slug.to_owned(),
        id: slug.to_owned(),
        title: title.to_owned(),
        language: Some(language.to_owned()),
        ..Head::default()
    };
    let iron = Head {
        date: Date::day(2019, 3, 14),
        source: Some("Metals Weekly".into()),
        authors: vec!["A. Smith".into(), "B. Jones".into()],
        url: Some("https://example.org/iron".into()),
        ..head("iron", "Iron and rust", "en")
    };
    let copper = Head {
        kind: Kind::Brief,
        came_with: Some("iron".into()),
        source: Some("Metals Weekly".into()),
        ..head("copper", "Copper", "en")
    };
    vec![
        Article { head: iron, body: every_block() },
        Article { head: copper, body: vec![paragraph("Green with age.")] },
        Article { head: head("nahl", "النحل", "ar"), body: vec![paragraph("النحل يصنع العسل.")] },
    ]
}

fn paragraph(text: &str) -> Block<String> {
    Block::Paragraph(Rich::from(text.to_owned()))
}

fn every_block() -> Vec<Block<String>> {
    let styled = |text: &str, spans: &[(&str, Style)]| Rich {
        text: text.to_owned(),
        spans: spans
            .iter()
            .map(|(part, style)| {
                let start = text.find(part).unwrap() as u32;
                Span { range: start..start + part.len() as u32, style: style.clone() }
            })
            .collect(),
    };
    let rich = |text: &str| Rich::from(text.to_owned());
    vec![
        Block::Paragraph(styled(
            "Rust is a red rusty oxide of iron, see 1 and copper.",
            &[
                ("red rusty oxide", Style::Strong),
                ("rusty", Style::Emphasis),
                ("1", Style::FootnoteReference("1".into())),
                ("copper", Style::Article("copper".into())),
            ],
        )),
        Block::Heading { level: 2, text: rich("On <b>rust</b>") },
        Block::List { start: None, items: vec![vec![paragraph("one")], vec![paragraph("two")]] },
        Block::List { start: Some(4), items: vec![vec![paragraph("four")]] },
        Block::Quote(vec![paragraph("Never sleeps.")]),
        Block::Code { language: None, text: "let rust = 1;".into() },
        Block::Table { head_rows: 1, rows: vec![vec![rich("metal")], vec![rich("iron")]] },
        Block::Figure {
            image: Image { path: "images/rust.jpg".into(), alt: "A gate".into(), size: Some((640, 480)) },
            caption: Some(rich("A rusty gate")),
        },
        Block::Rule,
        Block::Paragraph(styled(
            "H2O, E2, not so. End",
            &[
                ("2", Style::Subscript),
                ("not", Style::Deleted),
                ("so", Style::Code),
                (".", Style::Break),
                ("End", Style::Link("https://example.org/?a=1&b=2".into())),
            ],
        )),
        Block::Footnote { label: "1".into(), blocks: vec![paragraph("By most.")] },
    ]
}

fn edition(corpus: Corpus<'static>) -> Edition {
    Edition { articles: Articles::new(corpus), language: Language::English, shares: true, host: Host::Ours }
}

/// The page at an address.
fn page(address: &str) -> String {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| index::write(articles()));
    let corpus = Corpus::open(&BYTES, &[]).unwrap();
    let props = Props {
        edition: edition(corpus),
        kept: Kept::default(),
        name: "Metals".into(),
        route: Route::parse(address),
        memory: Memory { rows: ROWS, ..Memory::default() },
        place: "https://here.example/".into(),
        clock: Clock(|| 0.0),
        program: Program::Whole,
        outside: Outside::default(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let renderer = LocalServerRenderer::<App>::with_props(props).hydratable(false);
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

/// Fails unless the page at `address` has these pieces, one after the other.
fn check(address: &str, pieces: &[&str]) {
    let page = page(address);
    let mut rest = &*page;
    for piece in pieces {
        let Some(at) = rest.find(piece) else {
            panic!("{address:?} should have\n{piece}\nin\n{rest}");
        };
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn the_list_shows_the_facts_about_each_article() {
    check(
        "",
        &[
            r#"<form role="search""#,
            r#"<input value="" type="search""#,
            r#"aria-label="Search articles""#,
            r#"role="status" aria-atomic="true" class="unseen">3 articles</p>"#,
            r#"<ol role="list""#,
            r#"<h2 dir="ltr"><a href="?article=iron">Iron and rust</a></h2>"#,
            r#"<span><bdi>Metals Weekly</bdi></span> <time datetime="2019-03-14">14 March 2019</time>"#,
            r#"<span>1 min read</span>"#,
            r#"<a href="?article=copper">Copper</a>"#,
            r#"<span class="badge">Brief</span>"#,
            r#"lang="ar" class="row"><h2 dir="rtl"><a href="?article=nahl">النحل</a></h2><p class="facts"><span>1 min read"#,
        ],
    );
}

#[test]
fn results_have_their_matches_marked_and_keep_the_search_in_their_links() {
    check(
        "?q=copper+green",
        &[
            r#"value="copper green""#,
            r#"<a href="?q=copper+green&amp;article=copper"><mark>Copper</mark></a>"#,
            r#"<p dir="ltr" class="passage"><mark>Green</mark> with age.</p>"#,
        ],
    );
}

#[test]
fn an_article_is_shown_in_the_elements_that_its_text_means() {
    check(
        "?article=iron",
        &[
            r#"<a href="?article=iron" aria-current="true">"#,
            r#"<article class="page" aria-labelledby="explorer-heading">"#,
            r#"<h2 class="heading" id="explorer-heading" tabindex="-1">Iron and rust</h2>"#,
            r#"By A. Smith, B. Jones"#,
            r#"14 March 2019"#,
            r#"<div class="text" lang="en" dir="ltr">"#,
            r#"<p>Rust is a <strong>red <em>rusty</em> oxide</strong> of iron, see "#,
            r##"<sup><a id="reference-1" href="#note-1" role="doc-noteref">1</a></sup> and "##,
            r#"<a href="?article=copper">copper</a>.</p>"#,
            r#"<h3 id="section-1">On &lt;b&gt;rust&lt;/b&gt;</h3>"#,
            r#"<ul><li>one</li><li>two</li></ul><ol start="4"><li>four</li></ol>"#,
            r#"<blockquote><p>Never sleeps.</p></blockquote>"#,
            r#"<code>let rust = 1;</code></pre>"#,
            r#"<thead><tr><th scope="col">metal</th></tr></thead><tbody><tr><td>iron</td></tr></tbody>"#,
            r#"src="images/rust.jpg""#,
            r#"<figcaption>A rusty gate</figcaption>"#,
            r#"<hr"#,
            r#"H<sub>2</sub>O, E2, <del>not</del> <code dir="ltr">so</code>.<br"#,
            r#"<a href="https://example.org/?a=1&amp;b=2" rel="noopener">End</a>"#,
            r#"id="note-1""#,
            r##"href="#reference-1""##,
            r#"data-label="1""#,
            r#"href="https://example.org/iron""#,
            r#"<h3 id="explorer-companions">Announced with this article</h3><ul role="list"><li><a"#,
            r#"href="?article=copper" lang="en" dir="ltr">Copper</a>"#,
        ],
    );
}

#[test]
fn matches_in_the_text_are_marked_across_its_markup() {
    check(
        "?q=rusty+oxide&article=iron",
        &[
            r#"class="text""#,
            r#"<strong>red <em><mark>rusty</mark></em> <mark>oxide</mark></strong>"#,
            r#"<figcaption>A <mark>rusty</mark> gate"#,
        ],
    );
}

#[test]
fn a_brief_says_that_it_is_one_and_leads_to_its_article() {
    check(
        "?q=green&article=copper",
        &[r#"<article"#, r#"<span class="badge">Brief</span>"#, r#"It came with <a href="?q=green&amp;article=iron""#],
    );
}

#[test]
fn an_article_in_arabic_runs_from_right_to_left() {
    check("?article=nahl", &[r#"<header lang="ar" dir="rtl">"#, r#"<div class="text" lang="ar" dir="rtl">"#]);
}

#[test]
fn an_unknown_address_leads_on() {
    check(
        "?q=rust&article=gone",
        &[
            r#"<ol role="list""#,
            r#"<h2 class="heading" tabindex="-1">This article is not here</h2>"#,
            r#"<a href="?q=rust">"#,
        ],
    );
}

#[test]
fn a_search_without_results_says_so_and_helps() {
    check("?q=zzzzqqq", &[r#"Nothing found for <q dir="auto">zzzzqqq</q>"#, r#"<a href="?">Show all"#]);
}

#[test]
fn what_is_typed_is_text() {
    let page = page("?q=%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn what_can_be_done_with_an_article_stands_above_it() {
    let pieces = ["Save", "Copy link", "Cite", "Print", "Share"].map(|name| format!("{name}</button>"));
    check("?article=iron", &pieces.each_ref().map(String::as_str));
    check("?article=iron", &[r#"aria-pressed="false">Save"#]);
}

/// Everything that the page shows of an article's text, without its markup.
fn shown_text(page: &str) -> String {
    let (_, rest) = page.split_once(r#"<div class="text" lang="en" dir="ltr">"#).unwrap();
    let (text, _) = rest.split_once(r#"<p class="original">"#).unwrap();
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        shown += before;
        rest = tag.split_once('>').unwrap().1;
    }
    shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn the_text_on_the_page_is_that_by_which_passages_are_found() {
    let corpus: Vec<u8> = index::write(articles());
    let corpus = Corpus::open(corpus.leak(), &[]).unwrap();
    let articles = Articles::new(corpus);
    let whole = articles.whole(articles.find("iron").unwrap());
    assert_eq!(shown_text(&page("?article=iron")), whole);
    assert_eq!(shown_text(&page("?q=rusty+oxide&article=iron&passage=1-2-1")), whole);
}

#[test]
fn a_passage_that_the_address_names_is_shown_where_it_is() {
    let corpus = Corpus::open(index::write(articles()).leak(), &[]).unwrap();
    let articles = Articles::new(corpus);
    let text = articles.whole(articles.find("iron").unwrap());
    let start = text.find("rusty").unwrap() as u32;
    let route = Route::parse("?article=iron");
    let state = State::new(articles, Program::Whole, "".into(), Clock(|| 0.0), (ROWS, ROWS), route, Kept::default());
    let state = std::rc::Rc::new(state).reduce(Action::Select(Some(start..start + 12)));
    let address = state.link(crate::state::Form::PassageLink);
    check(
        &address.replace('?', "?q=oxide&"),
        &[
            r#"<strong>red <em><span class="cited">rusty</span></em><span class="cited"> <mark>oxide</mark></span></strong>"#,
        ],
    );
    check("?article=iron&passage=1-2-1", &["The passage that this link leads to is not in the article any more."]);
}

#[test]
fn an_article_is_read_once_it_was_open() {
    let page = page("?article=iron");
    assert!(!page.contains("<span>Read</span>"), "what is open now need not be marked");
}
