//! The corpus's vocabulary: exact, prefix and stem look-up over the bytes.

use super::{NOT_A_WORD, TERMS_PER_BLOCK, postings, u32_at};

/// A term's number, in the order of the terms' bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// A term and where its postings are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub id: TermId,
    pub text: String,
    /// In how many articles it occurs.
    pub documents: u32,
    /// Whether it is a word that stands in the text, rather than a joined form, an acronym or a pair.
    pub word: bool,
    pub(super) rule: u8,
    /// The bit at which its postings start, and how many come before them.
    pub(super) postings: (u32, u32),
}

/// A view of the terms in their order.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    pub(super) terms: u32,
    pub(super) articles: u32,
    pub(super) entries: &'a [u8],
    pub(super) bytes: &'a [u8],
    pub(super) blocks: &'a [u8],
    pub(super) rules: &'a [u8],
}

impl<'a> Lexicon<'a> {
    pub fn len(&self) -> u32 {
        self.terms
    }

    pub fn is_empty(&self) -> bool {
        self.terms == 0
    }

    /// The term that is `text`.
    pub fn find(&self, text: &str) -> Option<Term> {
        let mut cursor = self.seek(text);
        (cursor.next() && cursor.text() == text.as_bytes()).then(|| cursor.term())
    }

    /// A cursor before the first term that is not less than `text`.
    pub fn seek(&self, text: &str) -> Cursor<'a> {
        // The last block whose first term is less than the text, or the first block.
        let (mut low, mut high) = (0, self.terms.div_ceil(TERMS_PER_BLOCK));
        while high - low > 1 {
            let middle = (low + high) / 2;
            if self.first_of(middle) < text.as_bytes() {
                low = middle;
            } else {
                high = middle;
            }
        }
        let mut cursor = self.block(low);
        while cursor.next() {
            if cursor.text() >= text.as_bytes() {
                cursor.repeat = true;
                break;
            }
        }
        cursor
    }

    /// A cursor before the first term.
    pub fn start(&self) -> Cursor<'a> {
        self.block(0)
    }

    /// Calls `f` for each term that begins with `prefix`, in order.
    pub fn with_prefix(&self, prefix: &str, mut f: impl FnMut(&Cursor<'a>)) {
        let mut cursor = self.seek(prefix);
        while cursor.next() && cursor.text().starts_with(prefix.as_bytes()) {
            f(&cursor);
        }
    }

    /// The words whose stem is `stem`.
    pub fn with_stem(&self, stem: &str) -> Vec<Term> {
        // A stemmer cuts the end of a word and may change the last letters that it leaves.
        let kept = stem.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        let shared = if kept == 0 { stem } else { &stem[..kept] };
        let mut found = Vec::new();
        for front in self.fronts() {
            self.with_prefix(&format!("{front}{shared}"), |cursor| {
                if cursor.has_stem(stem.as_bytes()) && !found.iter().any(|term: &Term| term.id.0 == cursor.id) {
                    found.push(cursor.term());
                }
            });
        }
        found
    }

    /// The stem of a term.
    pub fn stem(&self, term: &Term) -> Option<String> {
        let mut cursor = self.block(term.id.0 / TERMS_PER_BLOCK);
        while cursor.next() {
            if cursor.id == term.id.0 {
                let (front, cut, append) = cursor.rule()?;
                let text = cursor.text().strip_prefix(front)?;
                let kept = text.get(..text.len().checked_sub(cut)?)?;
                return String::from_utf8([kept, append].concat()).ok();
            }
        }
        None
    }

    /// What the rules cut off the front of words: nothing, and in Arabic the article and its like.
    fn fronts(&self) -> Vec<&'a str> {
        let mut fronts = vec![""];
        for number in 1..NOT_A_WORD {
            let Some((front, ..)) = self.rule(number) else {
                break;
            };
            let front = std::str::from_utf8(front).unwrap_or("");
            if !fronts.contains(&front) {
                fronts.push(front);
            }
        }
        fronts
    }

    /// The front to cut, how many bytes to cut off the end, and what to append.
    fn rule(&self, number: u8) -> Option<(&'a [u8], usize, &'a [u8])> {
        if number == 0 {
            return Some((&[], 0, &[]));
        }
        let mut rest = self.rules;
        for current in 1..=number {
            let (&length, tail) = rest.split_first()?;
            let (front, tail) = tail.split_at_checked(length.into())?;
            let (&cut, tail) = tail.split_first()?;
            let (&length, tail) = tail.split_first()?;
            let (append, tail) = tail.split_at_checked(length.into())?;
            if current == number {
                return Some((front, cut.into(), append));
            }
            rest = tail;
        }
        None
    }

    fn block(&self, block: u32) -> Cursor<'a> {
        let at = block as usize * BLOCK;
        Cursor {
            lexicon: *self,
            rest: self.bytes_of(block),
            text: Vec::new(),
            id: block.wrapping_mul(TERMS_PER_BLOCK).wrapping_sub(1),
            rule: 0,
            documents: 0,
            postings: (u32_at(self.blocks, at + 4), u32_at(self.blocks, at + 8)),
            repeat: false,
        }
    }

    /// The further bytes of the terms from a block's first on.
    fn bytes_of(&self, block: u32) -> &'a [u8] {
        self.bytes.get(u32_at(self.blocks, block as usize * BLOCK) as usize..).unwrap_or(&[])
    }

    fn first_of(&self, block: u32) -> &'a [u8] {
        let length = self.entry(LENGTH, block.wrapping_mul(TERMS_PER_BLOCK));
        self.bytes_of(block).get(..usize::from(length)).unwrap_or(&[])
    }

    /// A byte that is known of a term.
    fn entry(&self, run: usize, id: u32) -> u8 {
        self.entries.get(run * self.terms as usize + id as usize).copied().unwrap_or(0)
    }
}

/// Bytes of a record of the blocks.
const BLOCK: usize = 12;

/// The runs of bytes.
const SHARED: usize = 0;
const LENGTH: usize = 1;
const RULE: usize = 2;
const DOCUMENTS: usize = 3;

/// Goes through the terms in their order.
pub struct Cursor<'a> {
    lexicon: Lexicon<'a>,
    rest: &'a [u8],
    text: Vec<u8>,
    id: u32,
    rule: u8,
    documents: u32,
    postings: (u32, u32),
    /// Whether `next` is to give the current term once more.
    repeat: bool,
}

impl<'a> Cursor<'a> {
    /// Goes to the next term; false after the last.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> bool {
        if std::mem::take(&mut self.repeat) {
            return true;
        }
        let id = self.id.wrapping_add(1);
        let of = |run| self.lexicon.entry(run, id);
        if id >= self.lexicon.terms {
            return false;
        }
        let Some((tail, rest)) = self.rest.split_at_checked(of(LENGTH).into()) else {
            return false;
        };
        if self.documents > 0 {
            let (bits, before) = self.postings;
            let list = postings::bits(self.documents, self.lexicon.articles);
            self.postings = (bits.wrapping_add(list), before.wrapping_add(self.documents));
        }
        self.text.truncate(of(SHARED).into());
        self.text.extend_from_slice(tail);
        self.rule = of(RULE);
        self.documents = u32::from_le_bytes([of(DOCUMENTS), of(DOCUMENTS + 1), of(DOCUMENTS + 2), 0]);
        self.rest = rest;
        self.id = id;
        true
    }

    pub fn text(&self) -> &[u8] {
        &self.text
    }

    pub fn documents(&self) -> u32 {
        self.documents
    }

    pub fn is_word(&self) -> bool {
        self.rule != NOT_A_WORD
    }

    pub fn term(&self) -> Term {
        Term {
            id: TermId(self.id),
            text: String::from_utf8_lossy(&self.text).into_owned(),
            documents: self.documents,
            word: self.is_word(),
            rule: self.rule,
            postings: self.postings,
        }
    }

    fn rule(&self) -> Option<(&'a [u8], usize, &'a [u8])> {
        if self.rule == NOT_A_WORD { None } else { self.lexicon.rule(self.rule) }
    }

    fn has_stem(&self, stem: &[u8]) -> bool {
        let Some((front, cut, append)) = self.rule() else {
            return false;
        };
        let Some(text) = self.text.strip_prefix(front) else {
            return false;
        };
        stem.strip_suffix(append).is_some_and(|kept| text.len() == kept.len() + cut && text.starts_with(kept))
    }
}
