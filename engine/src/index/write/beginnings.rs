//! The articles of all terms that begin alike, where these are many: a reader's first letters.

use super::{Occurrence, TermEntry, WrittenTerms, short_text};

/// Terms of fewer postings than this, or than there are articles, are read fast enough.
const MANY: usize = 1 << 14;

/// Beginnings of more characters than this are not looked at.
const LONGEST: usize = 6;

/// Adds the lists behind those of the terms, which are in their order.
pub(super) fn write(
    terms: &[(String, TermEntry)],
    articles: u32,
    counting: &dyn Fn(u32, Occurrence) -> f32,
    written: &mut WrittenTerms,
) {
    let many = MANY.max(articles as usize);
    // So that the lists of terms end with a byte.
    written.postings.bits = written.postings.bits.next_multiple_of(8);
    let mut best: Vec<Option<Occurrence>> = vec![None; articles as usize];
    for characters in 0..LONGEST {
        for alike in terms.chunk_by(|a, b| beginning(&a.0, characters) == beginning(&b.0, characters)) {
            let postings = || alike.iter().flat_map(|(_, entry)| &entry.postings);
            let Some(start) =
                beginning(&alike[0].0, characters).filter(|_| alike.len() > 1 && postings().count() >= many)
            else {
                continue;
            };
            for (number, occurrence) in postings() {
                let known = &mut best[*number as usize];
                if known.is_none_or(|known| counting(*number, *occurrence) > counting(*number, known)) {
                    *known = Some(*occurrence);
                }
            }
            let numbers: Vec<u32> = (0..articles).filter(|number| best[*number as usize].is_some()).collect();
            let list = [numbers.len() as u32, written.postings.bits, written.occurrences.len() as u32];
            written.beginnings.extend(short_text(start));
            written.beginnings.extend(list.into_iter().flat_map(u32::to_le_bytes));
            written.postings.push(numbers.iter().copied(), articles);
            let occurrences = numbers.iter().filter_map(|number| best[*number as usize].take());
            written.occurrences.extend(occurrences.map(|occurrence| occurrence.0));
        }
    }
}

/// The characters of a term up to number `last`.
fn beginning(term: &str, last: usize) -> Option<&str> {
    term.char_indices().nth(last).map(|(at, c)| &term[..at + c.len_utf8()])
}
