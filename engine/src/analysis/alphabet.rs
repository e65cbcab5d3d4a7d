//! What the analyzer knows of characters: a table inside the corpus.
//!
//! Unicode's own tables weigh more than everything else in the wasm, and a corpus needs little of them. So the build
//! reads them (`unicode.rs`) and writes down what matters for the scripts that the corpus is written in.
//!
//! Layout, little-endian: `u16` number of stage-one entries; `u16` number of foldings; the stage-one entries, `u8`, one
//! for each 128 code points from U+0000; the blocks they number, 128 × `u16`: the class in the low 4 bits, the folding
//! in the high 12; then the foldings, 12 bytes each: a `u8` length and that much UTF-8. Folding 0, which has no bytes,
//! is the character itself.

/// How a character takes part in words, after UAX #29's Word_Break property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Between words.
    Other = 0,
    Letter = 1,
    Digit = 2,
    /// Belongs to the character before it: combining marks, joiners, soft hyphens.
    Mark = 3,
    /// Joins letters (`·`).
    MidLetter = 4,
    /// Joins digits (`,`).
    MidNumber = 5,
    /// Joins letters and digits (`.`, `'`).
    MidBoth = 6,
    /// `_` and its like.
    Underscore = 7,
    /// Written without spaces, indexed by overlapping pairs: Han, Kana, Hangul, Thai, Lao, Khmer, Burmese.
    Unspaced = 8,
    /// `-` and its like, and `&`.
    Hyphen = 9,
    /// `+` and `#`, which end names such as C++.
    Sign = 10,
}

const CLASSES: [Class; 11] = [
    Class::Other,
    Class::Letter,
    Class::Digit,
    Class::Mark,
    Class::MidLetter,
    Class::MidNumber,
    Class::MidBoth,
    Class::Underscore,
    Class::Unspaced,
    Class::Hyphen,
    Class::Sign,
];

/// Code points per stage-one entry.
pub(crate) const BLOCK: usize = 128;

/// A view of the table's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Alphabet<'a> {
    stage_one: &'a [u8],
    blocks: &'a [u8],
    foldings: &'a [u8],
    ascii: [u8; BLOCK],
}

impl<'a> Alphabet<'a> {
    /// `None` if the bytes are not such a table.
    pub fn open(bytes: &'a [u8]) -> Option<Alphabet<'a>> {
        let (counts, rest) = bytes.split_at_checked(4)?;
        let entries = usize::from(u16::from_le_bytes([counts[0], counts[1]]));
        let (stage_one, rest) = rest.split_at_checked(entries)?;
        let highest = usize::from(*stage_one.iter().max()?);
        let (blocks, foldings) = rest.split_at_checked((highest + 1) * BLOCK * 2)?;
        let mut alphabet = Alphabet { stage_one, blocks, foldings, ascii: [0; BLOCK] };
        for code in 0..BLOCK {
            alphabet.ascii[code] = (alphabet.value(code as u32) & 15) as u8;
        }
        Some(alphabet)
    }

    pub fn class(&self, c: char) -> Class {
        let class = if c.is_ascii() { self.ascii[c as usize] } else { (self.value(c as u32) & 15) as u8 };
        CLASSES.get(usize::from(class)).copied().unwrap_or(Class::Other)
    }

    /// Appends `c` in its folded form: compatibility forms, case and diacritics undone. It may be nothing.
    pub fn fold(&self, c: char, to: &mut String) {
        if c.is_ascii() {
            return to.push(c.to_ascii_lowercase());
        }
        match self.folding(self.value(c as u32) >> 4) {
            Some(folded) => to.push_str(folded),
            None => to.push(c),
        }
    }

    /// `text` folded, character by character.
    pub fn folded(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        text.chars().for_each(|c| self.fold(c, &mut folded));
        folded
    }

    fn value(&self, code: u32) -> u16 {
        let code = code as usize;
        let Some(&block) = self.stage_one.get(code / BLOCK) else {
            return if (0x20000..0x40000).contains(&code) { Class::Unspaced as u16 } else { Class::Other as u16 };
        };
        let at = (usize::from(block) * BLOCK + code % BLOCK) * 2;
        match self.blocks.get(at..at + 2) {
            Some(value) => u16::from_le_bytes([value[0], value[1]]),
            None => 0,
        }
    }

    fn folding(&self, number: u16) -> Option<&'a str> {
        if number == 0 {
            return None;
        }
        let at = usize::from(number - 1) * FOLDING;
        let slot = self.foldings.get(at..at + FOLDING)?;
        std::str::from_utf8(slot.get(1..1 + usize::from(slot[0]))?).ok()
    }
}

/// Bytes of one folding: its length and up to 11 bytes of UTF-8.
pub(crate) const FOLDING: usize = 12;
