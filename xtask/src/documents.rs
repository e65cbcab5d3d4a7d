//! What the documents say is held to the project: the commands in them, and the reasons for dependencies.

use crate::{Arguments, project};
use clap::Parser;
use std::{collections::BTreeSet, fs};

const DOCUMENTS: [&str; 5] =
    ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/deploy.md", "docs/examples/github-pages.yml"];

fn read(name: &str) -> String {
    fs::read_to_string(project::root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What follows `cargo xtask` in a document, as far as the code it stands in goes.
fn jobs(text: &str) -> Vec<Vec<String>> {
    let commands = text.split("cargo xtask ").skip(1);
    let code = commands.map(|rest| rest.split(['`', '\n', '#', '|']).next().unwrap_or_default());
    code.map(words).collect()
}

/// What stands between double quotes is one word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        let quoted = at % 2 == 1;
        words.extend(if quoted { vec![part] } else { part.split_whitespace().collect() });
    }
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_job_that_a_document_names_is_one() {
    let mut count = 0;
    for document in DOCUMENTS {
        for job in jobs(&read(document)) {
            let arguments = ["cargo xtask"].into_iter().chain(job.iter().map(String::as_str));
            if let Err(error) = Arguments::try_parse_from(arguments) {
                let help = [clap::error::ErrorKind::DisplayHelp, clap::error::ErrorKind::DisplayVersion];
                assert!(help.contains(&error.kind()), "{document}: `cargo xtask {}`: {error}", job.join(" "));
            }
            count += 1;
        }
    }
    assert!(count > 15, "{count} commands are too few to be all");
    assert_eq!(
        jobs("`cargo xtask build --single-file` and\ncargo xtask test\n"),
        [vec!["build", "--single-file"], vec!["test"]]
    );
    assert!(Arguments::try_parse_from(["cargo xtask", "biuld"]).is_err());
}

#[test]
fn every_file_that_a_document_leads_to_is_there() {
    for document in ["README.md", "CONTRIBUTING.md", "docs/deploy.md"] {
        let text = read(document);
        let folder = project::root().join(document);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let inside = !target.contains("://") && !target.starts_with('#');
            let path = folder.with_file_name(target.split('#').next().unwrap_or_default());
            assert!(!inside || path.exists(), "{document} leads to {target}, which is not there");
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let architecture = read("ARCHITECTURE.md");
    let (_, reasons) = architecture.split_once("## Dependencies").expect("a section of that name");
    let known: BTreeSet<_> = reasons.split('`').skip(1).step_by(2).collect();
    let mut named = 0;
    for manifest in ["Cargo.toml", "engine/Cargo.toml", "xtask/Cargo.toml", "fuzz/Cargo.toml"] {
        let table: toml::Table = read(manifest).parse().expect("a manifest is TOML");
        let targets = table.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
        let tables = targets.filter_map(toml::Value::as_table).chain([&table]);
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        for dependencies in tables.flat_map(|table| kinds.map(|kind| table.get(kind))).flatten() {
            for name in dependencies.as_table().expect("a table of dependencies").keys() {
                assert!(name == "engine" || known.contains(name.as_str()), "{manifest}: {name} has no reason");
                named += 1;
            }
        }
    }
    assert!(named > 40, "{named} dependencies are too few to be all");
}

/// `file::name_of_the_test`, or how that begins, followed by three points in one.
#[test]
fn every_test_that_a_table_names_is_there() {
    let mut count = 0;
    for document in ["tests/README.md", "tests/host/README.md"] {
        for quoted in read(document).split('`').skip(1).step_by(2) {
            let Some((file, name)) = quoted.split_once("::").filter(|(file, _)| !file.is_empty()) else { continue };
            let tests = if file == "index" { "engine/src/index/tests.rs".into() } else { format!("tests/{file}.rs") };
            let begins = name.trim_end_matches('…');
            let end = if begins == name { "(" } else { "" };
            let there = read(&tests).contains(&format!("fn {begins}{end}"));
            assert!(there, "{document} names {quoted}, which is not there");
            count += 1;
        }
    }
    assert!(count > 60, "{count} tests are too few to be all");
}
