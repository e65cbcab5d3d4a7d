//! The floor under the ranking: a small judged collection of the tests' own.

#[path = "../examples/quality/judged.rs"]
mod judged;
#[path = "../examples/quality/metrics.rs"]
mod metrics;

use std::path::Path;

use metrics::{Grades, Quality};

#[test]
fn the_ranking_holds_its_floor() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/judged");
    let judged = judged::read(&folder).unwrap();
    let corpus = judged::corpus(&folder).unwrap();
    let quality = judged::measure(&corpus, &judged, str::to_owned);
    assert_eq!(quality.queries, 22);
    assert!(quality.ndcg >= NDCG, "nDCG@10 fell to {:.4}", quality.ndcg);
    assert!(quality.mrr >= MRR, "MRR@10 fell to {:.4}", quality.mrr);
}

/// Just below what was measured when the ranking was last changed.
const NDCG: f64 = 0.965;
const MRR: f64 = 0.97;

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
