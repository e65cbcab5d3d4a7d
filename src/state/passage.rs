//! Names for pieces of an article, by which they are found again as long as they are the same.

use std::ops::Range;

/// A name for a piece of `text`, for an address: `142-1k2j3h4g5-2`.
///
/// It holds the piece's length, a sum over its bytes, and which of the pieces that are the same it is. Where other parts
/// of the text change, the piece is still found; where it has changed itself, nothing is.
pub fn name(text: &str, piece: Range<usize>) -> Option<String> {
    let bytes = text.get(piece.clone()).filter(|bytes| !bytes.is_empty())?.as_bytes();
    let place = places(text, bytes.len(), sum(bytes)).position(|at| at == piece.start)?;
    Some([base36(bytes.len() as u64), base36(sum(bytes)), base36(place as u64 + 1)].join("-"))
}

/// The piece of `text` that has this name.
pub fn find(text: &str, name: &str) -> Option<Range<usize>> {
    let mut parts = name.split('-').map(|part| u64::from_str_radix(part, 36).ok());
    let (length, sum, place) = (parts.next()?? as usize, parts.next()??, parts.next()?? as usize);
    let at = places(text, length, sum).nth(place.checked_sub(1)?)?;
    text.get(at..at + length).map(|piece| at..at + piece.len())
}

/// Odd, and large enough that short pieces fill all bits.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| grown(sum, *byte))
}

fn grown(sum: u64, byte: u8) -> u64 {
    sum.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
}

/// Where in `text` pieces of this length with this sum begin. The sum of each place is made from the one before.
fn places(text: &str, length: usize, wanted: u64) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let highest = (0..length).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let fits = length > 0 && length <= bytes.len();
    let mut now = if fits { sum(&bytes[..length]) } else { 0 };
    let starts = if fits { 0..bytes.len() - length + 1 } else { 0..0 };
    starts.filter(move |&start| {
        if start > 0 {
            let gone = (u64::from(bytes[start - 1]) + 1).wrapping_mul(highest);
            now = grown(now, bytes[start + length - 1]).wrapping_sub(gone);
        }
        now == wanted && text.is_char_boundary(start)
    })
}

fn base36(mut number: u64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    loop {
        digits.push(DIGITS[(number % 36) as usize]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Rust is red. All rust, and rust again. Été à la mer.";

    #[test]
    fn every_piece_is_found_by_its_name() {
        let ends: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).chain([TEXT.len()]).collect();
        for (place, start) in ends.iter().enumerate() {
            for end in &ends[place + 1..] {
                let name = name(TEXT, *start..*end).unwrap();
                assert_eq!(find(TEXT, &name), Some(*start..*end), "{:?}", &TEXT[*start..*end]);
            }
        }
    }

    #[test]
    fn a_piece_is_found_where_it_has_moved_and_not_where_it_has_changed() {
        let start = TEXT.find("All rust").unwrap();
        let name = name(TEXT, start..start + 21).unwrap();
        let longer = ["News. ", TEXT].concat();
        assert_eq!(find(&longer, &name), Some(start + 6..start + 27));
        assert_eq!(find(&TEXT.replace("and", "or "), &name), None);
        assert_eq!(find(&TEXT.replace("All", "all"), &name), None);
        assert_eq!(find("", &name), None);
    }

    #[test]
    fn what_is_no_name_finds_nothing() {
        for name in ["", "-", "1", "1-2", "zzzzzzzzzzzzzzzz-1-1", "5-1-0", "0-0-1", "a b-c-d", "-1-2-3"] {
            assert_eq!(find(TEXT, name), None, "{name}");
        }
        assert_eq!(super::name(TEXT, 3..3), None);
    }
}
