//! Reading a corpus. Nothing here copies or decodes more than it is asked for, and no bytes make it panic.

use std::fmt;

use xxhash_rust::xxh64::xxh64;

use super::lexicon::PostingList;
use super::*;
use crate::analysis::Alphabet;
use crate::analysis::stem::Language;
use crate::article::{Block, Date, Head, Kind};

/// An article's number: its place in the list, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Articles and their index, read from bytes. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    bytes: &'a [u8],
    pub(super) sections: [&'a [u8]; SECTIONS],
    pub(super) chunks: Chunks,
    /// Text and body of an article from its chunk. Not linked into programs that have no chunks.
    pub(super) outside: fn(&Corpus, DocumentId) -> Option<[&'static [u8]; 2]>,
    /// Postings and occurrences, where they were not written.
    derived: fn() -> [&'static [u8]; 2],
    alphabet: Alphabet<'a>,
    known: &'a [Language],
    lexicon: Lexicon<'a>,
    documents: u32,
}

/// Why bytes are not a corpus that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// They do not begin as a corpus does.
    NotACorpus,
    /// They were written by another version of this program. Rebuild the site.
    WrongVersion { expected: u32, found: u32 },
    /// They end early or were changed on the way. Fetch or build them again.
    Damaged,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            OpenError::NotACorpus => "these bytes are not a corpus of articles",
            OpenError::WrongVersion { .. } => {
                "the articles were built by another version of this program; build the site again"
            }
            OpenError::Damaged => "the articles arrived damaged or incomplete; load them again",
        })
    }
}

impl std::error::Error for OpenError {}

/// What lists, filters and ranking need of an article, at fixed places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    pub date: Option<Date>,
    pub kind: Kind,
    /// Words in its text.
    pub words: u32,
    /// Words in its title, at most 255.
    pub title_words: u32,
}

/// An article in which a term occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub document: DocumentId,
    pub occurrence: Occurrence,
}

/// The articles most like one, and how much.
#[derive(Clone, Debug)]
pub struct RelatedArticles<'a> {
    records: &'a [u8],
    /// How many articles there are.
    bound: u32,
}

impl Iterator for RelatedArticles<'_> {
    type Item = (DocumentId, u8);

    // All of an article's are read for each that matches.
    #[inline(always)]
    fn next(&mut self) -> Option<(DocumentId, u8)> {
        let (record, rest) = self.records.split_first_chunk()?;
        self.records = rest;
        let record = u32::from_le_bytes(*record);
        let other = record & 0xFF_FFFF;
        (record != 0 && other < self.bound).then_some((DocumentId(other), (record >> 24) as u8))
    }
}

impl<'a> Corpus<'a> {
    /// Opens a corpus. `known` are those of its languages that have stemmers.
    ///
    /// Reads the header and the tables of sections and rules, however many articles there are, and copies nothing. What
    /// is cut short or has another header is refused; whether the rest arrived as it was written, [`Corpus::verify`] tells.
    pub fn open(bytes: &'a [u8], known: &'a [Language]) -> Result<Corpus<'a>, OpenError> {
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(OpenError::NotACorpus);
        }
        let found = u32_at(bytes, 8);
        if bytes.len() >= 12 && found != VERSION {
            return Err(OpenError::WrongVersion { expected: VERSION, found });
        }
        let count = u32_at(bytes, 12) as usize;
        if count > SECTIONS {
            return Err(OpenError::Damaged);
        }
        let table = bytes.get(HEADER..HEADER + count * SECTION).ok_or(OpenError::Damaged)?;
        if table_sum(table) != u32_at(bytes, 16) {
            return Err(OpenError::Damaged);
        }
        let mut sections: [&[u8]; SECTIONS] = [&[]; SECTIONS];
        for entry in table.chunks_exact(SECTION) {
            let (number, start, length) = (u32_at(entry, 0), u32_at(entry, 4) as usize, u32_at(entry, 8) as usize);
            let padded = bytes.get(start..).and_then(|rest| rest.get(..length.next_multiple_of(4)));
            if let Some(slot) = (number as usize).checked_sub(1).and_then(|index| sections.get_mut(index)) {
                *slot = &padded.ok_or(OpenError::Damaged)?[..length];
            }
        }
        let of = |section: Section| sections[section as usize - 1];
        let statistics = of(Section::Statistics);
        let (documents, terms) = (u32_at(statistics, 0), u32_at(statistics, 4));
        // What is counted is there, or loops over it would go on for minutes.
        let tables = [(Section::Documents, DOCUMENT, u64::from(documents) + 1), (Section::Terms, TERM, terms.into())];
        if tables.iter().any(|(section, size, count)| of(*section).len() as u64 != *size as u64 * count) {
            return Err(OpenError::Damaged);
        }
        Ok(Corpus {
            bytes,
            sections,
            chunks: |_| None,
            outside: |_, _| None,
            derived: || [&[], &[]],
            alphabet: Alphabet::open(of(Section::Alphabet)).ok_or(OpenError::Damaged)?,
            known,
            lexicon: Lexicon {
                terms,
                articles: documents,
                entries: of(Section::Terms),
                bytes: of(Section::TermBytes),
                blocks: of(Section::TermBlocks),
                rules: of(Section::StemRules),
            },
            documents,
        })
    }

    /// Whether the bytes are those that were written: compares the sum of each section, which reads every byte once.
    ///
    /// # Errors
    /// [`OpenError::Damaged`]
    pub fn verify(&self) -> Result<(), OpenError> {
        let table = &self.bytes[HEADER..HEADER + u32_at(self.bytes, 12) as usize * SECTION];
        let is_whole = |entry: &[u8]| {
            let (start, length) = (u32_at(entry, 4) as usize, u32_at(entry, 8) as usize);
            let section = self.bytes.get(start..start.saturating_add(length.next_multiple_of(4)));
            section.is_some_and(|section| xxh64(section, 0) as u32 == u32_at(entry, 12))
        };
        if table.chunks_exact(SECTION).all(is_whole) { Ok(()) } else { Err(OpenError::Damaged) }
    }

    /// The bytes it was opened with.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How many articles there are, briefs included.
    pub fn len(&self) -> u32 {
        self.documents
    }

    pub fn is_empty(&self) -> bool {
        self.documents == 0
    }

    /// The articles' numbers in the order of the list: newest first, those without a date last, then by title.
    pub fn ids(&self) -> impl Iterator<Item = DocumentId> + use<> {
        (0..self.documents).map(DocumentId)
    }

    pub fn document(&self, id: DocumentId) -> Document {
        let (words, title_words) = self.words(id);
        let kind = (self.number(Column::Language, id) >> 16) as u8;
        Document {
            date: number_date(self.number(Column::Date, id)),
            kind: if kind == Kind::Brief as u8 { Kind::Brief } else { Kind::Article },
            words,
            title_words,
        }
    }

    /// The facts about an article.
    pub fn head(&self, id: DocumentId) -> Head<&'a str> {
        let mut bytes = self.slice(Section::Heads, id, Column::Head).unwrap_or(&[]);
        let document = self.document(id);
        let own = tree::optional(&mut bytes);
        let mut next = || tree::optional(&mut bytes);
        let slug = next().unwrap_or("");
        Head {
            slug,
            id: own.unwrap_or(slug),
            kind: document.kind,
            title: next().unwrap_or_else(|| self.title(id)),
            date: document.date,
            subtitle: next(),
            source: next(),
            section: next(),
            summary: next(),
            url: next(),
            came_with: next(),
            language: self.language(id),
            updated: number_date(varint(&mut bytes)),
            authors: tree::texts(&mut bytes),
            tags: tree::texts(&mut bytes),
        }
    }

    /// The language an article is written in, if its file says or its words do.
    fn language(&self, id: DocumentId) -> Option<&'a str> {
        let number = self.number(Column::Language, id) & 0xFFFF;
        self.languages().nth((number as usize).checked_sub(1)?)
    }

    /// The text of an article as a tree; nothing while it is [missing](Corpus::missing_text).
    pub fn body(&self, id: DocumentId) -> Vec<Block<&'a str>> {
        let inside = || self.slice(Section::Bodies, id, Column::Body);
        let bytes = (self.outside)(self, id).map(|[_, body]| body).or_else(inside).unwrap_or(&[]);
        tree::Reader { bytes, runs: &mut self.runs(id) }.body()
    }

    /// The runs of text of an article, in reading order, without its title.
    pub fn runs(&self, id: DocumentId) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text(id).split_terminator(RUN_END).skip(1)
    }

    /// The title and the runs of text of an article, each ended by [`RUN_END`]; the title alone while the text is
    /// [missing](Corpus::missing_text).
    pub fn text(&self, id: DocumentId) -> &'a str {
        let inside = || self.slice(Section::Text, id, Column::Text);
        let bytes = (self.outside)(self, id).map(|[text, _]| text).or_else(inside).unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }

    /// The title of an article, but for what would end a run of text in it.
    pub fn title(&self, id: DocumentId) -> &'a str {
        let bytes = self.slice(Section::Text, id, Column::Text).unwrap_or(&[]);
        std::str::from_utf8(bytes.split(|byte| *byte == RUN_END as u8).next().unwrap_or(&[])).unwrap_or("")
    }

    /// The article with that slug.
    pub fn find(&self, slug: &str) -> Option<DocumentId> {
        let order = self.section(Section::Slugs);
        let (mut low, mut high) = (0, self.documents);
        while low < high {
            let middle = (low + high) / 2;
            let id = DocumentId(u32_at(order, middle as usize * 4));
            match self.head(id).slug.cmp(slug) {
                std::cmp::Ordering::Equal => return Some(id),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The briefs that came with an article, in the order of the list.
    pub fn briefs_of(&self, id: DocumentId) -> Vec<DocumentId> {
        let slug = self.head(id).slug;
        self.ids()
            .filter(|brief| self.document(*brief).kind == Kind::Brief && self.head(*brief).came_with == Some(slug))
            .collect()
    }

    /// The articles most like this one and how much, from 1 to 254, or 255 for copies of it; most alike first.
    pub fn related(&self, id: DocumentId) -> RelatedArticles<'a> {
        let start = id.0 as usize * RELATED * 4;
        let records = self.section(Section::Related).get(start..start + RELATED * 4).unwrap_or(&[]);
        RelatedArticles { records, bound: self.documents }
    }

    pub fn alphabet(&self) -> &Alphabet<'a> {
        &self.alphabet
    }

    pub fn lexicon(&self) -> &Lexicon<'a> {
        &self.lexicon
    }

    /// What is known of the corpus's languages.
    pub fn known_languages(&self) -> &'a [Language] {
        self.known
    }

    /// The languages of the articles, most frequent first.
    pub fn languages(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let mut rest = self.section(Section::Languages);
        std::iter::from_fn(move || {
            let (&length, tail) = rest.split_first()?;
            let (tag, tail) = tail.split_at_checked(length.into())?;
            rest = tail;
            std::str::from_utf8(tag).ok()
        })
    }

    /// Queries as examples of how to search in these articles, in the order of [`Section::Examples`]; maybe none.
    pub fn examples(&self) -> std::str::Lines<'a> {
        std::str::from_utf8(self.section(Section::Examples)).unwrap_or("").lines()
    }

    /// Average number of words in a title and in a text.
    pub fn average_words(&self) -> (f32, f32) {
        let statistics = self.section(Section::Statistics);
        let mean = |at| u32_at(statistics, at) as f32 / self.documents.max(1) as f32;
        (mean(12), mean(16))
    }

    /// How many articles have copies among the others.
    pub fn copies(&self) -> u32 {
        u32_at(self.section(Section::Statistics), 20)
    }

    /// The articles in which a term occurs, by their numbers.
    pub fn postings(&self, term: &Term) -> impl Iterator<Item = Posting> + use<'a> {
        let mut numbers = Vec::new();
        let occurrences = self.decode(term.postings, &mut numbers);
        let posting = |(number, &byte)| Posting { document: DocumentId(number), occurrence: Occurrence(byte) };
        numbers.into_iter().zip(occurrences).map(posting)
    }

    /// Puts the numbers of a list's articles, rising, in the place of what `numbers` holds; returns their occurrences,
    /// of which there may be more than numbers.
    pub fn decode(&self, list: PostingList, numbers: &mut Vec<u32>) -> &'a [u8] {
        let written = [self.section(Section::Postings), self.section(Section::Occurrences)];
        let [postings, occurrences] = if written[1].is_empty() { (self.derived)() } else { written };
        postings::decode(postings, list.bit, list.documents, self.documents, numbers);
        let occurrences = occurrences.get(list.before as usize..).unwrap_or(&[]);
        numbers.truncate(occurrences.len());
        occurrences
    }

    /// The articles that have terms which begin with `start`, if these are so many that the list was written.
    pub fn beginning(&self, start: &str) -> Option<PostingList> {
        let mut rest = self.section(Section::Beginnings);
        while let Some((&length, tail)) = rest.split_first() {
            let (text, tail) = tail.split_at_checked(length.into())?;
            let (list, tail) = tail.split_at_checked(12)?;
            if text == start.as_bytes() {
                return Some(PostingList { documents: u32_at(list, 0), bit: u32_at(list, 4), before: u32_at(list, 8) });
            }
            rest = tail;
        }
        None
    }

    /// The same corpus, written without postings: `derived` gives those that a [`Derivation`](super::Derivation) has made.
    pub fn with_derived(self, derived: fn() -> [&'static [u8]; 2]) -> Corpus<'a> {
        Corpus { derived, ..self }
    }

    /// Words in the text and in the title of an article.
    #[inline(always)]
    pub fn words(&self, id: DocumentId) -> (u32, u32) {
        // As `number` does it, which is a call at each posting.
        let words = u32_at(self.section(Section::Documents), place(self.documents, Column::Words, id));
        (words & 0xFF_FFFF, words >> 24)
    }

    pub(super) fn section(&self, section: Section) -> &'a [u8] {
        self.sections[section as usize - 1]
    }

    /// What a column of the documents says of an article.
    pub(super) fn number(&self, column: Column, id: DocumentId) -> u32 {
        u32_at(self.section(Section::Documents), place(self.documents, column, id))
    }

    /// The part of a section that belongs to an article; `column` is where its start stands.
    pub(super) fn slice(&self, section: Section, id: DocumentId, column: Column) -> Option<&'a [u8]> {
        let next = DocumentId(id.0.checked_add(1)?);
        let (start, end) = (self.number(column, id), self.number(column, next));
        (id.0 < self.documents).then(|| self.section(section).get(start as usize..end as usize))?
    }
}

/// Where a column's number for an article stands, by how many articles there are.
#[inline(always)]
pub(super) fn place(documents: u32, column: Column, id: DocumentId) -> usize {
    (column as usize * (documents as usize + 1) + id.0 as usize) * 4
}
