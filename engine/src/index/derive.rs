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
    /// The terms by their hashes: a part of the hash, and one more than the term's number. A term is never looked for that is
    /// not there.
    slots: Vec<(u32, u32)>,
    /// By term.
    lists: Vec<List>,
    /// The terms of the article that is read.
    here: Vec<u32>,
    /// How many articles have been read.
    done: u32,
    postings: Vec<u8>,
    occurrences: Vec<u8>,
}

/// A term's articles, of which some are known.
struct List {
    place: PostingList,
    known: u32,
}

impl<'a> Derivation<'a> {
    /// Begins: reads all terms, and no article yet. It takes 25 bytes a term besides what is made, until it is done.
    pub fn new(corpus: Corpus<'a>, fields: Fields) -> Derivation<'a> {
        let articles = corpus.len();
        let terms = corpus.lexicon().len() as usize;
        let mut slots = vec![(0, 0); terms + terms / 6 + 1];
        let mut lists = Vec::with_capacity(terms);
        // As they are written one behind the other.
        let (mut bit, mut before) = (0u32, 0u32);
        let mut cursor = corpus.lexicon().start();
        while cursor.next() {
            let (mut slot, part) = slot_of(cursor.text(), &slots);
            while slots[slot].1 != 0 {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = (part, lists.len() as u32 + 1);
            let documents = cursor.documents().min(articles);
            let place = PostingList { documents, bit, before };
            lists.push(List { place, known: 0 });
            bit = bit.wrapping_add(postings::bits(documents, articles));
            before = before.wrapping_add(documents);
        }
        // Damaged numbers are not to ask for all the memory that there is: no text has more terms than this.
        let most = 2 * (corpus.section(Section::Text).len() + corpus.section(Section::Heads).len());
        let postings = vec![0; most.min(bit.div_ceil(8) as usize)];
        let occurrences = vec![0; most.min(before as usize)];
        Derivation { corpus, fields, slots, lists, here: Vec::new(), done: 0, postings, occurrences }
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
        [self.postings, self.occurrences]
    }

    fn read(&mut self, id: DocumentId) {
        let corpus = self.corpus;
        let head = corpus.head(id);
        self.count(head.title, Occurrence::TITLE);
        (self.fields)(&corpus, id, &mut |run, field| self.count(run, field));
        head.tags.iter().for_each(|tag| self.count(tag, Occurrence::TAG));
        for term in self.here.drain(..) {
            let list = &mut self.lists[term as usize];
            postings::put(&mut self.postings, list.place, corpus.len(), list.known, id.0);
            list.known += 1;
        }
    }

    fn count(&mut self, text: &str, field: u8) {
        analysis::tokens(self.corpus.alphabet(), text, |token| {
            let (mut slot, part) = slot_of(token.term.as_bytes(), &self.slots);
            while self.slots[slot].0 != part && self.slots[slot].1 != 0 {
                slot = (slot + 1) % self.slots.len();
            }
            let Some(term) = self.slots[slot].1.checked_sub(1) else { return };
            let List { place, known } = &self.lists[term as usize];
            let at = place.before.wrapping_add(*known) as usize;
            let Some(byte) = self.occurrences.get_mut(at).filter(|_| *known < place.documents) else { return };
            let mut here = Occurrence(*byte);
            if here == Occurrence::default() {
                self.here.push(term);
            }
            here.count(field);
            *byte = here.0;
        });
    }
}

/// Where to look for a term first, and what it is told by there. That no two terms of a corpus are taken for each other,
/// [`strip`] sees to.
fn slot_of(term: &[u8], slots: &[(u32, u32)]) -> (usize, u32) {
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
