//! A publisher's own tests of the search: queries, and the articles that they must find.
//!
//! They stand in the file `search-tests.toml` of the folder of articles:
//!
//! ```toml
//! [[test]]
//! query = "huawei 5g"
//! expect = "nato-takes-huaweis-concerns"  # its slug or id
//! top = 3                                 # among the first three; 1 if it is left out
//! ```

use std::fs;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::index::Corpus;
use crate::ingest::{Position, Problem, SEARCH_TESTS, Severity};
use crate::query::parse;
use crate::search::{Options, search};

/// Runs the tests of a folder, if it has any. Each that fails is a problem, and so is what can't be read.
pub fn run(folder: &Path, corpus: &Corpus) -> Vec<Problem> {
    let file = folder.join(SEARCH_TESTS);
    let problem = |at: Position, what: String, remedy: &str| Problem {
        severity: Severity::Error,
        file: file.clone(),
        line: at.line,
        column: at.column,
        what,
        remedy: remedy.into(),
    };
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => return vec![problem(Position::START, format!("it can't be read: {error}"), "mend or delete it")],
    };
    let tests = match tests(&text) {
        Ok(tests) => tests,
        Err((at, what)) => {
            let remedy = "write each test as [[test]] with query = \"…\", expect = \"a slug\" and top = 3";
            return vec![problem(at, what, remedy)];
        }
    };
    tests.iter().filter_map(|test| Some(problem(test.at, test.lost(corpus)?, LOST))).collect()
}

const LOST: &str = "see what changed in the articles, or mend the test";

#[derive(Debug)]
struct Test {
    at: Position,
    query: String,
    expect: String,
    top: u32,
}

impl Test {
    /// What is wrong, if the article is not where it should be.
    fn lost(&self, corpus: &Corpus) -> Option<String> {
        let Test { query, expect, top, .. } = self;
        let named = |id| {
            let head = corpus.head(id);
            head.slug == expect || head.id == expect
        };
        if !corpus.ids().any(named) {
            return Some(format!("no article is called {expect:?}"));
        }
        let options = Options { limit: (*top).max(FAR), passages: 0, ..Options::default() };
        let answer = search(corpus, &parse(query, true), &options);
        match answer.hits.iter().position(|hit| named(hit.id)) {
            Some(place) if (place as u32) < *top => None,
            Some(place) => Some(format!("{query:?} finds {expect:?} at place {}, not in the first {top}", place + 1)),
            None => Some(format!("{query:?} does not find {expect:?} in the first {}", (*top).max(FAR))),
        }
    }
}

/// How far down the list an article is looked for that is not where it should be.
const FAR: u32 = 50;

fn tests(text: &str) -> Result<Vec<Test>, (Position, String)> {
    let root = DeTable::parse(text).map_err(|error| {
        let at = Position::of(text, error.span().map_or(0, |span| span.start));
        (at, format!("not TOML: {}", error.message()))
    })?;
    let mut tests = Vec::new();
    for (name, value) in root.get_ref() {
        let list = match value.get_ref() {
            DeValue::Array(list) if name.get_ref() == "test" => list,
            _ => {
                return Err((
                    Position::of(text, value.span().start),
                    format!("{:.40} is no list of tests", name.get_ref()),
                ));
            }
        };
        tests.extend(list.iter().map(|test| read(text, test)).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(tests)
}

fn read(text: &str, test: &Spanned<DeValue>) -> Result<Test, (Position, String)> {
    let at = Position::of(text, test.span().start);
    let DeValue::Table(table) = test.get_ref() else { return Err((at, "no test".into())) };
    let said = |name: &str| {
        let value = table.get(name).and_then(|value| value.get_ref().as_str());
        value.map(str::to_owned).ok_or_else(|| (at, format!("a test without {name}")))
    };
    let top = match table.get("top") {
        None => 1,
        Some(value) => {
            let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
            number.filter(|top| (1..=1000).contains(top)).ok_or((at, "top is no number from 1 to 1000".to_owned()))?
        }
    };
    Ok(Test { at, query: said("query")?, expect: said("expect")?, top })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::stem;
    use crate::ingest::read_bytes;

    #[test]
    fn a_lost_article_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let lines = "{\"id\": \"a\", \"title\": \"Stone bridge\", \"text\": \"A bridge.\"}\n\
                     {\"id\": \"b\", \"title\": \"Glass house\", \"text\": \"A house near the stone bridge.\"}\n";
        let bytes = crate::index::write(read_bytes(Path::new("a.jsonl"), lines.as_bytes()).articles);
        let corpus = Corpus::open(&bytes, &[stem::ENGLISH]).unwrap();
        let check = |tests: &str, expected: &[&str]| {
            fs::write(folder.path().join(SEARCH_TESTS), tests).unwrap();
            let found = run(folder.path(), &corpus);
            let found = found.iter().map(|problem| format!("{}: {}", problem.line, problem.what)).collect::<Vec<_>>();
            assert_eq!(found, expected, "{tests}");
        };
        assert_eq!(run(folder.path(), &corpus), []);
        check("[[test]]\nquery = \"stone bridge\"\nexpect = \"a\"\n", &[]);
        check("[[test]]\nquery = \"stone bridge\"\nexpect = \"b\"\ntop = 2\n", &[]);
        check(
            "[[test]]\nquery = \"stone bridge\"\nexpect = \"b\"\n\n[[test]]\nquery = \"glass\"\nexpect = \"a\"\ntop = 3\n",
            &[
                "1: \"stone bridge\" finds \"b\" at place 2, not in the first 1",
                "5: \"glass\" does not find \"a\" in the first 50",
            ],
        );
        check("[[test]]\nquery = \"x\"\nexpect = \"c\"\n", &["1: no article is called \"c\""]);
        check("[[test]]\nquery = \"x\"\n", &["1: a test without expect"]);
        check("[[test]]\nquery = x\n", &["2: not TOML: string values must be quoted, expected literal string"]);
        check("[[tests]]\nquery = \"x\"\n", &["1: tests is no list of tests"]);
    }
}
