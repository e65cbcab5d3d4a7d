//! How well the search ranks: judged collections, typing errors, articles that somebody knows and looks for.

mod collection;
mod judged;
mod known;
mod metrics;
mod typo;

use anyhow::{Result, ensure};
use clap::Args;
use collection::Collection;
use judged::Judged;
use metrics::{Known, Quality};
use std::path::PathBuf;

#[derive(Args)]
pub struct Options {
    /// Folders with docs.jsonl (an article a line), queries.jsonl ({"id", "text"} a line) and qrels.tsv (query id,
    /// article id, grade, by tabs)
    #[arg(required = true)]
    collections: Vec<PathBuf>,
    /// Also ask every query with one typing error in its longest word
    #[arg(long)]
    typos: bool,
    /// Also look for up to 200 articles of each language by the rarest words of their titles; needs no judgments
    #[arg(long)]
    known_items: bool,
    /// Also print the nDCG@10 of every query
    #[arg(long)]
    each: bool,
}

/// `cargo xtask quality`
pub fn run(options: Options) -> Result<()> {
    for folder in &options.collections {
        let collection = Collection::read(folder)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let judged = Judged::read(folder)?;
        ensure!(
            judged.is_some() || options.known_items,
            "{}: no queries.jsonl with qrels.tsv; without them there is only --known-items",
            folder.display()
        );
        if let Some(judged) = &judged {
            print_judged(&name, &collection, judged, &options);
        }
        if options.known_items {
            print_known(&name, &collection);
        }
    }
    Ok(())
}

fn print_judged(name: &str, collection: &Collection, judged: &Judged, options: &Options) {
    if options.each {
        for (query, quality) in judged.each(collection) {
            println!("{:>8.4}  {query}", quality.ndcg);
        }
    }
    println!("{:<28} {:>7} {:>8} {:>8} {:>8} {:>8}", "", "queries", "nDCG@10", "MAP", "MRR@10", "R@100");
    let line = |name: &str, quality: Quality| {
        let Quality { queries, ndcg, map, mrr, recall } = quality;
        println!("{name:<28} {queries:>7} {ndcg:>8.4} {map:>8.4} {mrr:>8.4} {recall:>8.4}");
    };
    line(name, judged.measure(collection));
    if options.typos {
        line(&format!("{name}, one typo"), judged.with_typos().measure(collection));
    }
}

fn print_known(name: &str, collection: &Collection) {
    println!("{:<28} {:>7} {:>8} {:>8} {:>8}", "", "items", "MRR", "first", "in ten");
    let line = |name: &str, known: Known| {
        let Known { items, mrr, first, in_ten } = known;
        println!("{name:<28} {items:>7} {mrr:>8.4} {first:>8.4} {in_ten:>8.4}");
    };
    for (language, items) in known::items(collection) {
        let name = format!("{name}, known, {language}");
        line(&name, known::measure(collection, &items, true));
        let typos = known::with_typos(&items);
        line("  with one typo", known::measure(collection, &typos, true));
        let cut = known::cut_short(&items);
        line("  the last word unfinished", known::measure(collection, &cut, false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    /// Just below what was measured when the ranking was last changed.
    const NDCG: f64 = 0.965;
    const MRR: f64 = 0.97;
    const WITH_TYPOS: f64 = 0.9;

    #[test]
    fn the_ranking_holds_its_floor() {
        let folder = project::root().join("engine/tests/fixtures/judged");
        let collection = Collection::read(&folder).unwrap();
        let judged = Judged::read(&folder).unwrap().unwrap();
        let quality = judged.measure(&collection);
        assert_eq!(quality.queries, 22);
        assert!(quality.ndcg >= NDCG, "nDCG@10 fell to {:.4}", quality.ndcg);
        assert!(quality.mrr >= MRR, "MRR@10 fell to {:.4}", quality.mrr);
        let typos = judged.with_typos().measure(&collection);
        assert!(typos.ndcg >= WITH_TYPOS * quality.ndcg, "with typos nDCG@10 is {:.4}", typos.ndcg);
    }

    #[test]
    fn articles_are_found_by_their_titles() {
        let collection = Collection::read(&project::root().join("engine/tests/fixtures/judged")).unwrap();
        let items = known::items(&collection);
        assert_eq!(items.len(), 1, "one language");
        assert_eq!(known::measure(&collection, &items[0].1, true).first, 1.0);
    }
}
