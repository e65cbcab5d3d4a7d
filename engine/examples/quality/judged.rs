//! A judged collection: a folder with `docs.jsonl`, `queries.jsonl` and `qrels.tsv`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use engine::analysis::stem;
use engine::index::{Corpus, write};
use engine::ingest;
use engine::query::parse;
use engine::search::{Options, search};

use super::metrics::{Grades, Quality};

/// Queries with their judgments.
pub struct Judged {
    pub queries: Vec<(String, String)>,
    pub grades: HashMap<String, Grades>,
}

/// Reads the queries and judgments of a collection.
pub fn read(folder: &Path) -> Result<Judged, String> {
    let text = |name: &str| {
        let file = folder.join(name);
        fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    };
    let mut queries = Vec::new();
    for (index, line) in text("queries.jsonl")?.lines().enumerate() {
        let query: serde_json::Value =
            serde_json::from_str(line).map_err(|error| format!("queries.jsonl:{}: {error}", index + 1))?;
        let field = |name: &str| query[name].as_str().map(str::to_owned);
        let (Some(id), Some(text)) = (field("id"), field("text")) else {
            return Err(format!("queries.jsonl:{}: no id or no text", index + 1));
        };
        queries.push((id, text));
    }
    let mut grades: HashMap<String, Grades> = HashMap::new();
    for (index, line) in text("qrels.tsv")?.lines().enumerate() {
        let fields: Vec<&str> = line.split('\t').collect();
        // TREC's own files have a column between.
        let ([query, document, grade] | [query, _, document, grade]) = fields[..] else {
            return Err(format!("qrels.tsv:{}: expected query, article and grade", index + 1));
        };
        let grade = grade.parse().map_err(|_| format!("qrels.tsv:{}: {grade:?} is no grade", index + 1))?;
        grades.entry(query.to_owned()).or_default().insert(document.to_owned(), grade);
    }
    Ok(Judged { queries, grades })
}

/// Builds the corpus of a collection.
pub fn corpus(folder: &Path) -> Result<Corpus<'static>, String> {
    let docs = ["docs.jsonl", "docs.jsonl.gz"].map(|name| folder.join(name)).into_iter().find(|file| file.exists());
    let docs = docs.ok_or_else(|| format!("{}: no docs.jsonl", folder.display()))?;
    let ingested = ingest::read_file(&docs).map_err(|error| format!("{}: {error}", docs.display()))?;
    let mut languages: Vec<_> = ingested.articles.iter().filter_map(|a| a.head.language.as_deref()).collect();
    languages.sort_unstable();
    let mut known: Vec<_> = languages.into_iter().filter_map(stem::named).map(|(_, language)| language).collect();
    known.dedup_by_key(|language| language.tag);
    let bytes: &'static [u8] = write(ingested.articles).leak();
    Corpus::open(bytes, known.leak()).map_err(|error| error.to_string())
}

/// The ids of the best hundred, as a reader finds them who has finished typing.
pub fn run(corpus: &Corpus, query: &str) -> Vec<String> {
    let options = Options { limit: 100, passages: 0, ..Options::default() };
    let answer = search(corpus, &parse(query, true), &options);
    answer.hits.iter().map(|hit| corpus.head(hit.id).id.to_owned()).collect()
}

/// Quality over all judged queries, each changed by `edit` before it is asked.
pub fn measure(corpus: &Corpus, judged: &Judged, mut edit: impl FnMut(&str) -> String) -> Quality {
    let mut quality = Quality::default();
    for (id, text) in &judged.queries {
        if let Some(grades) = judged.grades.get(id) {
            quality.add(&run(corpus, &edit(text)), grades);
        }
    }
    quality
}
