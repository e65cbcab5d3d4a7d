//! Sorting. Each type that is sorted by itself costs the wasm two kilobytes, so all go through one sort of numbers.

use std::cmp::Ordering;

/// Sorts `items`; equals keep their order.
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let Some(order) = sorted(items.len(), &mut |a, b| compare(&items[a as usize], &items[b as usize])) else { return };
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|number| taken[number as usize].take()));
}

/// Sorts `items` by a key; equals keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The numbers below `length` in their order, unless they are in it already.
fn sorted(length: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Option<Vec<u32>> {
    let length = length as u32;
    if (1..length).all(|number| compare(number - 1, number).is_le()) {
        return None;
    }
    let mut numbers: Vec<u32> = (0..length).collect();
    numbers.sort_by(|a, b| compare(*a, *b));
    Some(numbers)
}

/// How often each of some texts was counted, in their order.
#[derive(Default)]
pub struct Counts(pub Vec<(String, u32)>);

impl Counts {
    pub fn add(&mut self, text: &str, count: u32) {
        match self.0.binary_search_by(|(known, _)| (**known).cmp(text)) {
            Ok(at) => self.0[at].1 += count,
            Err(at) => self.0.insert(at, (text.to_owned(), count)),
        }
    }
}
