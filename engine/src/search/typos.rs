//! Words of the corpus that are nearly the word that was typed.

use super::sort::sort_by;
use crate::index::{Lexicon, Term};

/// A word of the corpus and how far it is from the typed one.
#[derive(Clone, Debug)]
pub struct Near {
    pub term: Term,
    pub distance: u32,
}

/// How many edits a word of that many letters may be away: none below 4, one from 4, two from 8.
pub fn tolerance(letters: usize) -> u32 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The words within the tolerance of `word`, nearest first, then by how many articles have them.
///
/// Distance is Damerau-Levenshtein in its optimal string alignment form: a letter too many, too few, another, or two
/// neighbours exchanged. With `beginning`, it is the distance to the nearest beginning of the corpus's word. Words with
/// digits are never near one another: a number is what it is.
pub fn near(lexicon: &Lexicon, word: &str, beginning: bool) -> Vec<Near> {
    let typed: Vec<char> = word.chars().collect();
    let most = tolerance(typed.len());
    if most == 0 || word.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let last = typed.len();
    // One row of the matrix for each letter of `path`, and one before them; terms in order share their first rows.
    let mut rows: Vec<Vec<u32>> = vec![(0..=last as u32).collect()];
    let mut path: Vec<char> = Vec::new();
    // The letter after `path` with which every row exceeds the tolerance.
    let mut dead: Option<char> = None;
    let mut found = Vec::new();
    let mut cursor = lexicon.start();
    while cursor.next() {
        let Ok(term) = std::str::from_utf8(cursor.text()) else {
            continue;
        };
        if !cursor.is_word() {
            continue;
        }
        let shared = path.iter().zip(term.chars()).take_while(|(a, b)| **a == *b).count();
        if shared < path.len() || dead.is_none() || term.chars().nth(shared) != dead {
            path.truncate(shared);
            rows.truncate(shared + 1);
            dead = None;
            for c in term.chars().skip(shared) {
                path.push(c);
                let row = next_row(&rows, &path, &typed);
                if row.iter().all(|distance| *distance > most) {
                    path.pop();
                    dead = Some(c);
                    break;
                }
                rows.push(row);
            }
        }
        let distance = if beginning {
            rows.iter().map(|row| row[last]).min()
        } else {
            rows.last().filter(|_| dead.is_none()).map(|row| row[last])
        };
        if let Some(distance) = distance.filter(|distance| *distance <= most)
            && !term.bytes().any(|b| b.is_ascii_digit())
        {
            found.push(Near { term: cursor.term(), distance });
        }
    }
    sort_by(&mut found, |a, b| {
        let key =
            |near: &Near| (near.distance, !same_start(&near.term.text, word), std::cmp::Reverse(near.term.documents));
        key(a).cmp(&key(b)).then_with(|| a.term.text.cmp(&b.term.text))
    });
    found
}

/// People seldom mistype the first letter.
fn same_start(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// The row for the last of `letters`, whose earlier rows are there.
fn next_row(rows: &[Vec<u32>], letters: &[char], typed: &[char]) -> Vec<u32> {
    let i = letters.len();
    let (above, c) = (&rows[i - 1], letters[i - 1]);
    let mut row = Vec::with_capacity(above.len());
    row.push(i as u32);
    for j in 1..=typed.len() {
        let substituted = above[j - 1] + u32::from(typed[j - 1] != c);
        let mut least = substituted.min(above[j] + 1).min(row[j - 1] + 1);
        if i > 1 && j > 1 && c == typed[j - 2] && letters[i - 2] == typed[j - 1] {
            least = least.min(rows[i - 2][j - 2] + 1);
        }
        row.push(least);
    }
    row
}
