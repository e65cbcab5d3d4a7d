//! What the site weighs, file by file, and what of it a reader fetches before the first search.

mod attribution;

pub use attribution::run;

use crate::finish::REST;
use anyhow::{Context, Result, ensure};
use brotli::enc::{BrotliEncoderParams, backward_references::BrotliEncoderMode};
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// The most that everything a reader fetches to have the list and the search may come to, compressed.
const BUDGET: u64 = 109_600;

/// What scripts name, and fetch when it is needed or when the page is ready.
const LATER: [&str; 4] = [REST, "reading.css", "offline.js", "service-worker.js"];

/// What a page names in its head for readers of feeds, for search and for installing it; reading it fetches none of them.
const FOR_OTHERS: [&str; 4] = ["feed.json", "feed.xml", "manifest.webmanifest", "opensearch.xml"];

/// Prints the table of the site in `folder`.
pub fn print(folder: &Path) -> Result<()> {
    let weights = weights(folder)?;
    println!("\n{:<46} {:>11} {:>11}", "", "bytes", "brotli");
    for file in &weights {
        let mark = match file.fetched {
            _ if file.name.ends_with(REST) => "  fetched with the first article or sheet",
            true => "",
            false => "  not fetched at the start",
        };
        println!("{:<46} {:>11} {:>11}{mark}", file.name, grouped(file.raw), grouped(file.brotli));
    }
    let mut of_one = [0, 0];
    for file in files(folder)? {
        if of_one_article(&below(folder, &file)?) {
            of_one = [of_one[0] + 1, of_one[1] + fs::metadata(file)?.len()];
        }
    }
    let title = format!("{} files of single articles", grouped(of_one[0]));
    println!("{title:<46} {:>11} {:>11}  not fetched at the start", grouped(of_one[1]), "");
    let [raw, brotli] = fetched(&weights);
    println!("{:<46} {:>11} {:>11}", "a reader fetches to be ready", grouped(raw), grouped(brotli));
    Ok(())
}

/// What a reader of the site in `folder` fetches to have the list and the search: bytes, and those compressed.
pub fn to_be_ready(folder: &Path) -> Result<[u64; 2]> {
    Ok(fetched(&weights(folder)?))
}

/// Fails if a reader of the site in `folder` has to fetch more than the budget.
pub fn hold_budget(folder: &Path) -> Result<()> {
    let [_, brotli] = to_be_ready(folder)?;
    ensure!(brotli <= BUDGET, "the site weighs {} bytes, but may only weigh {}", grouped(brotli), grouped(BUDGET));
    Ok(())
}

/// The bytes of everything below `folder`.
pub fn of(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for file in files(folder)? {
        bytes += fs::metadata(file)?.len();
    }
    Ok(bytes)
}

/// Every file below `folder`, sorted.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file of a site is there for one article, or some: its page, its description, its picture, its text. There may
/// be thousands.
pub fn of_one_article(name: &str) -> bool {
    ["articles/", "oembed/", "images/", "texts/"].iter().any(|folder| name.starts_with(folder))
}

/// The name of a file in a site.
pub fn below(folder: &Path, file: &Path) -> Result<String> {
    Ok(file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/"))
}

struct Weight {
    name: String,
    raw: u64,
    brotli: u64,
    fetched: bool,
}

fn weights(folder: &Path) -> Result<Vec<Weight>> {
    let mut contents = Vec::new();
    for path in files(folder)? {
        let name = below(folder, &path)?;
        // The same once more, packed; and pages of the list, of which a reader fetches the one that is opened.
        let packed = [".br", ".gz"].iter().any(|end| name.ends_with(end));
        if !packed && !of_one_article(&name) && !name.ends_with("/index.html") {
            contents.push((name, fs::read(&path)?));
        }
    }
    let fetched = reached_from("index.html", &contents);
    let weigh = |(name, bytes): &(String, Vec<u8>)| Weight {
        name: name.clone(),
        raw: bytes.len() as u64,
        // As it was packed for servers, if it was.
        brotli: fs::metadata(folder.join(format!("{name}.br")))
            .map_or_else(|_| compressed(bytes), |packed| packed.len()),
        fetched: fetched.contains(name),
    };
    Ok(contents.iter().map(weigh).collect())
}

fn fetched(weights: &[Weight]) -> [u64; 2] {
    let fetched = || weights.iter().filter(|file| file.fetched);
    [fetched().map(|file| file.raw).sum(), fetched().map(|file| file.brotli).sum()]
}

/// The names of the files that `start` leads to: those it names, those that they name, and so on.
fn reached_from<'a>(start: &'a str, contents: &'a [(String, Vec<u8>)]) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<_> = contents.iter().filter(|(name, _)| name == start).collect();
    while let Some((name, bytes)) = waiting.pop() {
        // A wasm names things that it never fetches.
        if !FOR_OTHERS.contains(&name.as_str()) && reached.insert(name) && !name.ends_with(".wasm") {
            let text = String::from_utf8_lossy(bytes);
            let later = |other: &str| name.ends_with(".js") && LATER.contains(&last(other));
            waiting.extend(contents.iter().filter(|(other, _)| names(&text, name, other) && !later(other)));
        }
    }
    reached
}

/// Whether the `text` of the file `from` names the file `other`: as one beside it, or by its path.
fn names(text: &str, from: &str, other: &str) -> bool {
    let folder = |name: &str| name.len() - last(name).len();
    let beside = from[..folder(from)] == other[..folder(other)];
    let name = match (beside, folder(from)) {
        (true, _) => last(other).to_owned(),
        (false, 0) => other.to_owned(),
        (false, _) => "../".repeat(from.matches('/').count()) + other,
    };
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].strip_suffix("./").unwrap_or(&text[..at]);
        !before.ends_with('/')
    })
}

/// A file's name, without its folders.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The size of `bytes` as a server with brotli at its best sends them.
pub fn compressed(bytes: &[u8]) -> u64 {
    brotli(bytes).len() as u64
}

/// `bytes` as brotli at its best packs them.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let packed = brotli_at(11, BrotliEncoderMode::BROTLI_MODE_GENERIC, bytes);
    if bytes.len() > MOSTLY_TEXT {
        return packed;
    }
    let as_code = brotli_at(11, AS_CODE, bytes);
    if as_code.len() < packed.len() { as_code } else { packed }
}

/// A file of so many bytes is one whose articles are far more than its code.
const MOSTLY_TEXT: usize = 1 << 20;

/// In a program's code a byte follows rather from the upper bits of the one before, which the encoder does not try by
/// itself: 1.5 kB of 98.
const AS_CODE: BrotliEncoderMode = BrotliEncoderMode::BROTLI_FORCE_MSB_PRIOR;

fn brotli_at(quality: i32, mode: BrotliEncoderMode, bytes: &[u8]) -> Vec<u8> {
    // Where articles and index follow code, what is learnt of one is of no use for the next: smaller blocks are 3 kB less of 800.
    let lgblock = if bytes.len() > MOSTLY_TEXT { 17 } else { 0 };
    let how = BrotliEncoderParams {
        quality,
        mode,
        lgwin: 22,
        lgblock,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut writer = brotli::CompressorWriter::with_params(Vec::new(), 1 << 16, &how);
    writer.write_all(bytes).expect("memory takes every write");
    writer.into_inner()
}

/// `number` with a comma after every third digit.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let groups = digits.as_bytes()[first..].chunks(3);
    let groups = (first > 0).then_some(&digits.as_bytes()[..first]).into_iter().chain(groups);
    groups.map(String::from_utf8_lossy).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_fetches_is_what_one_file_after_the_other_names() {
        let contents = [
            ("app.js", "new URL('app_bg.wasm') new URL('reading.css')"),
            ("reading.css", ""),
            ("app_bg.wasm", "README.txt"),
            ("README.txt", ""),
            ("index.html", "<script src=./app.js><script src=./assets/1/main.js>"),
            ("main.js", ""),
            ("assets/1/main.js", "import './more.js'"),
            ("assets/1/more.js", ""),
            ("more.js", ""),
        ];
        let contents = contents.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let reached: Vec<_> = reached_from("index.html", &contents).into_iter().collect();
        assert_eq!(reached, ["app.js", "app_bg.wasm", "assets/1/main.js", "assets/1/more.js", "index.html"]);
        let contents = [("index.html", "<link href=./reading.css>"), ("reading.css", "")];
        let contents = contents.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        assert_eq!(reached_from("index.html", &contents).len(), 2, "what the page itself names is fetched with it");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([0, 999, 1_000, 12_345, 1_234_567].map(grouped), ["0", "999", "1,000", "12,345", "1,234,567"]);
    }
}
