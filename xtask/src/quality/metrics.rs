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

/// How well known items are found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    pub items: usize,
    /// Mean reciprocal rank among the first hundred.
    pub mrr: f64,
    /// Share of the items that come first.
    pub first: f64,
    /// Share of the items among the first ten.
    pub in_ten: f64,
}

impl Known {
    /// Adds one item: how many hits are before it, if it is among them.
    pub fn add(&mut self, before: Option<usize>) {
        self.items += 1;
        let share = 1.0 / self.items as f64;
        let mean = |mean: &mut f64, value: f64| *mean += (value - *mean) * share;
        mean(&mut self.mrr, before.map_or(0.0, |before| 1.0 / (before + 1) as f64));
        mean(&mut self.first, f64::from(before == Some(0)));
        mean(&mut self.in_ten, f64::from(before.is_some_and(|before| before < 10)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_trec_eval() {
        // Worked by hand: gains 0, 3, 1 against the ideal 3, 1.
        let grades: Grades = [("a".to_owned(), 3.0), ("b".to_owned(), 1.0), ("c".to_owned(), 0.0)].into();
        let mut quality = Quality::default();
        quality.add(&["x".to_owned(), "a".to_owned(), "b".to_owned()], &grades);
        let log = |rank: f64| rank.log2();
        let expected = (3.0 / log(3.0) + 1.0 / log(4.0)) / (3.0 / log(2.0) + 1.0 / log(3.0));
        assert!((quality.ndcg - expected).abs() < 1e-12);
        assert!((quality.map - (0.5 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        assert_eq!((quality.mrr, quality.recall), (0.5, 1.0));
    }

    #[test]
    fn known_items_count_by_their_place() {
        let mut known = Known::default();
        [Some(0), Some(3), Some(11), None].into_iter().for_each(|before| known.add(before));
        assert!((known.mrr - (1.0 + 0.25 + 1.0 / 12.0) / 4.0).abs() < 1e-12);
        assert_eq!((known.items, known.first, known.in_ten), (4, 0.25, 0.5));
    }
}
