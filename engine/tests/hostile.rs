//! Files that were made to do harm, or were never articles: each ends in an error or an article, soon and in little memory.

#[path = "support/payloads.rs"]
mod payloads;
#[path = "support/tree.rs"]
mod tree;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use engine::article::Article;
use engine::ingest::{self, Ingested, Options};

/// Far more than any of them takes, far less than one that hangs; the tests' own parsers are not optimised.
const SOON: Duration = Duration::from_secs(60);

fn read(name: &str, bytes: &[u8]) -> Ingested {
    let start = Instant::now();
    let ingested = ingest::read_bytes(Path::new(name), bytes);
    assert!(start.elapsed() < SOON, "{name} took {:?}", start.elapsed());
    ingested.articles.iter().for_each(tree::check);
    let report = &ingested.report;
    assert!(
        !report.problems.is_empty() || !ingested.articles.is_empty() || report.drafts + report.lists > 0,
        "{name} is lost"
    );
    assert_eq!(
        report.files + report.lines,
        report.articles + report.briefs - report.teasers + report.drafts + report.lists + report.failed,
        "{name} does not add up"
    );
    ingested
}

#[test]
fn hostile_texts_end_in_an_error_or_an_article() {
    let long = "word ".repeat(200_000);
    let deep = |open: &str, count: usize| open.repeat(count);
    let numbered =
        |pattern: &str, count: usize| (0..count).map(|n| pattern.replace('#', &n.to_string())).collect::<String>();
    let texts: Vec<(&str, String)> = vec![
        ("empty", String::new()),
        ("blank", " \n\t\n\n".into()),
        ("nul", "Title\nTe\0xt\n".into()),
        ("controls", (0..32u8).map(char::from).filter(|c| *c != '\0').collect::<String>() + "\nText\u{1E}more\n"),
        ("byte order marks", "\u{FEFF}\u{FEFF}# Title\nText\n".into()),
        ("right to left", "# \u{202E}eltiT\n\u{202E}txeT \u{2066}x\n".into()),
        ("combining", format!("# T\ne{}\n", "\u{301}".repeat(100_000))),
        ("long title", format!("# {long}\nText\n")),
        ("long line", format!("T\n{long}\n")),
        ("many lines", format!("T\n{}", "x\n".repeat(300_000))),
        ("nested quotes", format!("# T\n{} x\n", deep(">", 10_000))),
        ("nested lists", format!("# T\n{}x\n", deep("- ", 5_000))),
        ("stairs of lists", "# T\n".to_owned() + &(0..300).map(|n| format!("{}- x\n", " ".repeat(n * 2))).collect::<String>()),
        ("unclosed fence", "# T\n```rust\ncode\n".into()),
        ("fences in fences", format!("# T\n{}", "````\n```\n".repeat(20_000))),
        ("emphasis", format!("# T\n{}\n", deep("*a **b ", 20_000))),
        ("underscores", format!("# T\n{}\n", deep("_", 50_000))),
        ("brackets", format!("# T\n{}\n", deep("[", 50_000))),
        ("links in links", format!("# T\n{}x{}\n", deep("[", 5_000), "](y)".repeat(5_000))),
        ("images in images", format!("# T\n{}x{}\n", deep("![", 5_000), "](y)".repeat(5_000))),
        ("backticks", format!("# T\n{}\n", (1..700).map(|n| "`".repeat(n) + " ").collect::<String>())),
        ("unclosed comment", "# T\n<!-- x\nText\n".into()),
        ("comments", format!("# T\n{}\n", deep("<!--", 30_000))),
        ("declarations", format!("# T\na {}\n", deep("<!A ", 30_000))),
        ("sections", format!("# T\na {}\n", deep("<![CDATA[", 30_000))),
        ("instructions", format!("# T\na {}\n", deep("<?", 30_000))),
        ("tables", format!("# T\n|a|b|\n|-|-|\n{}", deep("|x|y|\n", 20_000))),
        ("wide table", format!("# T\n|{}\n|{}\n|{}\n", deep("a|", 5_000), deep("-|", 5_000), deep("x|", 5_000))),
        ("footnotes", format!("# T\n{}\n", numbered("[^#] ", 2_000) + &numbered("\n\n[^#]: x [^#]", 2_000))),
        ("footnote in itself", "# T\n[^a]\n\n[^a]: x [^a]\n".into()),
        ("definitions", format!("# T\n{}{}\n", numbered("[a#]: /x\n", 10_000), numbered("[a#] ", 10_000))),
        ("entities", format!("# T\n{}\n", deep("&amp;&lt;&#x41;&CounterClockwiseContourIntegral;", 20_000))),
        ("bad entities", "# T\n&#0;&#x110000;&#xD800;&nosuch; x\n".into()),
        ("divs", format!("# T\n\n{}x\n", deep("<div>", 50_000))),
        ("spans", format!("# T\n\n{}x\n", deep("<span>", 50_000))),
        ("closing tags", format!("# T\n\n{}{}\n", deep("<i>", 400), deep("</span>", 50_000))),
        ("formatting", format!("# T\n\n<p>{}{}\n", numbered("<font size=#>", 450), deep("<p>x", 50_000))),
        ("adoption", format!("# T\n\n{}\n", deep("<a><b><div></a>", 10_000))),
        ("tables in tables", format!("# T\n\n{}x\n", deep("<table><tr><td>", 160))),
        ("table rubbish", format!("# T\n\n<table>{}x\n", deep("x<tr>y<b>", 10_000))),
        ("selects", format!("# T\n\n{}x\n", deep("<select><option>", 10_000))),
        ("templates", format!("# T\n\n{}x\n", deep("<template>", 10_000))),
        ("forms", format!("# T\n\n{}x\n", deep("<form><p>", 10_000))),
        ("attributes", format!("# T\n\n<p{}>x</p>\n", numbered(" a#=1", 40_000))),
        ("attribute", format!("# T\n\n<p a=\"{long}\">x</p>\n")),
        ("doctypes", format!("# T\n\n{}x\n", deep("<!DOCTYPE x>", 10_000))),
        ("html in html", format!("# T\n\n{}x\n", numbered("<html a#=1><body b#=2>", 10_000))),
        ("plaintext", "# T\n\n<plaintext>Text\n".into()),
        ("textarea", "# T\n\n<textarea>Text\n".into()),
        ("script without end", "# T\n\n<script>Text\n".into()),
        ("svg", format!("# T\n\n{}x\n", deep("<svg><foreignObject><p>", 150))),
        ("math", format!("# T\n\n{}x\n", deep("<math><mi><p>", 150))),
        ("colspan", format!("# T\n\n<table>{}</table>\n", deep("<tr><td colspan=1000000>x<td>y", 2_000))),
        ("list start", "# T\n\n<ol start=99999999999999999999><li>x</ol>\n<ol start=-5><li>y</ol>\n".into()),
        ("front matter without end", "---\ntitle: T\n".into()),
        ("front matter alone", "---\n---".into()),
        ("front matter list", "---\n- a\n---\nx\n".into()),
        ("front matter text", "---\njust text\n---\nx\n".into()),
        ("front matter tabs", "---\ntitle:\tT\n\tdate: x\n---\nx\n".into()),
        ("yaml anchors", format!("---\na: &a [x,x]\n{}---\nx\n", (0..60).map(|n| format!("b{n}: &b{n} [*{0}, *{0}]\n", if n == 0 { "a".into() } else { format!("b{}", n - 1) })).collect::<String>())),
        ("yaml loop", "---\na: &a [*a]\n---\n# T\nx\n".into()),
        ("yaml unknown anchor", "---\na: *b\n---\n# T\nx\n".into()),
        ("yaml depth", format!("---\na: {}\n---\nx\n", deep("[", 20_000))),
        ("yaml braces", format!("---\na: {}\n---\nx\n", deep("{a: ", 20_000))),
        ("yaml tags", "---\ntitle: !!binary SGVsbG8=\nx: !ruby/object:Gem {}\n---\nx\n".into()),
        ("yaml documents", format!("---\ntitle: T\n{}---\nx\n", "...\n---\na: b\n".repeat(1_000))),
        ("yaml names", format!("---\ntitle: T\n{}---\nx\n", numbered("a#: b\n", 10_000))),
        ("yaml complex names", "---\n? [a, b]\n: c\n? {x: y}\n: z\ntitle: T\n---\nx\n".into()),
        ("yaml large", format!("---\ntitle: {long}\n---\nx\n")),
        ("yaml strange facts", "---\ntitle: [a, [b]]\ndate: {}\ntags: {a: b}\nauthors: [[[c]]]\nslug: []\ndraft: [true]\n---\n# T\nx\n".into()),
        ("toml depth", format!("+++\na = {}\n+++\nx\n", deep("[", 20_000))),
        ("toml tables", format!("+++\n{}+++\n# T\nx\n", numbered("[a#]\nx=1\n", 10_000))),
        ("toml dots", format!("+++\n{}a = 1\n+++\n# T\nx\n", deep("a.", 5_000))),
        ("toml numbers", "+++\na = 99999999999999999999999\nb = 1e999\ndate = 0000-00-00\n+++\n# T\nx\n".into()),
        ("shortcodes", format!("# T\n{}\n", deep("{{< a {{% b {% c ", 20_000))),
        ("shortcode quotes", format!("# T\n{{{{< img src=\"a\" alt='{} >}}}}\n", deep("\"'", 1_000))),
        ("shortcode markup", "# T\n{{< img src=\"x\\\" onerror=alert(1)\" alt=\"<script>\" >}} {{< ref \"javascript:alert(1)\" >}}\n".into()),
        ("teasers", format!("T\nx\n{}", "More from X\n-\na\nb\n".repeat(20_000))),
        ("dashes", format!("T\nx\nMore from X\n{}", "-\n".repeat(50_000))),
        ("years", format!("T\n{}\n", deep("2019 ", 100_000))),
        ("dates", "T\nOn 99 March 9999999999, 00.00.0000, 2019年99月99日 and 2019-02-30.\n".into()),
        ("url", "---\ntitle: T\nurl: http://[::1\ncanonical: javascript:alert(1)\n---\n[x](http://) [y](https://a:99999999/) [z](//)\n".into()),
        ("paths", "# T\n[a](../../../../etc/passwd) ![b](/etc/passwd) ![c](file:///etc/passwd) [d](%00%ff) ![e](\\\\host\\x)\n".into()),
        ("html of nothing", "<html></html>".into()),
        ("html title alone", "<title>T</title>".into()),
        ("json-ld bomb", format!("<script type='application/ld+json'>{}</script><article><h1>T</h1><p>x</article>", deep("[", 100_000))),
        ("json-ld lies", "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": {\"a\": [1]}, \"datePublished\": 7, \"author\": 9}</script><article><h1>T</h1><p>x</article>".into()),
        ("meta lies", "<meta property='article:published_time' content='yesterday'><meta name=author content=''><link rel=canonical href='javascript:x'><article><h1>T</h1><p>x</article>".into()),
        ("articles in articles", format!("{}<h1>T</h1>x", deep("<article>", 300))),
        ("asides in asides", format!("<main><h1>T</h1>x{}", deep("<aside><a href=/>y</a>", 240))),
        ("figures in figures", format!("<h1>T</h1>x{}", deep("<figure><figcaption>y", 200))),
        ("notes in notes", format!("<h1>T</h1>x<a href='#n1'>1</a>{}", numbered("<div class=footnotes><li id=n#>y", 200))),
        ("json array", "[{\"title\": \"T\", \"text\": \"x\"}]".into()),
        ("json depth", format!("{{\"title\": \"T\", \"text\": \"x\", \"a\": {}", deep("[", 200_000))),
        ("json numbers", "{\"title\": 1e999, \"text\": \"x\"}\n{\"title\": \"T\", \"id\": 1e308, \"text\": \"x\"}\n".into()),
        ("json surrogates", "{\"title\": \"\\ud800\", \"text\": \"x\"}\n{\"title\": \"\\u0000T\", \"text\": \"\\u001e\"}\n".into()),
        ("json names", format!("{{\"title\": \"T\", \"title\": \"U\", \"text\": \"x\"{}}}", numbered(", \"a#\": 1", 20_000))),
        ("json values", format!("{{\"title\": \"T\", \"text\": \"x\", \"a\": [{}0]}}", deep("0,", 200_000))),
        ("json wrong kinds", "{\"title\": [\"T\"], \"text\": \"x\"}\n{\"title\": \"T\", \"text\": [\"x\"]}\n{\"title\": \"T\", \"tags\": 5, \"date\": [], \"text\": \"x\"}\n".into()),
        ("json same id", "{\"id\": 1, \"title\": \"T\", \"text\": \"x\"}\n".repeat(2_000)),
    ];
    assert!(texts.len() >= 100, "{}", texts.len());
    for (what, text) in &texts {
        for name in ["a.txt", "a.md", "a.html", "a.jsonl"] {
            // Each in the formats that it may fool; all of them in Markdown and HTML.
            if name.ends_with(".jsonl") && !(what.starts_with("json") || text.len() < 10_000) {
                continue;
            }
            let start = Instant::now();
            read(name, text.as_bytes());
            if start.elapsed() > Duration::from_secs(2) {
                println!("{what} as {name}: {:.1?}", start.elapsed());
            }
        }
    }
}

#[test]
fn hostile_bytes_end_in_an_error() {
    let packed = |bytes: &[u8]| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let bomb = packed(&vec![b'x'; 100 << 20]);
    let spaces = packed(&vec![b'\n'; 100 << 20]);
    let mut cut = packed(b"Title\nText.\n".repeat(1000).as_slice());
    cut.truncate(cut.len() / 2);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("latin.md", b"# Caf\xE9\nText\n".to_vec()),
        ("broken.txt", b"T\n\xC3\x28\xF0\x90\x28\xBC\n".to_vec()),
        ("utf16.txt", b"\xFF\xFET\0\n\0x\0\n\0".to_vec()),
        ("picture.txt", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("archive.md", b"PK\x03\x04".to_vec()),
        ("long.txt", vec![b'x'; 50 << 20]),
        ("long.jsonl", vec![b'x'; 50 << 20]),
        ("long.md.gz", bomb.clone()),
        ("long.jsonl.gz", bomb),
        ("not.txt.gz", b"Title\nText\n".to_vec()),
        ("not.jsonl.xz", b"{}\n".to_vec()),
        ("cut.txt.gz", cut),
        // A dictionary of 4 GiB.
        ("large.txt.xz", b"\xFD7zXZ\0\0\x04\xE6\xD6\xB4F\x02\0!\x01\x28\0\0\0".to_vec()),
    ];
    for (name, bytes) in files {
        let ingested = read(name, &bytes);
        assert!(ingested.articles.is_empty() && !ingested.report.problems.is_empty(), "{name}");
    }
    // Empty lines are nothing, however many.
    let start = Instant::now();
    let ingested = ingest::read_bytes(Path::new("blank.jsonl.gz"), &spaces);
    assert!(ingested.articles.is_empty() && start.elapsed() < SOON);
}

#[test]
#[cfg(unix)]
fn hostile_folders_end_in_an_error_or_an_article() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("a/b")).unwrap();
    fs::write(at("a/good.txt"), "Title\nText.\n").unwrap();
    symlink(folder.path(), at("a/b/loop")).unwrap();
    symlink(at("nowhere.txt"), at("dangling.txt")).unwrap();
    symlink(at("self.md"), at("self.md")).unwrap();
    symlink("/dev/zero", at("zero.txt")).unwrap();
    fs::create_dir(at("folder.txt")).unwrap();
    fs::write(at("a\ncargo::warning=b.txt"), "Title\nText.\n").unwrap();
    fs::create_dir(at(".hidden")).unwrap();
    fs::write(at(".hidden/a.txt"), "").unwrap();
    let ingested = ingest::read_folder(folder.path(), Options::default()).unwrap();
    assert_eq!(ingested.articles.len(), 1);
    let mut named: Vec<String> = ingested
        .report
        .problems
        .iter()
        .map(|problem| problem.file.strip_prefix(folder.path()).unwrap().display().to_string())
        .collect();
    named.sort();
    assert_eq!(named, ["a\ncargo::warning=b.txt", "a/b/loop", "dangling.txt", "self.md", "zero.txt"]);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(ingest::read_folder(empty.path(), Options::default()).unwrap().report.problems.len(), 1);
    assert!(ingest::read_folder(&at("a/good.txt"), Options::default()).is_err());
}

#[test]
fn scripts_cannot_get_into_the_tree() {
    for payload in payloads::ALL {
        for (name, text) in payloads::files(payload) {
            let ingested = read(name, text.as_bytes());
            ingested.articles.iter().for_each(|article| check_links(article, payload));
        }
    }
}

/// Whatever the tree holds as text is shown as text; what leads anywhere may lead to the web alone.
fn check_links(article: &Article, payload: &str) {
    let shown = format!("{article:?}");
    let mut rest = &*shown;
    while let Some(at) = rest.find("Link(\"") {
        rest = &rest[at + 6..];
        let harmless = ["http://", "https://", "mailto:"].iter().any(|scheme| rest.starts_with(scheme));
        assert!(harmless, "{payload} became {rest:.60}");
    }
}
