//! The articles we ship: the one place that knows where their bytes come from.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use engine::analysis::stem::Language;
use engine::index::{Corpus, Derivation, Fields, OpenError};

use crate::browser::{self, files};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.bin"));

static STEMMERS: &[Language] = include!(concat!(env!("OUT_DIR"), "/stemmers.rs"));

/// Whether there was too much of it for one program: then texts and positions are in files beside the page, which [`bring`]
/// fetches. Elsewhere the compiler leaves out all that is for them.
pub const OUTSIDE: bool = include!(concat!(env!("OUT_DIR"), "/outside.rs"));

/// Where there is so little of it that its postings are made again from its texts: what is what in these.
const FIELDS: Option<Fields> = include!(concat!(env!("OUT_DIR"), "/fields.rs"));

/// Whether there are postings to be made, which [`derive`] does ahead of time. Elsewhere the compiler leaves it out.
pub const DERIVED: bool = FIELDS.is_some();

/// Opens the corpus that the build embedded.
pub fn open() -> Result<Corpus<'static>, OpenError> {
    let corpus = Corpus::open(BYTES, STEMMERS)?;
    let corpus = if OUTSIDE { corpus.with_chunks(chunk) } else { corpus };
    Ok(if DERIVED { corpus.with_derived(postings) } else { corpus })
}

thread_local! {
    /// Postings and occurrences, once they are made.
    static POSTINGS: Cell<Option<[&'static [u8]; 2]>> = const { Cell::new(None) };
    static BEGUN: RefCell<Option<Derivation<'static>>> = const { RefCell::new(None) };
}

/// Whoever asks for them before they are made has to wait.
fn postings() -> [&'static [u8]; 2] {
    while !derive_until(f64::INFINITY) {}
    POSTINGS.get().unwrap_or_default()
}

/// Milliseconds of a turn of making postings: half a frame.
const TURN: f64 = 8.0;

/// Makes the postings, if there are any to make, in turns that hold up nobody, from the next one on. The first has to read all
/// terms, and each ends with an article.
pub fn derive() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        loop {
            browser::turn().await;
            if !DERIVED || derive_until(browser::now() + TURN) {
                break;
            }
        }
    })
}

/// Returns whether all postings are made.
fn derive_until(end: f64) -> bool {
    if POSTINGS.get().is_some() {
        return true;
    }
    let begin = || Some(Derivation::new(Corpus::open(BYTES, STEMMERS).ok()?, FIELDS?));
    let Some(mut derivation) = BEGUN.take().or_else(begin) else { return true };
    while derivation.step() {
        if browser::now() >= end {
            BEGUN.set(Some(derivation));
            return false;
        }
    }
    POSTINGS.set(Some(derivation.finish().map(|bytes| &*bytes.leak())));
    true
}

thread_local! {
    /// By their numbers. What has been brought stays.
    static CHUNKS: RefCell<Vec<Option<&'static [u8]>>> = const { RefCell::new(Vec::new()) };
}

fn chunk(number: u32) -> Option<&'static [u8]> {
    CHUNKS.with_borrow(|chunks| chunks.get(number as usize).copied().flatten())
}

/// Fetches these chunks of the corpus, all at once. Returns whether all are here now, as they were written.
pub async fn bring(corpus: &Corpus<'static>, numbers: &[u32]) -> bool {
    let name = corpus.name_of_chunks();
    let coming: Vec<_> = numbers
        .iter()
        .filter(|number| chunk(**number).is_none())
        .map(|number| (*number, files::fetch(&format!("texts/{name}/{number}.bin"))))
        .collect();
    let mut whole = true;
    for (number, response) in coming {
        match files::inflated(response).await.filter(|bytes| corpus.is_chunk(number, bytes)) {
            None => whole = false,
            Some(bytes) => CHUNKS.with_borrow_mut(|chunks| {
                let least = number as usize + 1;
                chunks.resize(least.max(chunks.len()), None);
                chunks[least - 1].get_or_insert_with(|| bytes.leak());
            }),
        }
    }
    whole
}
