//! The articles of a collection, indexed as for a site.

use anyhow::{Context, Result, bail};
use engine::analysis::stem;
use engine::index::{Corpus, write};
use engine::ingest;
use engine::query::parse;
use engine::search::{Options, search};
use std::path::Path;

pub struct Collection {
    pub corpus: Corpus<'static>,
}

impl Collection {
    /// Reads `docs.jsonl` of a folder, or its compressed form.
    pub fn read(folder: &Path) -> Result<Collection> {
        let names = ["docs.jsonl", "docs.jsonl.gz", "docs.jsonl.xz"].map(|name| folder.join(name));
        let Some(docs) = names.into_iter().find(|file| file.exists()) else {
            bail!("{}: no docs.jsonl", folder.display());
        };
        let ingested = ingest::read_file(&docs).with_context(|| docs.display().to_string())?;
        for problem in &ingested.report.problems {
            eprintln!("{problem}");
        }
        let mut tags: Vec<&str> = ingested.articles.iter().filter_map(|a| a.head.language.as_deref()).collect();
        tags.sort_unstable();
        let mut known: Vec<_> = tags.into_iter().filter_map(stem::named).map(|(_, language)| language).collect();
        known.dedup_by_key(|language| language.tag);
        // For the whole run, which is short.
        let bytes: &'static [u8] = write(ingested.articles).leak();
        Ok(Collection { corpus: Corpus::open(bytes, known.leak())? })
    }

    /// The ids of the best hundred, as a reader finds them who has `finished` typing or not.
    pub fn run(&self, query: &str, finished: bool) -> Vec<String> {
        let options = Options { limit: 100, passages: 0, ..Options::default() };
        let answer = search(&self.corpus, &parse(query, finished), &options);
        answer.hits.iter().map(|hit| self.corpus.head(hit.id).id.to_owned()).collect()
    }
}
