//! What becomes of articles in each format.

use std::fs;
use std::path::{Path, PathBuf};

use engine::article::{Article, Block, Date, Head, Image, Kind, Rich, Span, Style};
use engine::ingest::{self, Dated, Ingested, Options};

/// A folder of a test's own.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        files.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let file = self.0.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn read(&self) -> Ingested {
        ingest::read_folder(self.0.path(), Options::default()).unwrap()
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name)
}

/// The article that a file of this name and text holds.
fn article(name: &str, text: &str) -> Article {
    let ingested = ingest::read_bytes(Path::new(name), text.as_bytes());
    assert_eq!(ingested.report.problems, [], "{name}: {text:.80}");
    let [article] = <[Article; 1]>::try_from(ingested.articles).expect("one article");
    article
}

/// A PNG of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

#[test]
fn the_same_article_is_the_same_in_every_format() {
    let markdown = fs::read_to_string(fixture("article.md")).unwrap();
    let body = markdown.rsplit_once("---\n\nBees").map(|(_, body)| format!("Bees{body}")).unwrap();
    let line = serde_json::json!({
        "title": "The bees of the valley", "subtitle": "A year beside the hives", "date": "2019-03-14", "updated": "2019-04",
        "authors": ["Ada Marsh", "Bo Reed"], "source": "The Gazette", "section": "Nature", "tags": ["bees", "honey"],
        "lang": "en", "summary": "Four hives and what they need.", "url": "https://example.org/bees", "markdown": body,
    });
    let page = fs::read_to_string(fixture("article.html")).unwrap();
    let files = [("a.md", markdown), ("b.html", page), ("c.jsonl", line.to_string())];
    let mut read = Vec::new();
    for (name, text) in files {
        let folder = Folder::new(&[(name, &text)]);
        // Lines of a file have no folder of their own: the picture lies beside the file.
        folder.write("hive.png", PNG);
        let mut ingested = folder.read();
        assert_eq!(ingested.report.problems, [], "{name}");
        let mut article = ingested.articles.remove(0);
        // What the file and its format are called is in these.
        article.head.slug.clear();
        article.head.id.clear();
        read.push((name, article));
    }
    for (name, article) in &read {
        assert_eq!(article.head, expected_head(), "{name}");
        assert_eq!(article.body, expected_body(), "{name}");
    }
}

fn expected_head() -> Head<String> {
    let texts = |list: &[&str]| list.iter().map(|text| text.to_string()).collect();
    Head {
        title: "The bees of the valley".into(),
        subtitle: Some("A year beside the hives".into()),
        authors: texts(&["Ada Marsh", "Bo Reed"]),
        date: Date::day(2019, 3, 14),
        updated: Date::month(2019, 4),
        source: Some("The Gazette".into()),
        section: Some("Nature".into()),
        tags: texts(&["bees", "honey"]),
        language: Some("en".into()),
        summary: Some("Four hives and what they need.".into()),
        url: Some("https://example.org/bees".into()),
        ..Head::default()
    }
}

fn expected_body() -> Vec<Block<String>> {
    let plain = |text: &str| Block::Paragraph(Rich::from(text.to_owned()));
    let code = "fn main() {\n    println!(\"bzz & <hum>\");\n}";
    vec![
        Block::Paragraph(rich(
            "Bees work hard, as hive.rs and the keeper say.[1] They never rarely rest.\nA new line begins here.",
            &[
                ("work", Style::Strong),
                ("hard", Style::Emphasis),
                ("hive.rs", Style::Code),
                ("the keeper", Style::Link("https://example.org/keeper".into())),
                ("[1]", Style::FootnoteReference("1".into())),
                ("never", Style::Deleted),
                ("\n", Style::Break),
            ],
        )),
        Block::Heading { level: 2, text: Rich::from("Through the year".to_owned()) },
        Block::List {
            start: Some(1),
            items: vec![
                vec![Block::Paragraph(rich("In spring they wake.", &[("wake", Style::Emphasis)]))],
                vec![
                    plain("In summer:"),
                    Block::List { start: None, items: vec![vec![plain("linden")], vec![plain("clover")]] },
                ],
            ],
        },
        Block::Quote(vec![plain("Honey is work."), Block::Quote(vec![plain("And patience.")])]),
        Block::Code { language: Some("rust".into()), text: code.into() },
        Block::Table {
            head_rows: 1,
            rows: vec![
                ["month", "hives"].map(|text| Rich::from(text.to_owned())).into(),
                vec![Rich::from("May".to_owned()), rich("4", &[("4", Style::Strong)])],
            ],
        },
        Block::Figure {
            image: Image {
                path: "images/cff55cc6ae3bf6d3.png".into(),
                alt: "A hive in the sun".into(),
                size: Some((1, 1)),
            },
            caption: Some(Rich::from("The oldest hive".to_owned())),
        },
        Block::Rule,
        Block::Paragraph(rich(
            "Die Bienen schlafen im Winter.",
            &[("Die Bienen schlafen im Winter.", Style::Language("de".into()))],
        )),
        Block::Paragraph(rich("H2O and x2.", &[("2", Style::Subscript), ("2.", Style::Superscript)])),
        Block::Footnote { label: "1".into(), blocks: vec![plain("Both of them, in fact.")] },
    ]
}

/// A run with styles on parts of it, each named by its text; the last full stop of a name is not part of it.
fn rich(text: &str, styles: &[(&str, Style)]) -> Rich<String> {
    let spans = styles.iter().map(|(part, style)| {
        let start = text.find(part).expect("it is a part of the text") as u32;
        let length = if text.len() > part.len() { part.strip_suffix('.').unwrap_or(part) } else { part }.len() as u32;
        Span { range: start..start + length, style: style.clone() }
    });
    Rich { text: text.to_owned(), spans: spans.collect() }
}

#[test]
fn facts_of_every_generator() {
    let check = |name: &str, text: &str, title: &str, date: Option<Date>, slug: &str| {
        let article = article(name, text);
        assert_eq!((&*article.head.title, article.head.date, &*article.head.slug), (title, date, slug), "{name}");
    };
    let day = Date::day(2019, 3, 14);
    // Hugo
    check("post/bees.md", "+++\ntitle = \"Bees\"\ndate = 2019-03-14T08:00:00Z\n+++\nText.\n", "Bees", day, "bees");
    check("post/the-bees/index.md", "---\ntitle: Bees\n---\nText.\n", "Bees", None, "the-bees");
    // Jekyll
    check("_posts/2019-03-14-the-bees.md", "---\nlayout: post\ntitle: Bees\n---\nText.\n", "Bees", day, "the-bees");
    check("_posts/2019-03-14-the-bees.html", "---\ntitle: Bees\n---\n<p>Text.</p>\n", "Bees", day, "bees");
    // Zola
    check(
        "a.md",
        "+++\ntitle = \"Bees\"\ndate = 2019-03-14\n[taxonomies]\ntags = [\"x\"]\n+++\nText.\n",
        "Bees",
        day,
        "a",
    );
    // Astro
    check("a.md", "---\ntitle: 'Bees'\npubDate: 'Mar 14 2019'\n---\nText.\n", "Bees", day, "a");
    // None of them
    check("bees.md", "# Bees\n\nText.\n", "Bees", None, "bees");
    check("the-old-bees.md", "Text.\n", "The old bees", None, "the-old-bees");
    check("a.md", "---\ntitle: Bees\nslug: Own Slug\n---\n# Bees\n\nText.\n", "Bees", None, "own-slug");
    check("a.md", "\n\n---\r\ntitle: Bees\r\n---\r\nText.\r\n", "Bees", None, "a");
}

#[test]
fn drafts_and_lists_are_left_out_and_counted() {
    let folder = Folder::new(&[
        ("a.md", "---\ntitle: A\ndraft: true\n---\nText.\n"),
        ("b.md", "---\ntitle: B\npublished: false\n---\nText.\n"),
        ("_drafts/c.md", "---\ntitle: C\n---\nText.\n"),
        ("_index.md", "---\ntitle: All\n---\n"),
        ("d.jsonl", "{\"title\": \"D\", \"draft\": true, \"text\": \"x\"}\n"),
        ("e.md", "---\ntitle: E\n---\nText.\n"),
        ("f.css", "a {}"),
    ]);
    let report = folder.read().report;
    assert_eq!((report.files, report.lines, report.articles, report.drafts, report.lists), (5, 1, 1, 4, 1));
    assert_eq!(report.other_files.get(".css"), Some(&1));
    assert_eq!(report.problems, []);
}

#[test]
fn a_title_with_a_summary_is_a_brief() {
    let brief = article("a.md", "---\ntitle: A\nsummary: Elsewhere.\nsource_url: https://example.org/a\n---\n");
    assert_eq!((brief.head.kind, brief.body.len()), (Kind::Brief, 1));
    assert_eq!(brief.head.url.as_deref(), Some("https://example.org/a"));
}

#[test]
fn a_page_without_marks_still_has_an_article() {
    let paragraph =
        "The bees of the valley, said the keeper, wake early in the year, and they look for water first of all. ";
    let text: String = (0..8).map(|_| format!("<p>{}</p>", paragraph.repeat(3))).collect();
    let links: String =
        (0..30).map(|number| format!("<li><a href='/{number}'>Another thing {number}</a></li>")).collect();
    let page = format!(
        "<html><head><title>Bees</title></head><body><div class='menu'><ul>{links}</ul></div>\
         <div class='content'><h1>Bees</h1>{text}</div><div class='sidebar'><ul>{links}</ul></div></body></html>"
    );
    let article = article("a.html", &page);
    assert_eq!((&*article.head.title, article.body.len()), ("Bees", 8));
}

#[test]
fn links_between_articles_lead_to_them() {
    let folder = Folder::new(&[
        ("posts/a.md", "# A\n[b](b.md) [c](../other/c.html#x) [d](/posts/d/) [e](https://example.org/e) [f](f.md)\n"),
        ("posts/b.md", "# B\n[a]({{< ref \"a.md\" >}}) and [old](/old/address)\n"),
        ("other/c.html", "<article><h1>C</h1><p>See <a href='../posts/2019-03-14-g'>g</a>.</p></article>"),
        ("posts/d/index.md", "---\ntitle: D\naliases: [/old/address/]\n---\nText.\n"),
        ("e.md", "---\ntitle: E\ncanonical: https://www.example.org/e/\n---\n[gone](gone.md)\n"),
        ("posts/2019-03-14-g.md", "# G\n[a](a.md)\n"),
    ]);
    let ingested = folder.read();
    let links = |title: &str| {
        let article = ingested.articles.iter().find(|article| article.head.title == title).unwrap();
        let Block::Paragraph(text) = &article.body[0] else { panic!("a paragraph") };
        text.spans
            .iter()
            .map(|span| match &span.style {
                Style::Article(slug) => slug.clone(),
                Style::Link(url) => url.clone(),
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(links("A"), ["b", "c", "d", "e"]);
    assert_eq!(links("B"), ["a", "d"]);
    assert_eq!(links("C"), ["g"]);
    // Where the article was first published, the link may lead somewhere.
    assert_eq!(links("E"), ["https://www.example.org/e/gone.md"]);
    let problems: Vec<String> = ingested
        .report
        .problems
        .iter()
        .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.what))
        .collect();
    assert_eq!(problems, ["2:80: a link to f.md, which is no article here"]);
    assert_eq!((ingested.report.links, ingested.report.broken_links), (8, 1));
}

#[test]
fn pictures_are_published_under_a_hash() {
    let folder = Folder::new(&[(
        "a/b.md",
        "# B\n![one](one.png)\n\n![two](../c/two.png)\n\n![gone](gone.png)\n\n![far](https://example.org/x.png)\n\n![fake](fake.png)\n\n![svg](s.svg \"Kept\")\n",
    )]);
    folder.write("a/one.png", PNG);
    folder.write("c/two.png", PNG);
    folder.write("a/fake.png", b"<html>");
    folder.write("a/s.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
    let ingested = folder.read();
    let pictures: Vec<_> = ingested.articles[0]
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Figure { image, .. } => Some((&*image.alt, image.size)),
            _ => None,
        })
        .collect();
    assert_eq!(pictures, [("one", Some((1, 1))), ("two", Some((1, 1)))]);
    assert_eq!(ingested.pictures.len(), 1);
    assert!(ingested.articles[0].body.contains(&Block::Paragraph(Rich::from("Kept".to_owned()))));
    let problems: Vec<&str> = ingested.report.problems.iter().map(|problem| &*problem.what).collect();
    assert_eq!(
        problems,
        [
            "the picture gone.png is not there",
            "the picture fake.png is no PNG, JPEG, GIF, WebP or AVIF",
            "the picture s.svg is no PNG, JPEG, GIF, WebP or AVIF",
        ]
    );
    assert_eq!(ingested.report.left_out.0.get("pictures on other sites"), Some(&1));
    let options = Options { remote_pictures: true, ..Options::default() };
    let remote = ingest::read_folder(folder.0.path(), options).unwrap();
    assert!(format!("{:?}", remote.articles).contains("https://example.org/x.png"));
}

#[test]
fn dates_come_from_the_best_source() {
    let check = |name: &str, text: &str, date, source: Dated| {
        let ingested = ingest::read_bytes(Path::new(name), text.as_bytes());
        assert_eq!(ingested.articles[0].head.date, date, "{name} {text}");
        assert_eq!(ingested.report.dates.into_keys().collect::<Vec<_>>(), [source], "{name} {text}");
    };
    let text = "On 14 March 2019 the bees of the valley woke up, as the keeper told us.";
    check(
        "2020-01-02-a.md",
        &format!("---\ntitle: A\ndate: 2021-05\n---\n{text}"),
        Date::month(2021, 5),
        Dated::Stated,
    );
    check("2020-01-02-a.md", &format!("---\ntitle: A\n---\n{text}"), Date::day(2020, 1, 2), Dated::Name);
    check("a.md", &format!("# A\n{text}"), Date::day(2019, 3, 14), Dated::Text);
    check("a.txt", &format!("A\n{text}"), Date::day(2019, 3, 14), Dated::Text);
    check("a.jsonl", &format!("{{\"title\": \"A\", \"text\": \"{text}\"}}"), Date::day(2019, 3, 14), Dated::Text);
    // The file says that it is not known.
    check("a.jsonl", &format!("{{\"title\": \"A\", \"date\": null, \"text\": \"{text}\"}}"), None, Dated::Unknown);
    // Below a byline and a line of place and date, but not below the lead: there it may be any day.
    check("a.txt", &format!("A\nBy Ada Bee\n{text}"), Date::day(2019, 3, 14), Dated::Text);
    check("a.txt", "A\nBy Ada Bee\nBern, 14 March 2019\nThe bees woke up.", Date::day(2019, 3, 14), Dated::Text);
    let lead = "The keeper of the bees of the valley, who never left it, has died in his house by the old mill.";
    check("a.txt", &format!("A\n{lead}\nHe was born on 5 April 1920."), None, Dated::Unknown);
    check("a.txt", "A\nNothing is said here about any time at all.", None, Dated::Unknown);
}

#[test]
fn languages_are_told_by_article_and_by_paragraph() {
    let english = "The bees of the valley wake early in the year, and they look for water first of all. \
        Most of them come from the old linden trees behind the mill, where nobody has mown the grass for years.";
    let russian = "Пчёлы долины просыпаются рано и прежде всего ищут воду, сказал нам пасечник у старого дома.";
    let article = article("a.txt", &format!("Title\n{english}\n{russian}\n"));
    assert_eq!(article.head.language.as_deref(), Some("en"));
    let [Block::Paragraph(first), Block::Paragraph(second)] = &article.body[..] else { panic!("two paragraphs") };
    assert_eq!(first.spans, []);
    assert_eq!(second.spans[0].style, Style::Language("ru".into()));
}
