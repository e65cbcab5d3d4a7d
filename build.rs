//! The seeds into one corpus that `src/corpus.rs` embeds, and the list of the stemmers that its languages need; the
//! English texts of the page without their names.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use engine::analysis::stem;
use engine::{index, ingest};

fn main() {
    println!("cargo::rerun-if-env-changed=ARTICLE_EXPLORER_SEEDS");
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let folder = root.join(env::var_os("ARTICLE_EXPLORER_SEEDS").unwrap_or_else(|| "seeds".into()));
    let ingested = ingest::read_folder(&folder).unwrap_or_else(|error| {
        fail(&[format!("{}:1: {error}; name a folder of articles in ARTICLE_EXPLORER_SEEDS", shown(&folder, &root))])
    });
    for input in &ingested.inputs {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    if !ingested.problems.is_empty() {
        let lines = ingested.problems.into_iter().map(|mut problem| {
            problem.file = shown(&problem.file, &root).into();
            problem.to_string()
        });
        fail(&lines.collect::<Vec<_>>());
    }
    let mut languages: Vec<_> = ingested.articles.iter().filter_map(|a| a.head.language.as_deref()).collect();
    languages.sort_unstable();
    let mut stemmers: Vec<_> = languages.into_iter().filter_map(stem::named).map(|(constant, _)| constant).collect();
    stemmers.dedup();
    let stemmers = stemmers.iter().map(|constant| format!("engine::analysis::stem::{constant}")).collect::<Vec<_>>();

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    write(&out.join("corpus.bin"), &index::write(ingested.articles));
    write(&out.join("stemmers.rs"), format!("&[{}]", stemmers.join(", ")).as_bytes());
    write(&out.join("english.txt"), unnamed(&root.join("static/words/en.txt")).as_bytes());
}

/// The lines `name = text` of a file as `= text`: names are for people, and would be sent to every reader.
fn unnamed(file: &Path) -> String {
    println!("cargo::rerun-if-changed={}", file.display());
    let text = fs::read_to_string(file).unwrap_or_else(|error| fail(&[format!("{}: {error}", file.display())]));
    text.lines().filter_map(|line| line.split_once(" = ")).map(|(_, text)| format!("= {text}\n")).collect()
}

/// A path as its reader knows it: from the project's root where it is inside.
fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

fn write(file: &Path, bytes: &[u8]) {
    fs::write(file, bytes).unwrap_or_else(|error| fail(&[format!("{}: {error}", file.display())]));
}

/// Ends the build; cargo shows each line as an error of this package.
fn fail(lines: &[String]) -> ! {
    lines.iter().for_each(|line| println!("cargo::error={line}"));
    process::exit(1);
}
