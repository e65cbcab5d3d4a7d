//! Sets of articles.

use std::ops::Range;

use crate::index::DocumentId;

/// A set of article numbers below a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    bound: u32,
}

impl Bits {
    pub fn none(bound: u32) -> Bits {
        Bits { words: vec![0; bound.div_ceil(64) as usize], bound }
    }

    pub fn all(bound: u32) -> Bits {
        Bits::none(bound).without_those()
    }

    /// Those below the bound that are not in this set.
    pub fn without_those(mut self) -> Bits {
        self.words.iter_mut().for_each(|word| *word = !*word);
        if let Some(last) = self.words.last_mut()
            && !self.bound.is_multiple_of(64)
        {
            *last &= (1 << (self.bound % 64)) - 1;
        }
        self
    }

    pub fn insert(&mut self, id: DocumentId) {
        if let Some(word) = self.words.get_mut(id.0 as usize / 64) {
            *word |= 1 << (id.0 % 64);
        }
    }

    pub fn remove(&mut self, id: DocumentId) {
        if let Some(word) = self.words.get_mut(id.0 as usize / 64) {
            *word &= !(1 << (id.0 % 64));
        }
    }

    /// Inserts the articles of a range.
    pub fn insert_all(&mut self, range: Range<u32>) {
        for (index, bits) in words_of(range) {
            if let Some(word) = self.words.get_mut(index) {
                *word |= bits;
            }
        }
    }

    /// How many of the articles of a range are in the set.
    pub fn count(&self, range: Range<u32>) -> u32 {
        words_of(range).map(|(index, bits)| self.words.get(index).map_or(0, |word| (word & bits).count_ones())).sum()
    }

    #[inline(always)]
    pub fn contains(&self, id: DocumentId) -> bool {
        self.words.get(id.0 as usize / 64).is_some_and(|word| word >> (id.0 % 64) & 1 == 1)
    }

    pub fn intersect(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    pub fn unite(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub fn len(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The articles, rising.
    pub fn iter(&self) -> Iter<'_> {
        Iter { words: &self.words, index: 0, rest: self.words.first().copied().unwrap_or(0) }
    }
}

/// Which words the articles of a range are in, and which bits they are there.
fn words_of(range: Range<u32>) -> impl Iterator<Item = (usize, u64)> {
    (range.start / 64..range.end.div_ceil(64)).map(move |index| {
        let first = range.start.saturating_sub(index * 64);
        let end = (range.end - index * 64).min(64);
        (index as usize, u64::MAX << first & u64::MAX >> (64 - end))
    })
}

/// Goes through a set.
pub struct Iter<'b> {
    words: &'b [u64],
    index: usize,
    /// What is left of the word at `index`.
    rest: u64,
}

impl Iterator for Iter<'_> {
    type Item = DocumentId;

    #[inline(always)]
    fn next(&mut self) -> Option<DocumentId> {
        while self.rest == 0 {
            self.index += 1;
            self.rest = *self.words.get(self.index)?;
        }
        let bit = self.rest.trailing_zeros();
        self.rest &= self.rest - 1;
        Some(DocumentId(self.index as u32 * 64 + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range() -> impl Strategy<Value = Range<u32>> {
        (0u32..160, 0u32..140).prop_map(|(start, length)| start..start + length)
    }

    proptest! {
        #[test]
        fn ranges_are_their_articles(ranges in prop::collection::vec(range(), 0..4), asked in range()) {
            let mut bits = Bits::none(300);
            ranges.iter().cloned().for_each(|range| bits.insert_all(range));
            let ids: Vec<u32> = (0..300).filter(|id| ranges.iter().any(|range| range.contains(id))).collect();
            prop_assert_eq!(bits.iter().map(|id| id.0).collect::<Vec<_>>(), &ids[..]);
            prop_assert_eq!(bits.count(asked.clone()) as usize, ids.iter().filter(|id| asked.contains(*id)).count());
        }
    }
}
