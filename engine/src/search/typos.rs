//! Words of the corpus that are nearly the word that was typed.

use crate::index::{Lexicon, Term};

/// How many edits a word of that many letters may be away: none below 4, one from 4, two from 8.
pub fn tolerance(letters: usize) -> u32 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The word nearest to `word` within the tolerance; of equally near ones those that begin alike come first, then the
/// one that most articles have.
///
/// Distance is Damerau-Levenshtein in its optimal string alignment form: a letter too many, too few, another, or two
/// neighbours exchanged. With `beginning`, it is the distance to the nearest beginning of the corpus's word. Words with
/// digits are never near one another: a number is what it is.
///
/// It is a door: see [`crate::query::in_part`].
/// This walks the vocabulary as a tree, and not below a beginning that no word near enough can have.
#[inline(never)]
pub fn near(lexicon: &Lexicon, word: &str, beginning: bool) -> Option<Term> {
    let typed: Vec<char> = word.chars().collect();
    let mut most = tolerance(typed.len());
    if most == 0 || word.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let last = typed.len();
    // One row of the matrix for each letter of `path`, and one before them; terms in order share their first rows.
    let mut rows: Vec<Vec<u32>> = vec![(0..=last as u32).collect()];
    let mut path: Vec<char> = Vec::new();
    let mut best: Option<(u32, bool, Term)> = None;
    let mut cursor = lexicon.start();
    let mut there = cursor.next();
    'terms: while there {
        let Ok(term) = std::str::from_utf8(cursor.text()) else {
            there = cursor.next();
            continue;
        };
        let shared = path.iter().zip(term.chars()).take_while(|(a, b)| **a == *b).count();
        path.truncate(shared);
        rows.truncate(shared + 1);
        let mut begun = rows.iter().map(|row| row[last]).min().unwrap_or(u32::MAX);
        for (at, c) in term.char_indices().skip(shared) {
            if !(beginning && begun <= most) && rows[path.len()].iter().all(|distance| *distance > most) {
                there = cursor.skip(at);
                continue 'terms;
            }
            path.push(c);
            let row = next_row(&rows, &path, &typed);
            begun = begun.min(row[last]);
            rows.push(row);
            // What goes on from here is no nearer.
            if beginning && path.len() > last + most as usize {
                break;
            }
        }
        let distance = if beginning { begun } else { rows[path.len()][last] };
        let is_near = distance <= most && cursor.is_word() && !term.bytes().any(|b| b.is_ascii_digit());
        if is_near {
            let other_start = term.chars().next() != typed.first().copied();
            let documents = cursor.documents();
            let better = best.as_ref().is_none_or(|(least, other, best)| {
                (distance, other_start, std::cmp::Reverse(documents))
                    < (*least, *other, std::cmp::Reverse(best.documents))
            });
            if better {
                best = Some((distance, other_start, cursor.term()));
                most = distance;
            }
        }
        there = cursor.next();
    }
    best.map(|(.., term)| term)
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
