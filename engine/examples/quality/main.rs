//! Prints how well the search ranks judged collections: `cargo xtask quality <folder>…`.
//!
//! A collection is a folder with `docs.jsonl` (an article a line), `queries.jsonl` (`{"id", "text"}` a line) and
//! `qrels.tsv` (query id, article id, grade, by tabs).

mod judged;
mod metrics;

use std::path::Path;
use std::process::ExitCode;

use metrics::Quality;

fn main() -> ExitCode {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    if folders.is_empty() {
        eprintln!("name a folder with docs.jsonl, queries.jsonl and qrels.tsv");
        return ExitCode::FAILURE;
    }
    println!("{:<24} {:>7} {:>8} {:>8} {:>8} {:>8}", "collection", "queries", "nDCG@10", "MAP", "MRR@10", "R@100");
    for folder in &folders {
        if let Err(error) = print(Path::new(folder)) {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn print(folder: &Path) -> Result<(), String> {
    let judged = judged::read(folder)?;
    let corpus = judged::corpus(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    line(&name, judged::measure(&corpus, &judged, str::to_owned));
    let mut seed = 7;
    line(&format!("{name}, one typo"), judged::measure(&corpus, &judged, |query| typo(query, &mut seed)));
    Ok(())
}

fn line(name: &str, quality: Quality) {
    let Quality { queries, ndcg, map, mrr, recall } = quality;
    println!("{name:<24} {queries:>7} {ndcg:>8.4} {map:>8.4} {mrr:>8.4} {recall:>8.4}");
}

/// The query with one edit in its longest word: a letter left out, added, changed, or two exchanged.
fn typo(query: &str, seed: &mut u64) -> String {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
    let Some(word) = query.split(' ').max_by_key(letters).filter(|word| letters(word) >= 4) else {
        return query.to_owned();
    };
    let mut random = |below: usize| {
        // Xorshift (Marsaglia, 2003): the same typos every time.
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        (*seed >> 11) as usize % below
    };
    let mut characters: Vec<char> = word.chars().collect();
    let at = 1 + random(characters.len() - 2);
    let letter = char::from(b'a' + random(26) as u8);
    match random(4) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, letter),
        2 => characters[at] = letter,
        _ => characters.swap(at, at + 1),
    }
    query.replacen(word, &characters.into_iter().collect::<String>(), 1)
}
