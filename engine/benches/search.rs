//! What opening, building and each kind of query cost, and how that grows with the number of articles.
//!
//! `ARTICLE_EXPLORER_SEEDS=<folder> cargo bench -p engine` measures on the articles of that folder; without it on made-up
//! ones, whose words are as frequent as those of a language (Zipf's law). Times are of this machine under its load now:
//! compare within one run.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use engine::article::{Article, Block, Head};
use engine::index::{self, Corpus, Derivation, of_paragraphs, of_trees};
use engine::search::{Options, search};
use engine::{ingest, query};

/// The sizes that are measured, as far as there are articles, and then all of them.
const SIZES: [usize; 4] = [1_000, 4_000, 16_000, 64_000];

/// Titles whose beginnings are typed letter by letter.
const TYPED: usize = 40;

fn main() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let started = Instant::now();
    let articles = match std::env::var_os("ARTICLE_EXPLORER_SEEDS") {
        Some(folder) => {
            let read = ingest::read_folder(&root.join(folder), ingest::Options::default());
            read.expect("the folder of articles can be read").articles
        }
        None => (0..MADE_UP).map(made_up).collect(),
    };
    println!("reading {} articles: {:.1} ms", articles.len(), started.elapsed().as_secs_f64() * 1e3);
    let mut before: Option<(usize, Vec<Duration>)> = None;
    let smaller = SIZES.into_iter().filter(|size| *size < articles.len());
    for size in smaller.chain([articles.len()]).collect::<Vec<_>>() {
        let medians = measure(&articles[..size]);
        if let Some((fewer, times)) = &before {
            let growth = |(now, then): (&Duration, &Duration)| now.as_secs_f64() / then.as_secs_f64();
            let factors: Vec<String> = medians.iter().zip(times).map(|pair| format!("{:.1}", growth(pair))).collect();
            println!("{:.1} times the articles, p50 by kind times {}", size as f64 / *fewer as f64, factors.join(" "));
        }
        before = Some((size, medians));
    }
}

/// So many articles are made up where there is no folder of real ones.
const MADE_UP: u32 = 4_000;

/// An article of words that a generator of numbers picks (Knuth's linear congruential one): the same every time.
fn made_up(number: u32) -> Article {
    let mut state = u64::from(number) + 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    // Equally many of each order of magnitude: the nth word is about 1/n as frequent as the first.
    let mut word = || {
        let rank = 60_000f64.powf(next()) as usize;
        let syllables =
            ["ba", "ce", "dri", "fo", "gun", "ha", "kel", "mi", "nor", "pu", "ras", "ti", "vo", "wen", "zy"];
        let mut rest = rank + syllables.len();
        let mut word = String::new();
        while rest > 0 {
            word.push_str(syllables[rest % syllables.len()]);
            rest /= syllables.len();
        }
        word
    };
    let mut words = |count: u32| (0..count).map(|_| word()).collect::<Vec<_>>().join(" ");
    let head = Head {
        slug: number.to_string(),
        id: number.to_string(),
        title: words(5),
        language: Some("en".into()),
        ..Head::default()
    };
    Article { head, body: (0..4).map(|_| Block::Paragraph(words(60).into())).collect() }
}

/// Prints what there is to say; returns the median of each kind of query.
fn measure(articles: &[Article]) -> Vec<Duration> {
    let copy = articles.to_vec();
    let started = Instant::now();
    let bytes = index::write(copy);
    let built = started.elapsed();
    let started = Instant::now();
    let corpus = Corpus::open(&bytes, engine_languages()).expect("it was just written");
    let opened = started.elapsed();
    println!("\n{} articles, {} bytes: build {}, open {}", articles.len(), bytes.len(), shown(built), shown(opened));
    // Nothing where an article is too long for it.
    if let Some((stripped, plain)) = index::strip(&bytes) {
        let started = Instant::now();
        let fields = if plain { of_paragraphs } else { of_trees };
        let made = Derivation::new(Corpus::open(&stripped, &[]).expect("it was just written"), fields).finish();
        let [postings, occurrences] = made.map(|section| section.len());
        println!("postings again from the texts, {} bytes: {}", postings + occurrences, shown(started.elapsed()));
    }
    println!("{:<28} {:>9} {:>9} {:>9} {:>9}", "", "queries", "p50", "p95", "p99");
    let mut medians = Vec::new();
    for (kind, queries, unfinished) in queries(articles) {
        let mut times: Vec<Duration> = queries.iter().map(|text| fastest(&corpus, text, unfinished)).collect();
        times.sort();
        let at = |share: usize| shown(times[(times.len() * share / 100).min(times.len() - 1)]);
        medians.push(times[times.len() / 2]);
        println!("{kind:<28} {:>9} {:>9} {:>9} {:>9}", times.len(), at(50), at(95), at(99));
    }
    medians
}

/// English alone: its stemmer stands for the others' cost.
fn engine_languages() -> &'static [engine::analysis::stem::Language] {
    const ENGLISH: &[engine::analysis::stem::Language] = &[engine::analysis::stem::ENGLISH];
    ENGLISH
}

/// The best of three runs, as a machine with other work on it tells most truly.
fn fastest(corpus: &Corpus, text: &str, unfinished: bool) -> Duration {
    let options = Options { limit: 10, ..Options::default() };
    let run = |_| {
        let started = Instant::now();
        let answer = search(corpus, &query::parse(text, !unfinished), &options);
        std::hint::black_box(answer);
        started.elapsed()
    };
    (0..3).map(run).min().expect("three runs")
}

fn shown(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}

/// Each kind of query, and whether its last word is still being typed.
fn queries(articles: &[Article]) -> Vec<(&'static str, Vec<String>, bool)> {
    let step = (articles.len() / TYPED).max(1);
    let titles: Vec<Vec<&str>> = articles
        .iter()
        .step_by(step)
        .map(|article| article.head.title.split_whitespace().filter(|word| word.len() > 3).take(3).collect::<Vec<_>>())
        .filter(|words| words.len() == 3)
        .collect();
    let each = |of: &dyn Fn(&[&str]) -> String| titles.iter().map(|words| of(words)).collect::<Vec<_>>();
    let letters = ('a'..='z').map(String::from).collect();
    let typed = titles.iter().flat_map(|words| {
        let whole = words.join(" ");
        let ends: Vec<usize> = whole.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().map(move |end| whole[..end].to_owned()).collect::<Vec<_>>()
    });
    let kinds = vec![
        ("one letter", letters, true),
        ("as typed", typed.collect(), true),
        ("one word", each(&|words| words[0].to_owned()), false),
        ("three words", each(&|words| words.join(" ")), false),
        ("phrase", each(&|words| format!("\"{} {}\"", words[0], words[1])), false),
        ("nothing found", each(&|words| format!("zq{}", words[0])), false),
        ("exclusion", each(&|words| format!("{} -{}", words[0], words[1])), false),
        ("typing error", each(&|words| format!("{}x{}", &words[0][..1], words[0].get(1..).unwrap_or(""))), false),
    ];
    kinds.into_iter().filter(|(_, queries, _)| !queries.is_empty()).collect()
}
