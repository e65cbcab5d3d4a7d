//! The articles we ship: the one place that knows where their bytes come from.

use std::cell::RefCell;

use engine::analysis::stem::Language;
use engine::index::{Corpus, OpenError};

use crate::browser::files;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.bin"));

static STEMMERS: &[Language] = include!(concat!(env!("OUT_DIR"), "/stemmers.rs"));

/// Whether there was too much of it for one program: then texts and positions are in files beside the page, which [`bring`]
/// fetches. Elsewhere the compiler leaves out all that is for them.
pub const OUTSIDE: bool = include!(concat!(env!("OUT_DIR"), "/outside.rs"));

/// Opens the corpus that the build embedded.
pub fn open() -> Result<Corpus<'static>, OpenError> {
    let corpus = Corpus::open(BYTES, STEMMERS)?;
    Ok(if OUTSIDE { corpus.with_chunks(chunk) } else { corpus })
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
