//! Postings made again from the texts. With a few articles the browser has them in less time than their bytes would take to
//! arrive, so that [`strip`] leaves them out, and a [`Derivation`] brings the same bytes back.

use super::frequency::frequencies;
use super::{Corpus, DocumentId, Occurrence, PostingList, postings};
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
    beginnings: Vec<(&'a [u8], PostingList)>,
    /// How many articles and beginnings are done.
    done: u32,
    made: Made,
}

/// What is made, all of its length from the start.
struct Made {
    postings: Vec<u8>,
    occurrences: Vec<u8>,
    articles: u32,
}

impl Made {
    /// The posting of a list that so many others come before.
    fn put(&mut self, list: PostingList, index: u32, number: u32, occurrence: Occurrence) {
        postings::put(&mut self.postings, list, self.articles, index, number);
        if let Some(place) = self.occurrences.get_mut(list.before.wrapping_add(index) as usize) {
            *place = occurrence.0;
        }
    }

    /// Calls `f` for each posting of a list, all of which are there.
    fn each(&self, list: PostingList, f: &mut dyn FnMut(u32, Occurrence)) {
        let mut numbers = Vec::new();
        postings::decode(&self.postings, list.bit, list.documents, self.articles, &mut numbers);
        let occurrences = self.occurrences.get(list.before as usize..).unwrap_or(&[]);
        numbers.iter().zip(occurrences).for_each(|(number, occurrence)| f(*number, Occurrence(*occurrence)));
    }
}

/// A term's articles, of which some are known.
struct List {
    place: PostingList,
    known: u32,
    /// Where it occurs in the article that is read.
    here: Occurrence,
}

impl<'a> Derivation<'a> {
    pub fn new(corpus: Corpus<'a>, fields: Fields) -> Derivation<'a> {
        let articles = corpus.len();
        let mut slots = vec![(0, 0); (corpus.lexicon().len() as usize * 2 + 1).next_power_of_two()];
        let mut lists = Vec::new();
        let (mut bit, mut before) = (0u32, 0u32);
        // As all are written one behind the other.
        let mut place = |documents: u32| {
            let documents = documents.min(articles);
            let place = PostingList { documents, bit, before };
            bit = bit.wrapping_add(postings::bits(documents, articles));
            before = before.wrapping_add(documents);
            place
        };
        let mut cursor = corpus.lexicon().start();
        while cursor.next() {
            let (mut slot, part) = slot_of(cursor.text(), &slots);
            while slots[slot].1 != 0 {
                slot = (slot + 1) % slots.len();
            }
            slots[slot] = (part, lists.len() as u32 + 1);
            lists.push(List { place: place(cursor.documents()), known: 0, here: Occurrence::default() });
        }
        let beginnings = corpus.beginnings().map(|(start, list)| (start, place(list.documents))).collect();
        let (postings, occurrences) = (vec![0; bit.div_ceil(8) as usize], vec![0; before as usize]);
        let made = Made { postings, occurrences, articles };
        Derivation { corpus, fields, slots, lists, here: Vec::new(), beginnings, done: 0, made }
    }

    /// Goes on by an article or a beginning. Returns false if all is done.
    pub fn step(&mut self) -> bool {
        let articles = self.corpus.len();
        if self.done < articles {
            self.read(DocumentId(self.done));
        } else if let Some((start, place)) = self.beginnings.get((self.done - articles) as usize) {
            self.unite(start, *place);
        } else {
            return false;
        }
        self.done += 1;
        true
    }

    /// Does what is left, and returns the sections **Postings** and **Occurrences**.
    pub fn finish(mut self) -> [Vec<u8>; 2] {
        while self.step() {}
        [self.made.postings, self.made.occurrences]
    }

    fn read(&mut self, id: DocumentId) {
        let corpus = self.corpus;
        let head = corpus.head(id);
        self.count(head.title, Occurrence::TITLE);
        (self.fields)(&corpus, id, &mut |run, field| self.count(run, field));
        head.tags.iter().for_each(|tag| self.count(tag, Occurrence::TAG));
        for term in self.here.drain(..) {
            let list = &mut self.lists[term as usize];
            let occurrence = std::mem::take(&mut list.here);
            if list.known < list.place.documents {
                self.made.put(list.place, list.known, id.0, occurrence);
                list.known += 1;
            }
        }
    }

    fn count(&mut self, text: &str, field: u8) {
        analysis::tokens(self.corpus.alphabet(), text, |token| {
            let (mut slot, part) = slot_of(token.term.as_bytes(), &self.slots);
            while self.slots[slot].0 != part && self.slots[slot].1 != 0 {
                slot = (slot + 1) % self.slots.len();
            }
            let Some(term) = self.slots[slot].1.checked_sub(1) else { return };
            let here = &mut self.lists[term as usize].here;
            if *here == Occurrence::default() {
                self.here.push(term);
            }
            here.count(field);
        });
    }

    /// The articles of all terms that begin with `start`, each with the occurrence that counts most.
    fn unite(&mut self, start: &[u8], place: PostingList) {
        let corpus = self.corpus;
        let average = corpus.average_words();
        let counting = |number: u32, occurrence: Occurrence| -> f32 {
            let (words, title_words) = corpus.words(DocumentId(number));
            frequencies(words, title_words, average, occurrence).iter().sum()
        };
        let mut best = vec![None; corpus.len() as usize];
        corpus.lexicon().with_prefix(std::str::from_utf8(start).unwrap_or_default(), |cursor| {
            self.made.each(self.lists[cursor.id().0 as usize].place, &mut |number, occurrence| {
                let known = &mut best[number as usize];
                if known.is_none_or(|known| counting(number, occurrence) > counting(number, known)) {
                    *known = Some(occurrence);
                }
            });
        });
        let there = (0..).zip(best).filter_map(|(number, best)| Some((number, best?)));
        for (index, (number, occurrence)) in (0..place.documents).zip(there) {
            self.made.put(place, index, number, occurrence);
        }
    }
}

/// Where to look for a term first, and what it is told by there. That no two terms of a corpus are taken for each other,
/// [`strip`] sees to.
fn slot_of(term: &[u8], slots: &[(u32, u32)]) -> (usize, u32) {
    // FNV-1a (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
    let hash = term
        .iter()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3));
    (hash as usize & (slots.len() - 1), (hash >> 32) as u32)
}

/// A corpus without its postings, and whether [`of_paragraphs`] are the fields of its articles; `None` if a [`Derivation`]
/// would not give the same.
///
/// # Panics
///
/// If the bytes are no corpus.
#[cfg(feature = "ingest")]
pub fn strip(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    use super::Section;

    let corpus = Corpus::open(bytes, &[]).expect("a corpus");
    let plain = corpus.section(Section::Bodies).is_empty();
    let derived = Derivation::new(corpus, if plain { of_paragraphs } else { of_trees }).finish();
    let lists = [Section::Postings, Section::Occurrences];
    let same = lists.map(|section| corpus.section(section)) == derived.each_ref().map(|bytes| &**bytes);
    let kept = |(index, section): (usize, &&[u8])| {
        let left_out = lists.iter().any(|list| *list as usize == index + 1);
        if left_out { Vec::new() } else { section.to_vec() }
    };
    let sections: Vec<Vec<u8>> = corpus.sections.iter().enumerate().map(kept).collect();
    same.then(|| (super::write::assemble(&sections), plain))
}
