//! Files of a folder into articles, at build time. Nothing is dropped silently: what can't be read is a [`Problem`].

mod date;
mod jsonl;
mod language;
mod seed;
mod slug;

use std::fmt;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::article::Article;

/// Everything that was read from a folder.
#[derive(Debug, Default)]
pub struct Ingested {
    /// In the order of their files' paths; an article comes before the briefs it came with.
    pub articles: Vec<Article>,
    /// Everything that is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// Each folder and file that was looked at: when one changes, the answer does.
    pub inputs: Vec<PathBuf>,
}

/// What is wrong with a file, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: PathBuf,
    /// From 1.
    pub line: u32,
    /// In bytes, from 1.
    pub column: u32,
    /// One clause, without a full stop.
    pub what: String,
    /// What its writer can do about it, one clause.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}:{}: {}; {}", self.file.display(), self.line, self.column, self.what, self.remedy)
    }
}

/// Reads every article file in `folder` and the folders in it.
///
/// Problems with single files are collected; the error is for a folder that can't be read at all.
pub fn read_folder(folder: &Path) -> io::Result<Ingested> {
    let mut ingested = Ingested::default();
    let mut files = Vec::new();
    list(folder, &mut files, &mut ingested.inputs)?;
    files.sort();
    for file in files {
        read_any(&file, &mut ingested)?;
    }
    slug::make_unique(&mut ingested.articles);
    if ingested.articles.is_empty() && ingested.problems.is_empty() {
        ingested.problems.push(Problem {
            file: folder.into(),
            line: 1,
            column: 1,
            what: "no article files in this folder".into(),
            remedy: "put .txt or .jsonl files there, or name another folder in ARTICLE_EXPLORER_SEEDS".into(),
        });
    }
    Ok(ingested)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>, inputs: &mut Vec<PathBuf>) -> io::Result<()> {
    inputs.push(folder.into());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files, inputs)?;
        } else if Format::of(&path).is_some() {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads one article file, of any format, compressed or not.
pub fn read_file(file: &Path) -> io::Result<Ingested> {
    let mut ingested = Ingested::default();
    read_any(file, &mut ingested)?;
    slug::make_unique(&mut ingested.articles);
    Ok(ingested)
}

/// What a file's name says about its content.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    JsonLines,
}

impl Format {
    fn of(file: &Path) -> Option<Format> {
        match unpacked_name(file).extension()?.to_str()? {
            "txt" => Some(Format::Text),
            "jsonl" => Some(Format::JsonLines),
            _ => None,
        }
    }
}

/// The name of what is in a compressed file.
fn unpacked_name(file: &Path) -> PathBuf {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("gz" | "xz") => file.with_extension(""),
        _ => file.to_owned(),
    }
}

/// The content of a file, uncompressed.
fn open(file: &Path) -> io::Result<Box<dyn Read>> {
    let content = fs::File::open(file)?;
    Ok(match file.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(content)),
        Some("xz") => Box::new(lzma_rust2::XzReader::new(BufReader::new(content), true)),
        _ => Box::new(content),
    })
}

fn read_any(file: &Path, ingested: &mut Ingested) -> io::Result<()> {
    match Format::of(file) {
        Some(Format::JsonLines) => read_lines(file, ingested),
        _ => read_text(file, ingested),
    }
}

fn read_lines(file: &Path, ingested: &mut Ingested) -> io::Result<()> {
    ingested.inputs.push(file.into());
    let mut content = BufReader::with_capacity(1 << 16, open(file)?);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if content.by_ref().take(jsonl::LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let problem = |column: usize, what: String, remedy: &str| Problem {
            file: file.into(),
            line: number,
            column: column as u32,
            what,
            remedy: remedy.into(),
        };
        if line.len() > jsonl::LONGEST_LINE {
            let what = format!("a line of more than {} MiB", jsonl::LONGEST_LINE >> 20);
            ingested.problems.push(problem(1, what, "divide it; each line is one article"));
            break;
        }
        let Ok(text) = std::str::from_utf8(&line) else {
            ingested.problems.push(problem(1, "not UTF-8".into(), "save the file as UTF-8"));
            continue;
        };
        let text = text.trim_start_matches('\u{FEFF}').trim();
        if text.is_empty() {
            continue;
        }
        match jsonl::parse(text) {
            Ok(article) => ingested.articles.push(article),
            Err(fault) => ingested.problems.push(problem(fault.column, fault.what, fault.remedy)),
        }
    }
    Ok(())
}

fn read_text(file: &Path, ingested: &mut Ingested) -> io::Result<()> {
    ingested.inputs.push(file.into());
    let mut bytes = Vec::new();
    open(file)?.read_to_end(&mut bytes)?;
    let problem = |line: usize, what: &str, remedy: &str| Problem {
        file: file.into(),
        line: line as u32,
        column: 1,
        what: what.into(),
        remedy: remedy.into(),
    };
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.trim_start_matches('\u{FEFF}'),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            ingested.problems.push(problem(line, "not UTF-8", "save the file as UTF-8"));
            return Ok(());
        }
    };
    let name = unpacked_name(file);
    let name = name.file_stem().unwrap_or_default().to_string_lossy();
    match seed::parse(&name, text) {
        Ok(articles) => ingested.articles.extend(articles),
        Err(faults) => {
            ingested.problems.extend(faults.into_iter().map(|(line, what, remedy)| problem(line, what, remedy)))
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_a_folder_is_named_in_one_go() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("a-empty.txt", b"");
        write("b-latin1.txt", b"Title\nCaf\xE9\n");
        write("c-good.txt", b"Title\nText.\n");
        write("d-teaser.txt", b"Title\nText.\nMore from Here\n-\nOnly a title\n");
        write("e-untitled.txt", b"\nText.\n");
        let ingested = read_folder(folder.path()).unwrap();
        let problems: Vec<String> = ingested
            .problems
            .iter()
            .map(|problem| problem.to_string().replace(&format!("{}/", folder.path().display()), ""))
            .collect();
        assert_eq!(
            problems,
            [
                "a-empty.txt:1:1: the file is empty; write a title on its first line, then the text, or delete it",
                "b-latin1.txt:2:1: not UTF-8; save the file as UTF-8",
                "d-teaser.txt:5:1: a teaser without a summary; write its summary on the next line, or delete it",
                "e-untitled.txt:1:1: no title; write the title on the first line",
            ]
        );
        assert_eq!(ingested.articles.len(), 1);
    }

    #[test]
    fn a_folder_without_articles_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let ingested = read_folder(folder.path()).unwrap();
        assert_eq!(ingested.problems.len(), 1);
        assert!(read_folder(&folder.path().join("missing")).is_err());
    }
}
