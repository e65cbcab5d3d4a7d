//! The seeds into one corpus that `src/corpus.rs` embeds, and the list of the stemmers that its languages need; the
//! English texts of the page without their names.
//!
//! From the environment: `ARTICLE_EXPLORER_SEEDS` is the folder of articles (else `seeds/`), `ARTICLE_EXPLORER_STRICT`
//! makes warnings errors, `ARTICLE_EXPLORER_REMOTE_PICTURES` lets articles show pictures of other sites,
//! `ARTICLE_EXPLORER_MAX_EMBEDDED` is how many megabytes of articles and index go into the program before their texts become
//! files beside it (else all do: only `cargo xtask` puts such files into the site), `ARTICLE_EXPLORER_DERIVED` leaves out the
//! postings however few or many articles there are, or fails.

use std::io::{self, Write};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs, process, thread};

use engine::analysis::stem;
use engine::index::{self, Corpus};
use engine::ingest::{self, Ingested, Options, Problem, Progress, Severity};
use engine::search_tests;
use flate2::{Compression, write::DeflateEncoder};

fn main() {
    let start = SystemTime::now();
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let folder = root.join(setting("SEEDS").unwrap_or_else(|| "seeds".into()));
    let strict = setting("STRICT").is_some();
    let files = files(&out);
    let mut progress = |progress: Progress| {
        let Progress { articles, bytes, all_bytes } = progress;
        _ = fs::write(files.join(PROGRESS), format!("{articles} {bytes} {all_bytes}"));
    };
    let mut seldom = seldom(&mut progress);
    let options = Options {
        cache: Some(&files.join("cache")),
        remote_pictures: setting("REMOTE_PICTURES").is_some(),
        progress: Some(&mut seldom),
    };
    let mut ingested = ingest::read_folder(&folder, options).unwrap_or_else(|error| {
        fail(&[format!("{}:1: {error}; name a folder of articles in ARTICLE_EXPLORER_SEEDS", shown(&folder, &root))])
    });
    for input in &ingested.inputs {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    ingested.report.problems.iter_mut().for_each(|problem| problem.file = shown(&problem.file, &root).into());
    stop_at(&ingested, strict, &files);

    let mut languages: Vec<_> = ingested.articles.iter().filter_map(|a| a.head.language.as_deref()).collect();
    languages.sort_unstable();
    let mut stemmers: Vec<_> = languages.into_iter().filter_map(stem::named).collect();
    stemmers.dedup_by_key(|(constant, _)| *constant);
    let tell = |what: &str| _ = fs::write(files.join(PROGRESS), what);
    tell(&format!("Indexing {} articles", ingested.articles.len()));
    let whole = index::write(std::mem::take(&mut ingested.articles));
    // For drawing the pages of the site.
    write(&files.join("corpus.bin"), &whole);
    let most = setting("MAX_EMBEDDED").map_or(usize::MAX, |most| megabytes(&most.to_string_lossy()));
    let (corpus, stripped) = if whole.len() > most {
        tell("Parting texts and index");
        let split = index::split(&whole, CHUNK).expect("just written");
        CHUNKS.set(split.chunks).expect("it is split once");
        (split.corpus, None)
    } else {
        let asked = setting("DERIVED").is_some();
        let stripped = (asked || DERIVED.contains(&whole.len())).then(|| index::strip(&whole)).flatten();
        if asked && stripped.is_none() {
            fail(&["ARTICLE_EXPLORER_DERIVED: the postings of these articles can't be left out".into()]);
        }
        (whole, stripped)
    };
    let chunk = |number: u32| CHUNKS.get()?.get(number as usize).map(|chunk| &chunk[..]);
    let known: Vec<_> = stemmers.iter().map(|(_, language)| *language).collect();
    let opened = Corpus::open(&corpus, &known).expect("just written").with_chunks(chunk);
    let mut lost = search_tests::run(&folder, &opened);
    lost.iter_mut().for_each(|problem| problem.file = shown(&problem.file, &root).into());
    ingested.report.problems.splice(..0, lost);
    stop_at(&ingested, strict, &files);

    let (embedded, fields) = match &stripped {
        Some((stripped, true)) => (stripped, "Some(engine::index::of_paragraphs)"),
        Some((stripped, false)) => (stripped, "Some(engine::index::of_trees)"),
        None => (&corpus, "None"),
    };
    write(&out.join("corpus.bin"), embedded);
    write(&out.join("fields.rs"), fields.as_bytes());
    write(&out.join("outside.rs"), opened.is_split().to_string().as_bytes());
    let stemmers = stemmers.iter().map(|(constant, _)| format!("engine::analysis::stem::{constant}"));
    write(&out.join("stemmers.rs"), format!("&[{}]", stemmers.collect::<Vec<_>>().join(", ")).as_bytes());
    let [first, more] = unnamed(&root.join("static/words/en.txt"));
    write(&out.join("english.txt"), first.as_bytes());
    write(&out.join("english-more.txt"), more.as_bytes());
    publish(&ingested, &files, Path::new(&shown(&folder, &root)));
    if let Some(chunks) = CHUNKS.get() {
        tell(&format!("Compressing {} files of texts", chunks.len()));
        let folder = files.join("site/texts").join(opened.name_of_chunks());
        write_chunks(chunks, &folder).unwrap_or_else(|error| fail(&[format!("{}: {error}", folder.display())]));
    }
    _ = fs::remove_file(files.join(PROGRESS));
    lay_claim(&files, start);
}

/// Has cargo run this again if another build of it, such as the one that is optimised for many articles, has written to the
/// same folder since. Else cargo would find nothing changed, and the site would get the other articles' files.
fn lay_claim(files: &Path, start: SystemTime) {
    let claim = files.join("claim");
    // Cargo runs a script again if a file is newer than the script's start: this one, by whoever started later.
    let claimed = fs::File::create(&claim).and_then(|file| file.set_modified(start - Duration::from_secs(1)));
    claimed.unwrap_or_else(|error| fail(&[format!("{}: {error}", claim.display())]));
    println!("cargo::rerun-if-changed={}", claim.display());
}

/// What is not in the program, if that would be too much for it.
static CHUNKS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();

/// Bytes of a file of texts before it is compressed, which takes about two thirds off. Each row of the results may take another
/// such file; of news it holds some twenty articles.
const CHUNK: usize = 24 << 10;

/// A corpus of so many bytes goes without its postings, which the browser makes of the texts: of more it would be at work for
/// too long, and of fewer they are smaller than the code for it.
const DERIVED: RangeInclusive<usize> = 100_000..=4_000_000;

fn megabytes(text: &str) -> usize {
    let megabytes: usize = text.parse().unwrap_or_else(|_| {
        fail(&[format!(
            "ARTICLE_EXPLORER_MAX_EMBEDDED: `{text}` is no number of megabytes; leave it out, or write one"
        )])
    });
    megabytes.saturating_mul(1 << 20)
}

/// Deflated, since most hosts compress no files that they don't know.
fn write_chunks(chunks: &[Vec<u8>], folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let work = |first: usize| {
        chunks.iter().enumerate().skip(first).step_by(workers).try_for_each(|(number, chunk)| {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(chunk)?;
            fs::write(folder.join(format!("{number}.bin")), encoder.finish()?)
        })
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|first| scope.spawn(move || work(first))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("writing does not panic"))
    })
}

/// The line of a file of words after which there is what can wait.
const MORE: &str = "# From here on:";

/// The lines `name = text` of a file as `= text`: names are for people, and would be sent to every reader. In two parts.
fn unnamed(file: &Path) -> [String; 2] {
    println!("cargo::rerun-if-changed={}", file.display());
    let text = fs::read_to_string(file).unwrap_or_else(|error| fail(&[format!("{}: {error}", file.display())]));
    let (first, more) = text.split_once(MORE).unwrap_or((&text, ""));
    let texts = |part: &str| {
        part.lines().filter_map(|line| line.split_once(" = ")).map(|(_, text)| format!("= {text}\n")).collect()
    };
    [texts(first), texts(more)]
}

/// Where the reading keeps its cache and leaves what belongs into the site beside the wasm: the folder of the profile,
/// where a later step of the build finds it.
fn files(out: &Path) -> PathBuf {
    let files = out.ancestors().nth(3).unwrap_or(out).join("articles");
    fs::create_dir_all(&files).unwrap_or_else(|error| fail(&[format!("{}: {error}", files.display())]));
    files
}

const PROGRESS: &str = "progress";

/// Not more than a few times a second.
fn seldom(tell: &mut dyn FnMut(Progress)) -> impl FnMut(Progress) {
    let mut last = Instant::now();
    move |progress| {
        if last.elapsed() > Duration::from_millis(300) {
            last = Instant::now();
            tell(progress);
        }
    }
}

/// Writes the report, says what is wrong, and ends the build if that is too much.
fn stop_at(ingested: &Ingested, strict: bool, files: &Path) {
    _ = fs::remove_file(files.join(PROGRESS));
    write(&files.join("build-report.txt"), ingested.report.to_string().as_bytes());
    let problems = &ingested.report.problems;
    if ingested.report.fails(strict) {
        let fatal = |problem: &&Problem| strict || problem.severity == Severity::Error;
        fail(&problems.iter().filter(fatal).map(Problem::to_string).collect::<Vec<_>>());
    }
}

/// The report and the pictures, as they go into the site, which names no folder of the machine that built it.
fn publish(ingested: &Ingested, files: &Path, folder: &Path) {
    let site = files.join("site");
    _ = fs::remove_dir_all(&site);
    let copied = fs::create_dir_all(site.join("images")).and_then(|()| {
        ingested.pictures.iter().try_for_each(|(path, file)| fs::copy(file, site.join(path)).map(|_| ()))
    });
    copied.unwrap_or_else(|error| fail(&[format!("{}: {error}", site.display())]));
    let mut report = ingested.report.clone();
    report.problems.iter_mut().for_each(|problem| problem.file = shown(&problem.file, folder).into());
    write(&site.join("build-report.json"), report.to_json().as_bytes());
    let warnings = ingested.report.problems.iter().filter(|problem| problem.severity == Severity::Warning);
    let (shown, rest) = (20, warnings.clone().count().saturating_sub(20));
    warnings.take(shown).for_each(|problem| println!("cargo::warning={problem}"));
    if rest > 0 {
        println!("cargo::warning=and {rest} more in build-report.json");
    }
}

fn setting(name: &str) -> Option<std::ffi::OsString> {
    let name = format!("ARTICLE_EXPLORER_{name}");
    println!("cargo::rerun-if-env-changed={name}");
    env::var_os(name).filter(|value| !value.is_empty())
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
