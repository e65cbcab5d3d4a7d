//! The articles of a term: Elias and Fano's code of a rising list of numbers (Elias, *Efficient Storage and Retrieval by
//! Content and Address of Static Files*, 1974).
//!
//! For *n* of *N* articles the lowest *k* = ⌊log₂(*N*/*n*)⌋ bits of each number stand as they are; then a bit is set for
//! each, at its other bits' value plus how many came before it. A number alone is all low bits, and where a bit for each of
//! the *N* articles is shorter, there are these. How long that is follows from *n* and *N*, so neither lengths nor gaps
//! need to be stored, and the first posting of a term is found by adding up.

use super::PostingList;

/// How the numbers of a list are divided.
#[derive(Clone, Copy, Debug)]
struct Layout {
    /// Bits of each number that stand as they are.
    low: u32,
    /// Bits that say where the others are.
    high: u32,
    /// What the numbers before one add to where its bit is.
    step: u32,
}

fn layout(count: u32, articles: u32) -> Layout {
    let last = articles.saturating_sub(1);
    if count <= 1 {
        return Layout { low: u32::BITS - last.leading_zeros(), high: 0, step: 0 };
    }
    let low = (articles / count).checked_ilog2().unwrap_or(0);
    let high = count.wrapping_add(last >> low);
    if count.saturating_mul(low).saturating_add(high) >= articles {
        return Layout { low: 0, high: articles, step: 0 };
    }
    Layout { low, high, step: 1 }
}

/// How many bits the list of `count` of `articles` takes.
pub(super) fn bits(count: u32, articles: u32) -> u32 {
    let layout = layout(count, articles);
    count.wrapping_mul(layout.low).wrapping_add(layout.high)
}

/// Puts the numbers of a list in the place of what `numbers` holds. `start` is the list's first bit in `bytes`.
pub(super) fn decode(bytes: &[u8], start: u32, count: u32, articles: u32, numbers: &mut Vec<u32>) {
    numbers.clear();
    let Layout { low, high, step } = layout(count, articles);
    let start = start as usize;
    let lowest = |index: usize| load(bytes, start + index * low as usize) as u32 & ((1 << low) - 1);
    if high == 0 {
        numbers.extend((0..count as usize).map(lowest).filter(|number| *number < articles));
        return;
    }
    let first = start + count.wrapping_mul(low) as usize;
    let end = (first + high as usize).min(bytes.len() * 8);
    // Into places that are there: room is made once, not asked for at each number.
    numbers.resize(count.min(articles) as usize, 0);
    let mut places = numbers.iter_mut();
    let mut read = 0;
    let mut at = first;
    'all: while at < end {
        let mut ahead = load(bytes, at) & (u64::MAX >> (64 - SURE.min(end - at)));
        while ahead != 0 {
            let other = (at + ahead.trailing_zeros() as usize - first).wrapping_sub(read * step as usize) as u32;
            let number = other << low | if low > 0 { lowest(read) } else { 0 };
            match places.next() {
                Some(place) if number < articles => *place = number,
                _ => break 'all,
            }
            read += 1;
            ahead &= ahead - 1;
        }
        at += SURE;
    }
    numbers.truncate(read);
}

/// So many bits of [`load`] can be relied on.
const SURE: usize = 57;

/// The bits from `at` on, the first one lowest; zeroes after the end.
fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at / 8..).unwrap_or(&[]);
    let word = match rest.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    word >> (at % 8)
}

/// Writes number `index` of a list whose bits are all zero yet. What has no place there is left out.
pub(super) fn put(bytes: &mut [u8], list: PostingList, articles: u32, index: u32, number: u32) {
    let Layout { low, high, step } = layout(list.documents, articles);
    let mut set = |bit: u32| {
        if let Some(byte) = bytes.get_mut(bit as usize / 8) {
            *byte |= 1 << (bit % 8);
        }
    };
    (0..low).filter(|bit| number >> bit & 1 == 1).for_each(|bit| set(list.bit + index * low + bit));
    if high > 0 {
        set(list.bit + list.documents * low + (number >> low) + index * step);
    }
}

#[cfg(feature = "ingest")]
pub(super) use write::Writer;

#[cfg(feature = "ingest")]
mod write {
    use super::*;

    /// Writes lists one after the other.
    #[derive(Default)]
    pub struct Writer {
        pub bytes: Vec<u8>,
        /// Bits written.
        pub bits: u32,
    }

    impl Writer {
        pub fn push(&mut self, numbers: impl ExactSizeIterator<Item = u32>, articles: u32) {
            let list = PostingList { documents: numbers.len() as u32, bit: self.bits, before: 0 };
            self.bits = self.bits.checked_add(bits(list.documents, articles)).expect("postings have less than 512 MiB");
            self.bytes.resize(self.bits.div_ceil(8) as usize, 0);
            (0..).zip(numbers).for_each(|(index, number)| put(&mut self.bytes, list, articles, index, number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn lists_are_read_back(articles in 1u32..5000, lists in prop::collection::vec(prop::collection::vec(0u32..5000, 1..300), 1..6)) {
            let lists: Vec<Vec<u32>> = lists
                .into_iter()
                .map(|list| list.into_iter().map(|number| number % articles).collect::<BTreeSet<_>>().into_iter().collect())
                .collect();
            let mut writer = Writer::default();
            lists.iter().for_each(|list| writer.push(list.iter().copied(), articles));
            let mut at = 0;
            for list in &lists {
                let count = list.len() as u32;
                let mut numbers = Vec::new();
                decode(&writer.bytes, at, count, articles, &mut numbers);
                prop_assert_eq!(&numbers, list);
                at += bits(count, articles);
            }
            prop_assert_eq!(at, writer.bits);
        }
    }

    #[test]
    fn no_list_is_longer_than_a_bit_for_each_article() {
        assert_eq!(bits(1000, 1000), 1000);
        assert_eq!(bits(1, 1), 0);
        assert!((2..=1000).all(|count| bits(count, 1000) <= 1000));
        assert_eq!(bits(10, 1000), 10 * 6 + 10 + 15);
    }
}
