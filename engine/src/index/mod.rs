//! The corpus: articles and their search index in one run of bytes, opened without copying.
//!
//! All numbers are little-endian; *varint* is LEB128. Layout:
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | the magic `AXCORPUS` |
//! | 4 | format version, [`VERSION`] |
//! | 4 | number of sections, *n* |
//! | 4 | sum of the table of sections: FNV-1a, 32 bits |
//! | 16 *n* | sections, `u32` each: number, offset from the start, length, sum: low half of xxh64 of its bytes and what fills them up |
//! | | the sections, at multiples of four bytes |
//!
//! Sections, by [`Section`]:
//!
//! - **Statistics**: `u32` each: articles, terms, runs of text, the words in all titles and in all texts, and how many
//!   articles have copies.
//! - **Documents**: six columns, by `Column`, of a number (`u32`) for each article, in the order of the list: where its
//!   text, its head and its body start; its date, see [`date_number`]; words in its text, at most 16,777,215, with the
//!   number of words in its title, at most 255, in the top byte; its language's number (`u16`), its kind (`u8`), zero
//!   (`u8`). Each column has one more number, after the last: of the starts, where the last one ends.
//! - **Heads** and **Bodies**: see `tree.rs`.
//! - **Text**: for each article its title and its runs of text, in reading order, each followed by [`RUN_END`].
//! - **Alphabet**: see [`crate::analysis::Alphabet`].
//! - **Slugs**: the article numbers (`u32`) in the order of their slugs.
//! - **Languages**: the languages of the articles, most frequent first, each with its `u8` length.
//! - **Terms**: six runs of a byte for each term, the terms in order of their bytes, in blocks of [`TERMS_PER_BLOCK`]:
//!   bytes shared with the one before it in the block; further bytes; stem rule; and the number of articles, low, middle
//!   and high byte. Values of a kind stand together, since that compresses best.
//! - **TermBytes**: the further bytes of all terms.
//! - **TermBlocks**: for each block (`u32` each) where its terms' further bytes start, at which bit its first term's
//!   postings start, and how many postings come before them.
//! - **StemRules**: for each rule, from 1: the bytes to cut off the front (`u8` and the bytes), how many bytes to cut
//!   off the end (`u8`), what to append (`u8` and the bytes). Rule 0 leaves the term as it is; [`NOT_A_WORD`] says
//!   that the term is only a joined form, an acronym or a pair.
//! - **Postings**: for each term the article numbers: see `postings.rs`. Empty, as are **Occurrences** and **Beginnings**,
//!   where they are made again from the texts: see `derive.rs`.
//! - **Occurrences**: for each posting, in the same order, one byte: see [`Occurrence`].
//! - **Related**: for each article [`RELATED`] records of four bytes: the other's number in the low 24 bits, in the
//!   high 8 how much alike they are, 255 for copies; 0 where there is no other.
//! - **Facets**: see `facets.rs`.
//! - **Beginnings**: beginnings that many terms share, each with its `u8` length; then (`u32` each) the number of articles
//!   that have any of these terms, at which bit their list starts, and how many postings come before it. Their postings
//!   stand after those of all terms, from a whole byte on; the occurrence is that of the term that counts most in the article.
//! - **Examples**: queries, each on a line: two words, a phrase, one word without another, either of two, the beginning of a
//!   word, a word of a title and, if there are dates, the years from first to last. Empty where no words serve for them.
//! - **Chunks**: empty where everything is here. Else texts and bodies are outside, see `chunks.rs`; **Text** has the titles
//!   alone, **Bodies** nothing, and in **Documents** the start of the body is where the article begins in its
//!   chunk. The number of chunks of texts (`u32`); for each of these the number of its first article, then for each chunk
//!   of positions the number of its first term, and after each number the low half of xxh64 of the chunk (`u32` each).

mod chunks;
mod derive;
mod facets;
pub mod frequency;
mod lexicon;
mod postings;
mod read;
#[cfg(feature = "ingest")]
mod related;
mod tree;
#[cfg(feature = "ingest")]
mod write;

#[cfg(test)]
mod tests;

pub use chunks::{Chunks, Positions};
#[cfg(feature = "ingest")]
pub use chunks::{Split, split};
#[cfg(feature = "ingest")]
pub use derive::strip;
pub use derive::{Derivation, Fields, of_paragraphs, of_trees};
pub use facets::{Facet, Runs};
pub use lexicon::{Cursor, Lexicon, PostingList, Term, TermId};
pub use read::{Corpus, Document, DocumentId, OpenError, Posting};
pub use tree::DEEPEST;
#[cfg(feature = "ingest")]
pub use write::write;

use crate::article::Date;

/// Raised with every change of the layout.
pub const VERSION: u32 = 11;

const MAGIC: [u8; 8] = *b"AXCORPUS";

/// Bytes before the section table.
const HEADER: usize = 20;

/// Bytes of an entry of the section table.
const SECTION: usize = 16;

/// A column of the section [`Section::Documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Text,
    Head,
    Body,
    Date,
    Words,
    Language,
}

/// Bytes of a document in all columns.
const DOCUMENT: usize = 24;

/// Ends each run of text; no run holds it.
pub const RUN_END: char = '\u{1E}';

/// Added to positions of words at the end of a title or run, so that no phrase goes across.
pub const GAP: u32 = 16;

/// How many related articles are kept for each.
pub const RELATED: usize = 8;

/// Bytes of a term in all runs of the section [`Section::Terms`].
const TERM: usize = 6;

const TERMS_PER_BLOCK: u32 = 128;

/// The stem rule of terms that are no words.
const NOT_A_WORD: u8 = 255;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum Section {
    Statistics = 1,
    Documents,
    Heads,
    Bodies,
    Text,
    Alphabet,
    Slugs,
    Languages,
    Terms,
    TermBytes,
    TermBlocks,
    StemRules,
    Postings,
    Occurrences,
    Related,
    Facets,
    Beginnings,
    Examples,
    Chunks,
}

const SECTIONS: usize = 19;

/// Where in an article a term occurs, in one byte: how often in its text in the low four bits (15 means 15 or more),
/// then one bit each for its title, its headings, its lead (the first paragraph) and its tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occurrence(pub u8);

impl Occurrence {
    pub const TITLE: u8 = 0x10;
    pub const HEADING: u8 = 0x20;
    pub const LEAD: u8 = 0x40;
    pub const TAG: u8 = 0x80;

    /// Occurrences in the text, headings and lead included; at most 15.
    pub fn in_text(self) -> u8 {
        self.0 & 15
    }

    pub fn has(self, field: u8) -> bool {
        self.0 & field != 0
    }

    /// Adds an occurrence in a field; 0 is text that is none.
    fn count(&mut self, field: u8) {
        self.0 |= field;
        if field & (Occurrence::TITLE | Occurrence::TAG) == 0 && self.in_text() < 15 {
            self.0 += 1;
        }
    }
}

/// A date as a number that sorts as the date does; 0 for none.
pub fn date_number(date: Option<Date>) -> u32 {
    date.map_or(0, |date| {
        ((i32::from(date.year) + 0x8000) as u32) << 9 | u32::from(date.month) << 5 | u32::from(date.day)
    })
}

/// The date that [`date_number`] made `number` of.
pub fn number_date(number: u32) -> Option<Date> {
    let year = ((number >> 9) as i32 - 0x8000) as i16;
    (number != 0).then_some(Date { year, month: (number >> 5 & 15) as u8, day: (number & 31) as u8 })
}

/// FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>), which takes no code to speak of.
fn table_sum(table: &[u8]) -> u32 {
    table.iter().fold(0x811C_9DC5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Reads a varint off the front of `bytes`; 0 where they end.
fn varint(bytes: &mut &[u8]) -> u32 {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let Some((&byte, rest)) = bytes.split_first() else {
            return value;
        };
        *bytes = rest;
        value |= u32::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
    }
    value
}

#[cfg(feature = "ingest")]
fn push_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 128 {
        bytes.push(value as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Writes bytes behind their number.
#[cfg(feature = "ingest")]
fn push_bytes(bytes: &mut Vec<u8>, content: &[u8]) {
    push_varint(bytes, content.len() as u32);
    bytes.extend(content);
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
