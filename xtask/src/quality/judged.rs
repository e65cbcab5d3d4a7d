//! Queries of which people have judged the answers.

use super::collection::Collection;
use super::metrics::{Grades, Quality};
use super::typo::Typist;
use anyhow::{Context, Result, bail};
use std::{collections::HashMap, fs, path::Path};

/// Queries with their judgments.
pub struct Judged {
    /// Id and text.
    queries: Vec<(String, String)>,
    /// By the ids of the queries.
    grades: HashMap<String, Grades>,
}

impl Judged {
    /// Reads `queries.jsonl` and `qrels.tsv` of a folder; `None` if it has neither.
    pub fn read(folder: &Path) -> Result<Option<Judged>> {
        let [queries, grades] = ["queries.jsonl", "qrels.tsv"].map(|name| folder.join(name));
        if !queries.exists() && !grades.exists() {
            return Ok(None);
        }
        let text = |file: &Path| fs::read_to_string(file).with_context(|| file.display().to_string());
        Ok(Some(Judged {
            queries: read_queries(&text(&queries)?).with_context(|| queries.display().to_string())?,
            grades: read_grades(&text(&grades)?).with_context(|| grades.display().to_string())?,
        }))
    }

    /// The same queries, each with one typing error in its longest word.
    pub fn with_typos(&self) -> Judged {
        let mut typist = Typist::default();
        let queries = self.queries.iter().map(|(id, text)| (id.clone(), typist.typed(text)));
        Judged { queries: queries.collect(), grades: self.grades.clone() }
    }

    /// Quality over all queries that have judgments.
    pub fn measure(&self, collection: &Collection) -> Quality {
        let mut quality = Quality::default();
        for (id, text) in &self.queries {
            if let Some(grades) = self.grades.get(id) {
                quality.add(&collection.run(text, true), grades);
            }
        }
        quality
    }

    /// The text of each query that has judgments, and its own quality.
    pub fn each(&self, collection: &Collection) -> Vec<(String, Quality)> {
        let judged = self.queries.iter().filter_map(|(id, text)| Some((text, self.grades.get(id)?)));
        let of_one = |(text, grades): (&String, &Grades)| {
            let mut quality = Quality::default();
            quality.add(&collection.run(text, true), grades);
            (text.clone(), quality)
        };
        judged.map(of_one).collect()
    }
}

fn read_queries(text: &str) -> Result<Vec<(String, String)>> {
    let mut queries = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let query: serde_json::Value = serde_json::from_str(line).with_context(|| format!("line {}", index + 1))?;
        let (Some(id), Some(text)) = (query["id"].as_str(), query["text"].as_str()) else {
            bail!("line {}: expected {{\"id\": \"…\", \"text\": \"…\"}}", index + 1);
        };
        queries.push((id.to_owned(), text.to_owned()));
    }
    Ok(queries)
}

fn read_grades(text: &str) -> Result<HashMap<String, Grades>> {
    let mut grades: HashMap<String, Grades> = HashMap::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        // TREC's own files have a column between.
        let ([query, article, grade] | [query, _, article, grade]) = fields[..] else {
            bail!("line {}: expected query, article and grade, by tabs", index + 1);
        };
        let grade = grade.parse().with_context(|| format!("line {}: {grade:?} is no grade", index + 1))?;
        grades.entry(query.to_owned()).or_default().insert(article.to_owned(), grade);
    }
    Ok(grades)
}
