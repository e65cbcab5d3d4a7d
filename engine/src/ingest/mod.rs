//! Files of a folder into articles, at build time. Nothing is dropped silently: what can't be read is a [`Problem`], what
//! is left out is counted in the [`Report`].
//!
//! A file becomes [`entry::Content`] by itself, whatever other files there are, so that it need not be read again while
//! it does not change; then the articles get their slugs, and their links and pictures are settled.

mod address;
mod cache;
mod corpus;
mod date;
mod encoding;
mod entry;
mod facts;
mod files;
mod html;
mod images;
mod jsonl;
mod language;
mod left_out;
mod links;
mod markdown;
mod months;
mod name;
mod problem;
mod read;
mod report;
mod shortcode;
mod slug;
mod text;
mod value;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use entry::Dated;
pub use left_out::LeftOut;
pub use problem::{Position, Problem, Severity};
pub use report::{Duplicate, Large, Report};

use crate::article::Article;
use cache::Cache;
use corpus::Sources;

/// The file of a folder that holds its search tests, see [`crate::search_tests`].
pub const SEARCH_TESTS: &str = "search-tests.toml";

/// The file of a folder that holds the facts about the site; no article either.
pub const SITE: &str = "site.toml";

/// How a folder is read.
#[derive(Default)]
pub struct Options<'o> {
    /// Where to keep what files were read as, so that only changed ones are read again.
    pub cache: Option<&'o Path>,
    /// Whether articles may show pictures that lie on other sites. Their readers' browsers would ask these for them.
    pub remote_pictures: bool,
    /// Told now and then how far it is.
    pub progress: Option<&'o mut dyn FnMut(Progress)>,
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub articles: u64,
    /// Of the files as they lie on the disk.
    pub bytes: u64,
    pub all_bytes: u64,
}

/// Everything that was read from a folder.
#[derive(Debug, Default)]
pub struct Ingested {
    /// In the order of their files' paths; an article comes before the briefs it came with.
    pub articles: Vec<Article>,
    /// The files that belong into the site, by their path below its root, with where they lie.
    pub pictures: BTreeMap<String, PathBuf>,
    /// Has the problems, errors first, then in the order of the files.
    pub report: Report,
    /// Each folder and file that was looked at: when one changes, the answer does.
    pub inputs: Vec<PathBuf>,
}

/// Reads every article file in `folder` and the folders in it.
///
/// Problems with single files are collected; the error is for a folder that can't be read at all.
pub fn read_folder(folder: &Path, mut options: Options) -> io::Result<Ingested> {
    let listing = files::list(folder)?;
    let mut cache = Cache::open(options.cache);
    let mut sources = Sources::new(Some(folder));
    let mut progress = Progress { all_bytes: listing.files.iter().map(|(_, size)| size).sum(), ..Progress::default() };
    let mut tell = |progress: Progress| {
        if let Some(tell) = &mut options.progress {
            tell(progress);
        }
    };
    for (file, size) in &listing.files {
        let content = read::file(file, &below(folder, file), &mut cache, &mut |read, articles| {
            tell(Progress { bytes: progress.bytes + read, articles: progress.articles + articles, ..progress });
        });
        progress.bytes += size;
        progress.articles += content.entries.len() as u64;
        tell(progress);
        sources.add(file, content);
    }
    cache.tidy();
    let mut ingested = sources.settle(options.remote_pictures);
    ingested.inputs = listing.folders;
    ingested.inputs.extend(listing.files.into_iter().map(|(file, _)| file));
    ingested.inputs.extend(ingested.pictures.values().cloned());
    ingested.report.other_files = listing.others;
    ingested.report.problems.extend(listing.problems);
    if ingested.articles.is_empty() && ingested.report.problems.is_empty() {
        ingested.report.problems.push(Problem {
            severity: Severity::Error,
            file: folder.into(),
            line: 1,
            column: 1,
            what: "no articles in this folder".into(),
            remedy: "put .txt, .md, .html or .jsonl files there, or name another folder in ARTICLE_EXPLORER_SEEDS"
                .into(),
        });
    }
    ingested.report.sort_problems();
    Ok(ingested)
}

/// Reads one article file, of any format, compressed or not.
///
/// # Errors
/// If the file can't be opened.
pub fn read_file(file: &Path) -> io::Result<Ingested> {
    files::open(file)?;
    let mut sources = Sources::new(None);
    let name = file.file_name().unwrap_or_default();
    sources.add(file, read::file(file, Path::new(name), &mut Cache::open(None), &mut |_, _| {}));
    let mut ingested = sources.settle(false);
    ingested.inputs.push(file.into());
    ingested.report.sort_problems();
    Ok(ingested)
}

/// Reads what a file called `name` would hold.
pub fn read_bytes(name: &Path, bytes: &[u8]) -> Ingested {
    let mut sources = Sources::new(None);
    sources.add(name, read::bytes(name, bytes));
    let mut ingested = sources.settle(false);
    ingested.report.sort_problems();
    ingested
}

fn below(folder: &Path, file: &Path) -> PathBuf {
    file.strip_prefix(folder).unwrap_or(file).to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn problems(folder: &Path) -> Vec<String> {
        let ingested = read_folder(folder, Options::default()).unwrap();
        let shown = |problem: &Problem| problem.to_string().replace(&format!("{}/", folder.display()), "");
        ingested.report.problems.iter().map(shown).collect()
    }

    #[test]
    fn every_problem_of_a_folder_is_named_in_one_go() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("a-links.md", b"# A\nSee [b](b.md).\n");
        write("b-empty.txt", b"");
        write("c-latin1.txt", b"Title\nCaf\xE9\n");
        write("d-good.txt", b"Title\nText.\n");
        write("e-teaser.txt", b"Title\nText.\nMore from Here\n-\nOnly a title\n");
        write("f-untitled.txt", b"\nText.\n");
        write("g-date.md", b"---\ntitle: G\ndate: Mrach 14\n---\nText.\n");
        let expected = [
            "b-empty.txt:1:1: the file is empty; write a title on its first line, then the text, or delete it",
            "c-latin1.txt:2:4: not UTF-8 but probably windows-1252; convert it: \
             iconv -f windows-1252 -t UTF-8 'c-latin1.txt' > copy, then put the copy in its place",
            "e-teaser.txt:5:1: a teaser without a summary; write its summary on the next line, or delete it",
            "f-untitled.txt:1:1: no title; write the title on the first line",
            "g-date.md:3:7: a date like 2019-03-14 was expected, not \"Mrach 14\"; \
             write dates as 2019-03-14, 2019-03 or 2019, or leave them out where unknown",
            "a-links.md:2:9: a link to b.md, which is no article here; correct it, or write the whole address with https://",
        ];
        assert_eq!(problems(folder.path()), expected);
    }

    #[test]
    fn a_folder_without_articles_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(problems(folder.path()).len(), 1);
        assert!(read_folder(&folder.path().join("missing"), Options::default()).is_err());
    }

    #[test]
    fn only_changed_files_are_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = tempfile::tempdir().unwrap();
        let read = || {
            let options = Options { cache: Some(cache.path()), ..Options::default() };
            read_folder(folder.path(), options).unwrap()
        };
        let kept =
            || fs::read_dir(fs::read_dir(cache.path()).unwrap().next().unwrap().unwrap().path()).unwrap().count();
        fs::write(folder.path().join("a.md"), "# A\nText of a.\n").unwrap();
        fs::write(folder.path().join("b.jsonl"), "{\"title\": \"B\", \"text\": \"Text.\"}\n").unwrap();
        let first = read();
        assert_eq!(kept(), 2);
        // What the cache says is believed, which shows that the file was not read.
        let entries = fs::read_dir(cache.path()).unwrap().next().unwrap().unwrap().path();
        for entry in fs::read_dir(&entries).unwrap() {
            let entry = entry.unwrap().path();
            let text = fs::read_to_string(&entry).unwrap();
            fs::write(&entry, text.replace("Text of a.", "Cached.")).unwrap();
        }
        assert!(format!("{:?}", read().articles).contains("Cached."));
        fs::write(folder.path().join("a.md"), "# A\nText of a!\n").unwrap();
        let changed = format!("{:?}", read().articles);
        assert!(changed.contains("Text of a!") && !changed.contains("Cached."));
        assert_eq!(kept(), 2);
        // A damaged cache is no cache.
        for entry in fs::read_dir(&entries).unwrap() {
            fs::write(entry.unwrap().path(), "{").unwrap();
        }
        fs::write(folder.path().join("a.md"), "# A\nText of a.\n").unwrap();
        assert_eq!(read().articles, first.articles);
    }
}
