//! Postings made again from the texts. Of some hundred articles the browser has them in about the time that their bytes take
//! at 20 megabits a second, so that [`strip`] leaves them out, and a [`Derivation`] brings the same bytes back.

use super::{Corpus, DocumentId, Occurrence, PostingList, Section, postings};
use crate::analysis;
use crate::article::Block;

/// Calls back for each run of an article's text and the field of an [`Occurrence`] that it is, 0 for none.
pub type Fields = fn(&Corpus, DocumentId, &mut dyn FnMut(&str, u8));

/// The [`Fields`] of articles of which each run is a paragraph without markup. It takes no code that reads trees.
pub fn of_paragraphs(corpus: &Corpus, id: DocumentId, f: &mut dyn FnMut(&str, u8)) {
    let mut field = Occurrence::LEAD;
    corpus.runs(id).for_each(|run| f(run, std::mem::take(&mut field)));
}

/// The [`Fields`] of all articles.
pub fn of_trees(corpus: &Corpus, id: DocumentId, f: &mut dyn FnMut(&str, u8)) {
    each_run(&corpus.body(id), &mut |run, field| f(run, field));
}

/// Calls `f` for each run of text of a body, and the field that it is.
pub(super) fn each_run<'b, T>(body: &'b [Block<T>], f: &mut dyn FnMut(&'b T, u8)) {
    let mut lead = Occurrence::LEAD;
    for block in body {
        let field = match block {
            Block::Heading { .. } => Occurrence::HEADING,
            Block::Paragraph(_) => std::mem::take(&mut lead),
            _ => 0,
        };
        block.runs(&mut |run| f(run, field));
    }
}

/// Postings and occurrences of a corpus while they are made, article by article.
pub struct Derivation<'a> {
    corpus: Corpus<'a>,
    fields: Fields,
    /// The terms by their hashes. A term is never looked for that is not there.
    slots: Vec<Slot>,
    /// The slots of the article that is read.
    here: Vec<u32>,
    /// How many articles have been read.
    done: u32,
    /// By posting, as lists of one: the article.
    articles: Vec<u8>,
    /// How many these will be as the lists that they belong to.
    bits: u32,
    /// By posting.
    occurrences: Vec<u8>,
}

/// A term, or none.
#[derive(Clone)]
struct Slot {
    /// Of its hash.
    part: u32,
    /// Which one, of all terms' postings, is its next.
    posting: u32,
}

impl Slot {
    const EMPTY: Slot = Slot { part: 0, posting: u32::MAX };
}

impl<'a> Derivation<'a> {
    /// Begins: reads all terms, and no article yet. Until it is done it takes 9.3 bytes a term and the number of an article for
    /// each posting, besides what is made.
    pub fn new(corpus: Corpus<'a>, fields: Fields) -> Derivation<'a> {
        let (mut postings, mut bits) = (0, 0);
        each_list(&corpus, |_, list| {
            postings = list.before.wrapping_add(list.documents);
            bits = list.bit.wrapping_add(postings::bits(list.documents, corpus.len()));
        });
        let for_articles = bytes(&corpus, list_of_one(&corpus, postings).bit);
        let for_occurrences = most(&corpus).min(postings as usize);
        let terms = corpus.lexicon().len() as usize;
        let count = terms + terms / 6 + 1;
        // Memory grows by whole pieces: where all is asked for at once, by a piece or two less.
        let all = count + (for_articles + for_occurrences).div_ceil(size_of::<Slot>());
        let mut slots = Vec::with_capacity(all);
        slots.resize(count, Slot::EMPTY);
        slots.shrink_to_fit();
        each_list(&corpus, |term, list| {
            let (mut slot, part) = slot_of(term, &slots);
            while slots[slot].posting != Slot::EMPTY.posting {
                slot = (slot + 1) % count;
            }
            slots[slot] = Slot { part, posting: list.before };
        });
        Derivation {
            corpus,
            fields,
            slots,
            here: Vec::new(),
            done: 0,
            articles: vec![0; for_articles],
            bits,
            occurrences: vec![0; for_occurrences],
        }
    }

    /// Reads one more article. Returns false if all have been read.
    pub fn step(&mut self) -> bool {
        let more = self.done < self.corpus.len();
        if more {
            self.read(DocumentId(self.done));
            self.done += 1;
        }
        more
    }

    /// Reads what is left, and returns the sections **Postings** and **Occurrences**.
    pub fn finish(mut self) -> [Vec<u8>; 2] {
        while self.step() {}
        // So that there is room for what is made now.
        self.slots = Vec::new();
        let corpus = self.corpus;
        let mut made = vec![0; bytes(&corpus, self.bits)];
        let mut article = Vec::new();
        each_list(&corpus, |_, list| {
            // Damaged numbers are not to take all the time that there is.
            let known = self.occurrences.len().saturating_sub(list.before as usize);
            for index in (0..list.documents).take(known) {
                let one = list_of_one(&corpus, list.before + index);
                postings::decode(&self.articles, one.bit, one.documents, corpus.len(), &mut article);
                article.iter().for_each(|id| postings::put(&mut made, list, corpus.len(), index, *id));
            }
        });
        [made, self.occurrences]
    }

    fn read(&mut self, id: DocumentId) {
        let corpus = self.corpus;
        let head = corpus.head(id);
        self.count(head.title, Occurrence::TITLE);
        (self.fields)(&corpus, id, &mut |run, field| self.count(run, field));
        head.tags.iter().for_each(|tag| self.count(tag, Occurrence::TAG));
        for slot in self.here.drain(..) {
            let posting = &mut self.slots[slot as usize].posting;
            postings::put(&mut self.articles, list_of_one(&corpus, *posting), corpus.len(), 0, id.0);
            *posting = posting.wrapping_add(1);
        }
    }

    fn count(&mut self, text: &str, field: u8) {
        analysis::tokens(self.corpus.alphabet(), text, |token| {
            let (mut slot, part) = slot_of(token.term.as_bytes(), &self.slots);
            while self.slots[slot].part != part && self.slots[slot].posting != Slot::EMPTY.posting {
                slot = (slot + 1) % self.slots.len();
            }
            let Some(byte) = self.occurrences.get_mut(self.slots[slot].posting as usize) else { return };
            let mut here = Occurrence(*byte);
            if here == Occurrence::default() {
                self.here.push(slot as u32);
            }
            here.count(field);
            *byte = here.0;
        });
    }
}

/// Calls back for each term and its list, of which one is written behind the other.
fn each_list(corpus: &Corpus, mut f: impl FnMut(&[u8], PostingList)) {
    let articles = corpus.len();
    let (mut bit, mut before) = (0u32, 0u32);
    let mut cursor = corpus.lexicon().start();
    while cursor.next() {
        let documents = cursor.documents().min(articles);
        f(cursor.text(), PostingList { documents, bit, before });
        bit = bit.wrapping_add(postings::bits(documents, articles));
        before = before.wrapping_add(documents);
    }
}

/// That posting alone, where all are written as lists of one.
fn list_of_one(corpus: &Corpus, posting: u32) -> PostingList {
    PostingList { documents: 1, bit: posting.wrapping_mul(postings::bits(1, corpus.len())), before: posting }
}

/// Bytes for so many bits. Damaged numbers are not to ask for all the memory that there is.
fn bytes(corpus: &Corpus, bits: u32) -> usize {
    most(corpus).min(bits.div_ceil(8) as usize)
}

/// No text has more terms than this.
fn most(corpus: &Corpus) -> usize {
    2 * (corpus.section(Section::Text).len() + corpus.section(Section::Heads).len())
}

/// Where to look for a term first, and what it is told by there. That no two terms of a corpus are taken for each other,
/// [`strip`] sees to.
fn slot_of(term: &[u8], slots: &[Slot]) -> (usize, u32) {
    // FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>), which takes no code to speak of.
    let hash = term
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    ((hash % slots.len() as u64) as usize, (hash >> 32) as u32)
}

/// An article longer than this, in bytes, would take too long for one step.
#[cfg(feature = "ingest")]
const LONGEST: usize = 1 << 17;

/// A corpus without its postings and the lists of beginnings, which few articles can do without; and whether [`of_paragraphs`]
/// are the fields of its articles. `None` if an article is too long, or a [`Derivation`] would not give the same.
///
/// # Panics
///
/// If the bytes are no corpus.
#[cfg(feature = "ingest")]
pub fn strip(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let corpus = Corpus::open(bytes, &[]).expect("a corpus");
    if corpus.ids().any(|id| corpus.text(id).len() > LONGEST) {
        return None;
    }
    let plain = corpus.section(Section::Bodies).is_empty();
    let derived = Derivation::new(corpus, if plain { of_paragraphs } else { of_trees }).finish();
    let written = [Section::Postings, Section::Occurrences];
    // Lists of beginnings come after those of terms.
    let same = written.iter().zip(derived).all(|(section, derived)| corpus.section(*section).starts_with(&derived));
    let left_out = [Section::Postings, Section::Occurrences, Section::Beginnings].map(|section| section as usize - 1);
    let kept = |(index, section): (usize, &&[u8])| {
        if left_out.contains(&index) { Vec::new() } else { section.to_vec() }
    };
    let sections: Vec<Vec<u8>> = corpus.sections.iter().enumerate().map(kept).collect();
    same.then(|| (super::write::assemble(&sections), plain))
}
