//! The articles we ship: the one place that knows where their bytes come from.

use engine::analysis::stem::Language;
use engine::index::{Corpus, OpenError};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.bin"));

static STEMMERS: &[Language] = include!(concat!(env!("OUT_DIR"), "/stemmers.rs"));

/// Opens the corpus that the build embedded.
pub fn open() -> Result<Corpus<'static>, OpenError> {
    Corpus::open(BYTES, STEMMERS)
}
