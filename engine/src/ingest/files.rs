//! The files of a folder: which there are, what is in them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::problem::{Fault, Position, Problem};

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Listing {
    /// Article files, sorted, with their size in bytes.
    pub files: Vec<(PathBuf, u64)>,
    pub folders: Vec<PathBuf>,
    /// Files that are no articles, by the end of their names.
    pub others: BTreeMap<String, u32>,
    pub problems: Vec<Problem>,
}

/// Lists a folder and the folders in it. What begins with a dot is skipped.
pub fn list(folder: &Path) -> io::Result<Listing> {
    fs::read_dir(folder)?;
    let mut listing = Listing::default();
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().max_depth(DEEPEST);
    let walk = walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let file = error.path().unwrap_or(folder).to_owned();
                let fault = match error.loop_ancestor() {
                    Some(_) => Fault::error(Position::START, "a link to a folder that it lies in", "delete the link"),
                    None => unreadable(error.io_error()),
                };
                listing.problems.push(fault.of(file));
                continue;
            }
        };
        let path = entry.path();
        if path.to_string_lossy().contains(char::is_control) {
            let fault = Fault::error(Position::START, "a name with control characters", "rename it");
            listing.problems.push(fault.of(path));
        } else if entry.file_type().is_dir() {
            listing.folders.push(path.to_owned());
        } else if Format::of(path).is_some() {
            match entry.metadata() {
                Ok(metadata) if metadata.is_file() => listing.files.push((path.to_owned(), metadata.len())),
                Ok(_) => {
                    let remedy = "replace it by an ordinary file";
                    listing
                        .problems
                        .push(Fault::error(Position::START, "no file but a device or a pipe", remedy).of(path));
                }
                Err(error) => listing.problems.push(unreadable(error.io_error()).of(path)),
            }
        } else if path.file_name().is_none_or(|name| name != super::SEARCH_TESTS && name != super::SITE) {
            let end = path.extension().map_or("no ending".into(), |end| format!(".{}", end.to_string_lossy()));
            *listing.others.entry(end).or_default() += 1;
        }
    }
    listing.files.sort();
    Ok(listing)
}

/// Folders in folders that are looked into.
const DEEPEST: usize = 64;

fn unreadable(error: Option<&io::Error>) -> Fault {
    let why = error.map_or("it can't be read".into(), |error| format!("it can't be read: {error}"));
    Fault::error(Position::START, why, "allow reading it, or take it out of the folder")
}

/// The problem of a file that can't be read.
pub fn fault(error: &io::Error) -> Fault {
    unreadable(Some(error))
}

/// What a file's name says about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
}

impl Format {
    pub fn of(file: &Path) -> Option<Format> {
        match &*unpacked_name(file).extension()?.to_str()?.to_ascii_lowercase() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "jsonl" | "ndjson" => Some(Format::JsonLines),
            _ => None,
        }
    }
}

/// The name of what is in a compressed file.
fn unpacked_name(file: &Path) -> PathBuf {
    match packed(file) {
        Some(_) => file.with_extension(""),
        None => file.to_owned(),
    }
}

fn packed(file: &Path) -> Option<&str> {
    file.extension().and_then(|extension| extension.to_str()).filter(|extension| matches!(*extension, "gz" | "xz"))
}

/// KiB that unpacking may take; the largest dictionary that `xz -9` makes is 64 MiB.
const UNPACKING: u32 = 128 << 10;

/// The content of a file, unpacked. `content` is what lies on the disk.
pub fn unpacked<'c>(file: &Path, content: impl Read + 'c) -> Box<dyn Read + 'c> {
    match packed(file) {
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(content))),
        Some(_) => Box::new(lzma_rust2::XzReader::new_mem_limit(BufReader::new(content), true, UNPACKING)),
        None => Box::new(content),
    }
}

/// Opens a file on the disk.
pub fn open(file: &Path) -> io::Result<File> {
    File::open(file)
}
