//! What every parser's target does with its bytes.

use std::path::Path;

use engine::ingest;

#[path = "../../engine/tests/support/tree.rs"]
mod tree;

/// Reads a file of that name; every article of it keeps the tree's rules, and everything in it is accounted for.
pub fn read(name: &str, bytes: &[u8]) {
    let ingested = ingest::read_bytes(Path::new(name), bytes);
    ingested.articles.iter().for_each(tree::check);
    let report = ingested.report;
    assert_eq!(
        report.files + report.lines,
        report.articles + report.briefs - report.teasers + report.drafts + report.lists + report.failed
    );
    _ = report.to_string();
}
