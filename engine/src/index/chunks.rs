//! What a large corpus leaves outside: the texts of its articles, and where in them each term stands. Both lie in chunks,
//! which are fetched when they are needed. The texts' chunks are numbered first.
//!
//! A chunk of texts has for each of its articles, one after the other: the lengths of its text and of its body (varint
//! each), its text as in [`Section::Text`], its body as in [`Section::Bodies`].
//!
//! A chunk of positions begins with the number of its terms (varint) and how many bytes each has (varint). Then, for each
//! posting of each term: how many bytes follow (varint), and for each occurrence a varint, whose low bit says that it is
//! in a later run than the one before it, whose next bit that it covers several words, and whose other bits are how many
//! words further on it is; then, where the bits say so, how many runs further on, and how many words (varint each). The
//! first is counted from the first word of the title.

use std::cmp::Ordering;

use xxhash_rust::xxh64::xxh64;

use super::read::{Corpus, DocumentId};
use super::{Column, PostingList, Section, TermId, u32_at, varint};

/// Gives the bytes of a chunk by its number, if they are here.
pub type Chunks = fn(u32) -> Option<&'static [u8]>;

/// Bytes of an entry of [`Section::Chunks`].
pub(super) const CHUNK: usize = 8;

impl<'a> Corpus<'a> {
    /// Whether texts and positions are outside, in chunks.
    pub fn is_split(&self) -> bool {
        !self.section(Section::Chunks).is_empty()
    }

    /// The same corpus, which finds its chunks where `chunks` says.
    pub fn with_chunks(mut self, chunks: Chunks) -> Corpus<'a> {
        (self.chunks, self.outside) = (chunks, text_and_body);
        self
    }

    /// A name for all chunks together, which says what is in them: 16 letters and digits.
    pub fn name_of_chunks(&self) -> String {
        let name = xxh64(self.section(Section::Chunks), 0);
        (0..16).rev().filter_map(|digit| char::from_digit((name >> (4 * digit)) as u32 & 15, 16)).collect()
    }

    /// Whether these are the bytes of that chunk, as they were written.
    pub fn is_chunk(&self, number: u32, bytes: &[u8]) -> bool {
        let at = 4 + number as usize * CHUNK + 4;
        self.section(Section::Chunks).get(at..at + 4).is_some_and(|sum| *sum == (xxh64(bytes, 0) as u32).to_le_bytes())
    }

    /// The chunk that an article's text is in, unless that is here.
    pub fn missing_text(&self, id: DocumentId) -> Option<u32> {
        let number = self.chunk_of_text(id)?;
        (self.chunks)(number).is_none().then_some(number)
    }

    /// The chunk that an article's text is in.
    fn chunk_of_text(&self, id: DocumentId) -> Option<u32> {
        let (texts, _) = self.tables()?;
        Some(last_not_after(texts, id.0))
    }

    /// The chunk that a term's positions are in.
    pub fn chunk_of_positions(&self, term: TermId) -> u32 {
        let (texts, positions) = self.tables().unwrap_or_default();
        (texts.len() / CHUNK) as u32 + last_not_after(positions, term.0)
    }

    /// Where a term stands in its articles, if that is outside and its chunk is here.
    pub fn positions(&self, term: TermId, list: PostingList) -> Option<Positions<'a>> {
        let mut rest = (self.chunks)(self.chunk_of_positions(term))?;
        let (_, positions) = self.tables()?;
        let first = u32_at(positions, last_not_after(positions, term.0) as usize * CHUNK);
        let number = term.0.checked_sub(first)?;
        let (mut before, mut own) = (0usize, 0);
        for other in 0..varint(&mut rest) {
            if rest.is_empty() {
                return None;
            }
            let length = varint(&mut rest) as usize;
            match other.cmp(&number) {
                Ordering::Less => before = before.saturating_add(length),
                Ordering::Equal => own = length,
                Ordering::Greater => {}
            }
        }
        let mut articles = Vec::new();
        self.decode(list, &mut articles);
        Some(Positions { articles, next: 0, rest: rest.get(before..)?.get(..own)? })
    }

    /// The entries of the chunks of texts and of those of positions.
    fn tables(&self) -> Option<(&'a [u8], &'a [u8])> {
        let section = self.section(Section::Chunks);
        section.get(4..)?.split_at_checked(u32_at(section, 0) as usize * CHUNK)
    }
}

/// Text and body of an article whose chunk is here.
fn text_and_body(corpus: &Corpus, id: DocumentId) -> Option<[&'static [u8]; 2]> {
    let chunk = (corpus.chunks)(corpus.chunk_of_text(id)?)?;
    let start = corpus.number(Column::Body, id);
    let mut rest = chunk.get(start as usize..)?;
    let (text, body) = (varint(&mut rest), varint(&mut rest));
    let (text, rest) = rest.split_at_checked(text as usize)?;
    Some([text, rest.get(..body as usize)?])
}

/// The last entry whose first number is not greater than this one.
fn last_not_after(entries: &[u8], number: u32) -> u32 {
    let (mut low, mut high) = (0, entries.len() / CHUNK);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if u32_at(entries, middle * CHUNK) <= number {
            low = middle;
        } else {
            high = middle;
        }
    }
    low as u32
}

/// Where a term stands, article by article.
pub struct Positions<'a> {
    articles: Vec<u32>,
    next: usize,
    rest: &'a [u8],
}

impl Positions<'_> {
    /// The next article that has the term.
    pub fn article(&self) -> Option<u32> {
        self.articles.get(self.next).copied()
    }

    /// Calls `f` for each place of the term in an article: its run (0 for the title), its position, counted over title and
    /// runs with a [`GAP`](super::GAP) after each, and how many words it covers. Articles are asked for in rising order.
    pub fn in_article(&mut self, id: DocumentId, f: &mut dyn FnMut(u32, u32, u32)) {
        while let Some(article) = self.articles.get(self.next).filter(|article| **article <= id.0) {
            self.next += 1;
            let length = (varint(&mut self.rest) as usize).min(self.rest.len());
            let (mut here, rest) = self.rest.split_at(length);
            self.rest = rest;
            if *article < id.0 {
                continue;
            }
            let (mut run, mut position) = (0u32, 0u32);
            while !here.is_empty() {
                let code = varint(&mut here);
                position = position.wrapping_add(code >> 2);
                if code & 1 != 0 {
                    run = run.wrapping_add(varint(&mut here));
                }
                f(run, position, if code & 2 != 0 { varint(&mut here) } else { 1 });
            }
        }
    }
}

#[cfg(feature = "ingest")]
pub use write::{Split, split};

#[cfg(feature = "ingest")]
mod write {
    use std::collections::HashMap;

    use super::*;
    use crate::analysis;
    use crate::index::read::place;
    use crate::index::write::assemble;
    use crate::index::{GAP, OpenError, RUN_END, Term, push_varint};

    const MORE_POSITIONS: usize = 3;

    /// A corpus, and what it leaves outside.
    pub struct Split {
        pub corpus: Vec<u8>,
        /// By their numbers.
        pub chunks: Vec<Vec<u8>>,
    }

    /// Takes the texts out of a corpus that has everything in it. A chunk is closed as soon as it has `enough` bytes, of
    /// positions [`MORE_POSITIONS`] times as many: frequent words have far more in any case, and a phrase takes few.
    ///
    /// # Errors
    /// If the bytes are no corpus.
    pub fn split(bytes: &[u8], enough: usize) -> Result<Split, OpenError> {
        let corpus = Corpus::open(bytes, &[])?;
        let mut sections: Vec<Vec<u8>> = corpus.sections.iter().map(|section| section.to_vec()).collect();
        let of = |section: Section| section as usize - 1;
        let mut texts = Table::default();
        let mut titles = Vec::new();
        let mut documents = sections[of(Section::Documents)].clone();
        let mut set = |column: Column, id: DocumentId, value: usize| {
            let at = place(corpus.len(), column, id);
            let value = u32::try_from(value).expect("less than 4 GiB").to_le_bytes();
            documents[at..at + 4].copy_from_slice(&value);
        };
        for id in corpus.ids() {
            texts.begin(id.0, enough);
            set(Column::Text, id, titles.len());
            titles.extend(corpus.title(id).as_bytes());
            titles.push(RUN_END as u8);
            set(Column::Body, id, texts.chunk.len());
            let (text, body) = (corpus.text(id), corpus.slice(Section::Bodies, id, Column::Body).unwrap_or_default());
            push_varint(&mut texts.chunk, text.len() as u32);
            push_varint(&mut texts.chunk, body.len() as u32);
            texts.chunk.extend(text.as_bytes());
            texts.chunk.extend(body);
        }
        set(Column::Text, DocumentId(corpus.len()), titles.len());
        sections[of(Section::Documents)] = documents;
        sections[of(Section::Text)] = titles;
        sections[of(Section::Bodies)] = Vec::new();
        let (texts, positions) = (texts.ended(), positions(&corpus, enough * MORE_POSITIONS));
        sections[of(Section::Chunks)] =
            [&(texts.chunks.len() as u32).to_le_bytes()[..], &texts.entries, &positions.entries].concat();
        Ok(Split { corpus: assemble(&sections), chunks: [texts.chunks, positions.chunks].concat() })
    }

    /// Chunks that are being filled, and the entries of those before.
    #[derive(Default)]
    struct Table {
        entries: Vec<u8>,
        chunks: Vec<Vec<u8>>,
        chunk: Vec<u8>,
        first: u32,
    }

    impl Table {
        /// Begins with this article or term, in another chunk if this one has enough.
        fn begin(&mut self, number: u32, enough: usize) {
            if self.chunk.len() >= enough {
                self.close(number);
            }
        }

        fn close(&mut self, next: u32) {
            let chunk = std::mem::take(&mut self.chunk);
            self.entries.extend(self.first.to_le_bytes());
            self.entries.extend((xxh64(&chunk, 0) as u32).to_le_bytes());
            self.chunks.push(chunk);
            self.first = next;
        }

        fn ended(mut self) -> Table {
            self.close(u32::MAX);
            self
        }
    }

    /// Where a term stands in the articles so far.
    #[derive(Default)]
    struct Places {
        /// Articles, and how many bytes each has of `bytes`.
        articles: Vec<(u32, usize)>,
        bytes: Vec<u8>,
        /// In the article that is being read: position, run, words covered.
        here: Vec<(u32, u32, u32)>,
    }

    impl Places {
        fn end_article(&mut self, id: DocumentId) {
            // A joined form comes after its parts, and so maybe after itself.
            self.here.sort_by_key(|(position, ..)| *position);
            let before = self.bytes.len();
            let (mut last, mut in_run) = (0, 0);
            for (position, run, words) in self.here.drain(..) {
                let (later, several) = (run != in_run, words != 1);
                push_varint(&mut self.bytes, (position - last) << 2 | u32::from(several) << 1 | u32::from(later));
                if later {
                    push_varint(&mut self.bytes, run - in_run);
                }
                if several {
                    push_varint(&mut self.bytes, words);
                }
                (last, in_run) = (position, run);
            }
            self.articles.push((id.0, self.bytes.len() - before));
        }
    }

    fn positions(corpus: &Corpus, enough: usize) -> Table {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut cursor = corpus.lexicon().start();
        let mut terms: Vec<Term> = Vec::new();
        while cursor.next() {
            let term = cursor.term();
            numbers.insert(term.text.clone(), terms.len());
            terms.push(term);
        }
        let mut places: Vec<Places> = terms.iter().map(|_| Places::default()).collect();
        for id in corpus.ids() {
            let mut base = 0;
            let mut seen = Vec::new();
            for (run, text) in corpus.text(id).split_terminator(RUN_END).enumerate() {
                let words = analysis::tokens(corpus.alphabet(), text, |token| {
                    let Some(number) = numbers.get(token.term) else { return };
                    let here = &mut places[*number].here;
                    if here.is_empty() {
                        seen.push(*number);
                    }
                    here.push((base + token.position, run as u32, token.words));
                });
                base += words + GAP;
            }
            seen.into_iter().for_each(|number| places[number].end_article(id));
        }
        let mut table = Table::default();
        let mut of_chunk: Vec<Vec<u8>> = Vec::new();
        let mut size = 0;
        let mut articles = Vec::new();
        for (number, (term, places)) in terms.iter().zip(&places).enumerate() {
            if size >= enough {
                table.chunk = chunk_of_positions(&of_chunk);
                table.close(number as u32);
                (size, of_chunk) = (0, Vec::new());
            }
            let mut bytes = Vec::new();
            let (mut known, mut at) = (places.articles.iter().peekable(), 0);
            corpus.decode(term.postings, &mut articles);
            for article in &articles {
                // Tags have no place in the text.
                let length = known.next_if(|(id, _)| id == article).map_or(0, |(_, length)| *length);
                push_varint(&mut bytes, length as u32);
                bytes.extend(&places.bytes[at..at + length]);
                at += length;
            }
            size += bytes.len();
            of_chunk.push(bytes);
        }
        table.chunk = chunk_of_positions(&of_chunk);
        table.ended()
    }

    fn chunk_of_positions(terms: &[Vec<u8>]) -> Vec<u8> {
        let mut chunk = Vec::new();
        push_varint(&mut chunk, terms.len() as u32);
        terms.iter().for_each(|bytes| push_varint(&mut chunk, bytes.len() as u32));
        terms.iter().for_each(|bytes| chunk.extend(bytes));
        chunk
    }
}
