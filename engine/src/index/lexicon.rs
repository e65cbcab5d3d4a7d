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
    pub postings: PostingList,
}

/// Where the articles of a term are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostingList {
    pub documents: u32,
    /// The bit at which it starts.
    pub(super) bit: u32,
    /// How many postings come before it.
    pub(super) before: u32,
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
    pub fn with_prefix(&self, prefix: &str, mut f: impl FnMut(&mut Cursor<'a>)) {
        let mut cursor = self.seek(prefix);
        while cursor.next() && cursor.text().starts_with(prefix.as_bytes()) {
            f(&mut cursor);
        }
    }

    /// The words whose stem is `stem`.
    pub fn with_stem(&self, stem: &str) -> Vec<Term> {
        // A stemmer cuts the end of a word and may change the last letters that it leaves.
        let least = stem.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        let least = if least == 0 { stem.len() } else { least };
        let rules = self.rules();
        let mut starts: Vec<(&[u8], usize)> = vec![(&[], stem.len())];
        for (front, _, append) in rules.iter().filter(|rule| stem.as_bytes().ends_with(rule.2)) {
            let kept = (stem.len() - append.len()).max(least);
            match starts.iter_mut().find(|(known, _)| known == front) {
                Some((_, shared)) => *shared = kept.min(*shared),
                None => starts.push((front, kept)),
            }
        }
        let mut found: Vec<Term> = Vec::new();
        for (front, shared) in starts {
            let start = [front, &stem.as_bytes()[..shared]].concat();
            self.with_prefix(std::str::from_utf8(&start).unwrap_or(stem), |cursor| {
                if cursor.has_stem(&rules, stem.as_bytes()) && !found.iter().any(|term| term.id.0 == cursor.id) {
                    found.push(cursor.term());
                }
            });
        }
        found
    }

    /// The term with that number.
    pub fn term(&self, id: TermId) -> Term {
        let mut cursor = self.block(id.0 / TERMS_PER_BLOCK);
        while cursor.next() && cursor.id < id.0 {}
        cursor.term()
    }

    /// The stem of a term.
    pub fn stem(&self, term: &Term) -> Option<String> {
        let (front, cut, append) = *self.rules().get(usize::from(term.rule))?;
        let text = term.text.as_bytes().strip_prefix(front)?;
        let kept = text.get(..text.len().checked_sub(cut)?)?;
        String::from_utf8([kept, append].concat()).ok()
    }

    /// The rules from number 0 on.
    fn rules(&self) -> Vec<Rule<'a>> {
        let mut rules: Vec<Rule> = vec![(&[], 0, &[])];
        let mut rest = self.rules;
        while rules.len() < NOT_A_WORD.into()
            && let Some((rule, tail)) = rule(rest)
        {
            rules.push(rule);
            rest = tail;
        }
        rules
    }

    fn block(&self, block: u32) -> Cursor<'a> {
        let mut cursor =
            Cursor { lexicon: *self, rest: &[], text: Vec::new(), id: 0, settled: 0, list: (0, 0), repeat: false };
        cursor.enter(block);
        cursor
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

/// The front to cut, how many bytes to cut off the end, and what to append.
type Rule<'a> = (&'a [u8], usize, &'a [u8]);

/// Reads a rule off the front of `bytes`.
fn rule(bytes: &[u8]) -> Option<(Rule<'_>, &[u8])> {
    let (&length, tail) = bytes.split_first()?;
    let (front, tail) = tail.split_at_checked(length.into())?;
    let (&cut, tail) = tail.split_first()?;
    let (&length, tail) = tail.split_first()?;
    let (append, tail) = tail.split_at_checked(length.into())?;
    Some(((front, cut.into(), append), tail))
}

/// Goes through the terms in their order.
pub struct Cursor<'a> {
    lexicon: Lexicon<'a>,
    rest: &'a [u8],
    text: Vec<u8>,
    id: u32,
    /// The term of this block that `list` is known of: its first bit, and how many postings come before it.
    settled: u32,
    list: (u32, u32),
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
        self.text.truncate(of(SHARED).into());
        self.text.extend_from_slice(tail);
        self.rest = rest;
        self.id = id;
        true
    }

    /// Goes to the next term that does not begin with the first `depth` bytes of this one, over most of those between
    /// without looking at them; false if there is none.
    pub fn skip(&mut self, depth: usize) -> bool {
        self.repeat = false;
        self.text.truncate(depth);
        loop {
            let id = self.id.wrapping_add(1);
            if id >= self.lexicon.terms {
                return false;
            }
            if id.is_multiple_of(TERMS_PER_BLOCK) {
                let begins = |block: u32| self.lexicon.first_of(block).starts_with(&self.text);
                let mut block = id / TERMS_PER_BLOCK;
                if !begins(block) {
                    self.enter(block);
                    return self.next();
                }
                while block + 1 < self.lexicon.terms.div_ceil(TERMS_PER_BLOCK) && begins(block + 1) {
                    block += 1;
                }
                self.enter(block);
            } else if usize::from(self.lexicon.entry(SHARED, id)) < depth {
                return self.next();
            }
            self.id = self.id.wrapping_add(1);
            let length = self.lexicon.entry(LENGTH, self.id);
            self.rest = self.rest.get(length.into()..).unwrap_or(&[]);
        }
    }

    pub fn text(&self) -> &[u8] {
        &self.text
    }

    pub fn id(&self) -> TermId {
        TermId(self.id)
    }

    pub fn documents(&self) -> u32 {
        self.documents_of(self.id)
    }

    pub fn is_word(&self) -> bool {
        self.rule() != NOT_A_WORD
    }

    /// Where the articles of the term are.
    pub fn postings(&mut self) -> PostingList {
        while self.settled < self.id {
            let documents = self.documents_of(self.settled);
            let bits = postings::bits(documents, self.lexicon.articles);
            self.list = (self.list.0.wrapping_add(bits), self.list.1.wrapping_add(documents));
            self.settled += 1;
        }
        PostingList { documents: self.documents(), bit: self.list.0, before: self.list.1 }
    }

    pub fn term(&mut self) -> Term {
        Term {
            id: TermId(self.id),
            text: String::from_utf8(self.text.clone()).unwrap_or_default(),
            documents: self.documents(),
            word: self.is_word(),
            rule: self.rule(),
            postings: self.postings(),
        }
    }

    /// Goes before the first term of a block; the text stays.
    fn enter(&mut self, block: u32) {
        let at = block as usize * BLOCK;
        self.rest = self.lexicon.bytes_of(block);
        self.settled = block.wrapping_mul(TERMS_PER_BLOCK);
        self.id = self.settled.wrapping_sub(1);
        self.list = (u32_at(self.lexicon.blocks, at + 4), u32_at(self.lexicon.blocks, at + 8));
    }

    fn documents_of(&self, id: u32) -> u32 {
        let of = |run| self.lexicon.entry(run, id);
        u32::from_le_bytes([of(DOCUMENTS), of(DOCUMENTS + 1), of(DOCUMENTS + 2), 0])
    }

    fn rule(&self) -> u8 {
        self.lexicon.entry(RULE, self.id)
    }

    fn has_stem(&self, rules: &[Rule], stem: &[u8]) -> bool {
        let Some((front, cut, append)) = rules.get(usize::from(self.rule())) else {
            return false;
        };
        // Lengths tell most of them apart.
        if self.text.len() + append.len() != front.len() + stem.len() + cut {
            return false;
        }
        let text = self.text.strip_prefix(*front);
        stem.strip_suffix(*append).zip(text).is_some_and(|(kept, text)| text.starts_with(kept))
    }
}
