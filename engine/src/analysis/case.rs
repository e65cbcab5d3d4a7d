//! Capitals and small letters, of the scripts that have both and are written today: Latin, Greek, Cyrillic, Armenian.
//!
//! The standard library's tables are for all of Unicode and would be 4 kB of the compressed wasm.

/// The small letter of a capital; any other character itself.
pub fn small(c: char) -> char {
    let code = c as u32;
    let next = |even: bool| code + u32::from(code.is_multiple_of(2) == even);
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => code + 32,
        0x139..=0x148 | 0x179..=0x17E | 0x1CD..=0x1DC => next(false),
        // Turkish's İ becomes an i: without its dot it would be another letter in every other language.
        0x130 => 0x69,
        0x178 => 0xFF,
        0x100..=0x137 | 0x14A..=0x177 | 0x1DE..=0x1EF | 0x1F4 | 0x1F8..=0x21F | 0x222..=0x233 => next(true),
        0x1C4 | 0x1C7 | 0x1CA | 0x1F1 => code + 2,
        0x1F6 => 0x195,
        0x1F7 => 0x1BF,
        0x1C5 | 0x1C8 | 0x1CB | 0x1F2 => code + 1,
        0x386 => 0x3AC,
        0x388..=0x38A => code + 37,
        0x38C => 0x3CC,
        0x38E | 0x38F => code + 63,
        0x400..=0x40F => code + 80,
        0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F => next(true),
        0x4C0 => 0x4CF,
        0x4C1..=0x4CE => next(false),
        0x531..=0x556 => code + 48,
        0x1E9E => 0xDF,
        0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => next(true),
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

pub fn is_capital(c: char) -> bool {
    small(c) != c
}

/// Whether it is a small letter, in a script that has capitals too.
pub fn is_small(c: char) -> bool {
    let letters = matches!(c as u32,
        0x61..=0x7A | 0xDF..=0xF6 | 0xF8..=0x17F | 0x1CD..=0x24F | 0x390 | 0x3AC..=0x3CE | 0x430..=0x481 | 0x48A..=0x52F
        | 0x560..=0x588 | 0x1E00..=0x1EFF);
    letters && !is_capital(c)
}

/// A text in small letters.
pub fn lower(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of today's languages, without letters that only phoneticians and linguists write.
    const BLOCKS: [std::ops::RangeInclusive<u32>; 6] =
        [0..=0x17F, 0x1CD..=0x21F, 0x386..=0x3CE, 0x400..=0x52F, 0x531..=0x587, 0x1E00..=0x1EFF];

    #[test]
    fn letters_are_as_unicode_has_them() {
        for c in BLOCKS.into_iter().flatten().filter_map(char::from_u32) {
            let expected: Vec<char> = c.to_lowercase().collect();
            assert_eq!(small(c), expected[0], "{c}, U+{:04X}", c as u32);
            let exceptions = matches!(c, 'ª' | 'º' | 'µ' | 'ƛ');
            assert!(exceptions || is_small(c) == c.is_lowercase(), "{c}, U+{:04X}", c as u32);
        }
    }

    #[test]
    fn characters_without_capitals_are_neither() {
        for c in "漢かกअاא1-. ⅷ".chars() {
            assert!(!is_small(c) && !is_capital(c), "{c}");
        }
    }

    #[test]
    fn texts_are_made_small() {
        assert_eq!(lower("ÉTÉ Ünder ЁЛКА Ωδή İstanbul ẞ 5G"), "été ünder ёлка ωδή istanbul ß 5g");
    }
}
