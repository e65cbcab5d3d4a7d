//! Which articles are about the same, found at build time.

use std::collections::{HashMap, HashSet};

use super::{Occurrence, RELATED};

/// At most so many of an article's terms stand for it, the most telling.
const TELLING: usize = 1024;

/// In large collections fewer stand for it, so that comparing takes about as many steps at most.
const STEPS: usize = 1 << 28;

/// Terms in more than this share of the articles tell nothing about one.
const COMMON: f64 = 0.5;

/// Articles less alike than this (cosine) are not related.
const LEAST: f64 = 0.01;

/// How far apart two likenesses are at least, as they are written.
const LIKENESS_STEP: u8 = 4;

/// Candidates for copies are at least so much alike by their telling terms.
const SUSPECT: f64 = 0.7;

/// Copies share at least this part of their runs of [`SHINGLE`] words (Jaccard; after Broder, *On the resemblance and
/// containment of documents*, 1997).
const COPY: f64 = 0.7;

const SHINGLE: usize = 3;

/// Another article and how much alike they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relation {
    pub document: u32,
    /// 4 to 252 in steps of 4; 255 for copies.
    pub likeness: u8,
}

/// For each article those most like it, most alike first, at most [`RELATED`].
///
/// `postings` are the terms' articles, and `words` gives an article's terms in the order of its text.
pub fn related<'a>(
    articles: usize,
    postings: impl Iterator<Item = &'a [(u32, Occurrence)]> + Clone,
    words: &dyn Fn(u32) -> Vec<String>,
) -> Vec<Vec<Relation>> {
    let most = ((articles as f64 * COMMON) as usize).max(3);
    let mut vectors: Vec<Vec<(u32, f64)>> = vec![Vec::new(); articles];
    for (term, list) in postings.enumerate().filter(|(_, list)| (2..=most).contains(&list.len())) {
        let idf = (articles as f64 / list.len() as f64).ln();
        for (document, occurrence) in list {
            let title = if occurrence.has(Occurrence::TITLE) { 1.0 } else { 0.0 };
            let weight = idf * (1.0 + f64::from(occurrence.in_text()).max(1.0).ln() + title);
            vectors[*document as usize].push((term as u32, weight));
        }
    }
    vectors.iter_mut().for_each(|vector| vector.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))));
    let telling = telling(&vectors);
    let mut lists: HashMap<u32, Vec<(u32, f64)>> = HashMap::new();
    for (document, vector) in vectors.iter_mut().enumerate() {
        vector.truncate(telling);
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        for (term, weight) in vector {
            *weight /= length;
            lists.entry(*term).or_default().push((document as u32, *weight));
        }
    }
    let mut likeness = vec![0.0; articles];
    let mut shingled: HashMap<u32, HashSet<u64>> = HashMap::new();
    let mut all = Vec::with_capacity(articles);
    for (document, vector) in vectors.iter().enumerate() {
        let mut touched = Vec::new();
        for (term, weight) in vector {
            for (other, theirs) in &lists[term] {
                if likeness[*other as usize] == 0.0 {
                    touched.push(*other);
                }
                likeness[*other as usize] += weight * theirs;
            }
        }
        let mut alike: Vec<(u32, f64)> =
            touched.iter().map(|other| (*other, std::mem::take(&mut likeness[*other as usize]))).collect();
        alike.retain(|(other, value)| *other as usize != document && *value >= LEAST);
        alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        alike.truncate(RELATED);
        let relations = alike.into_iter().map(|(other, value)| {
            let copy = value >= SUSPECT && {
                for id in [document as u32, other] {
                    shingled.entry(id).or_insert_with(|| shingles(&words(id)));
                }
                resemblance(&shingled[&(document as u32)], &shingled[&other]) >= COPY
            };
            Relation { document: other, likeness: if copy { 255 } else { in_steps(value) } }
        });
        all.push(relations.collect());
    }
    all
}

/// A likeness up to 1 as it is written. In steps it weighs an eighth less, compressed, and ranks as well.
fn in_steps(value: f64) -> u8 {
    (value * 254.0).clamp(f64::from(LIKENESS_STEP), 254.0) as u8 / LIKENESS_STEP * LIKENESS_STEP
}

/// How many terms stand for an article, given all of them, most telling first: each is compared with those of the other
/// articles that have it.
fn telling(vectors: &[Vec<(u32, f64)>]) -> usize {
    let steps = |telling: usize| {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        vectors
            .iter()
            .flat_map(|v| v.iter().take(telling))
            .for_each(|(term, _)| *counts.entry(*term).or_default() += 1);
        counts.values().map(|count| count * count).sum::<usize>()
    };
    let mut telling = TELLING;
    while telling > 16 && steps(telling) > STEPS {
        telling /= 2;
    }
    telling
}

fn shingles(words: &[String]) -> HashSet<u64> {
    let windows = words.windows(SHINGLE.min(words.len().max(1)));
    windows.map(|window| xxhash_rust::xxh64::xxh64(window.join(" ").as_bytes(), 0)).collect()
}

fn resemblance(a: &HashSet<u64>, b: &HashSet<u64>) -> f64 {
    let shared = a.intersection(b).count();
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}
