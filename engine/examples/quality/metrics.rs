//! Measures of ranking as trec_eval defines them (<https://github.com/usnistgov/trec_eval>).

use std::collections::HashMap;

/// Grades of judged articles by their ids; what is not judged counts 0.
pub type Grades = HashMap<String, f64>;

/// Means over queries, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quality {
    pub queries: usize,
    /// Normalised discounted cumulative gain of the first ten, gain as graded.
    pub ndcg: f64,
    /// Mean average precision over the first hundred.
    pub map: f64,
    /// Reciprocal rank of the first relevant article among ten.
    pub mrr: f64,
    /// Share of the relevant articles among the first hundred.
    pub recall: f64,
}

impl Quality {
    /// Adds one query: the ids of its hits, best first, and its grades.
    pub fn add(&mut self, hits: &[String], grades: &Grades) {
        let grade = |id: &String| grades.get(id).copied().unwrap_or(0.0).max(0.0);
        let gain = |(rank, grade): (usize, f64)| grade / (rank as f64 + 2.0).log2();
        let mut ideal: Vec<f64> = grades.values().copied().filter(|grade| *grade > 0.0).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let relevant = ideal.len().max(1) as f64;
        let best: f64 = ideal.into_iter().take(10).enumerate().map(gain).sum();
        let reached: f64 = hits.iter().take(10).map(grade).enumerate().map(gain).sum();
        let found: Vec<usize> = (0..hits.len().min(100)).filter(|rank| grade(&hits[*rank]) > 0.0).collect();
        let precisions = found.iter().enumerate().map(|(before, rank)| (before + 1) as f64 / (rank + 1) as f64);
        self.queries += 1;
        let share = 1.0 / self.queries as f64;
        let mean = |mean: &mut f64, value: f64| *mean += (value - *mean) * share;
        mean(&mut self.ndcg, if best > 0.0 { reached / best } else { 0.0 });
        mean(&mut self.map, precisions.sum::<f64>() / relevant);
        mean(&mut self.mrr, found.first().filter(|rank| **rank < 10).map_or(0.0, |rank| 1.0 / (rank + 1) as f64));
        mean(&mut self.recall, found.len() as f64 / relevant);
    }
}
