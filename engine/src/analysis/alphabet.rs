//! What the analyzer knows of characters: a table inside the corpus.
//!
//! Unicode's own tables weigh more than everything else in the wasm, and a corpus needs little of them. So the build
//! reads them (`unicode.rs`) and writes down what matters for the scripts that the corpus is written in.
//!
//! Layout, little-endian: `u16` each: how many ranges of classes, how many ranges of foldings, bytes of tables. Then for
//! each range of classes a key (`u32`): its first code point times 256 and the class of all from there to the next range.
//! Then for each range of foldings a key (`u32`): its first code point times 256 and the kind; then for each how many
//! code points it has (`u16`), then for each its argument (`u16`); then the tables; then the slots, 12 bytes each: a
//! `u8` length and that much UTF-8. Both kinds of ranges are in order, and the first begins at 0. What is in no range
//! of foldings is folded to itself. By kind:
//!
//! - 1, 2: every first or every second code point, from the first, is folded to the one that the argument is after it,
//!   modulo 65,536;
//! - 3: all are folded to the slot with the argument's number;
//! - 4: the tables hold, from the argument on, a byte for each: 0 for itself, an ASCII character, or 128 and the number
//!   of a slot;
//! - 5: the tables hold a `u16` for each: 0 for itself, or one more than the number of a slot.

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

/// Every code point from a first one is shifted, or every second.
pub(crate) const SHIFT: u32 = 1;
pub(crate) const SHIFT_SECOND: u32 = 2;
pub(crate) const SAME: u32 = 3;
pub(crate) const BYTES: u32 = 4;
pub(crate) const NUMBERS: u32 = 5;

/// Bytes of one slot: its length and up to 11 bytes of UTF-8.
pub(crate) const SLOT: usize = 12;

/// Beyond the supplementary multilingual plane there are only ideographs, which need no table.
pub(crate) const LAST: u32 = 0x1FFFF;

/// A view of the table's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Alphabet<'a> {
    classes: Ranges<'a>,
    foldings: Ranges<'a>,
    /// Lengths and then arguments of the ranges of foldings.
    columns: &'a [u8],
    tables: &'a [u8],
    slots: &'a [u8],
    ascii: [u8; 128],
}

impl<'a> Alphabet<'a> {
    /// `None` if the bytes are not such a table.
    pub fn open(bytes: &'a [u8]) -> Option<Alphabet<'a>> {
        let (counts, rest) = bytes.split_at_checked(6)?;
        let (classes, rest) = rest.split_at_checked(u16_at(counts, 0) * 4)?;
        let foldings = u16_at(counts, 2) * 4;
        let (keys, rest) = rest.split_at_checked(foldings)?;
        let (columns, rest) = rest.split_at_checked(foldings)?;
        let (tables, slots) = rest.split_at_checked(u16_at(counts, 4))?;
        let (classes, foldings) = (Ranges::new(classes), Ranges::new(keys));
        let mut alphabet = Alphabet { classes, foldings, columns, tables, slots, ascii: [0; 128] };
        for code in 0..128 {
            alphabet.ascii[code] = classes.find(code as u32).kind as u8;
        }
        Some(alphabet)
    }

    pub fn class(&self, c: char) -> Class {
        let code = c as u32;
        let class = match code {
            0..128 => self.ascii[code as usize].into(),
            128..=LAST => self.classes.find(code).kind,
            _ if code < 0x40000 => Class::Unspaced as u32,
            _ => 0,
        };
        CLASSES.get(class as usize).copied().unwrap_or(Class::Other)
    }

    /// Appends `c` in its folded form: compatibility forms, case and diacritics undone. It may be nothing, and it may
    /// change the last character there. Texts that are canonically equivalent are the same when they are folded.
    pub fn fold(&self, c: char, to: &mut String) {
        if c.is_ascii() {
            return to.push(c.to_ascii_lowercase());
        }
        if let Some(whole) = to.chars().next_back().and_then(|before| compose(before, c)) {
            to.pop();
            return to.push(whole);
        }
        match self.folding(c as u32) {
            Folding::Itself => to.push(c),
            Folding::To(code) => to.push(char::from_u32(code).unwrap_or(c)),
            Folding::Slot(number) => {
                let slot = self.slots.get(number * SLOT..).unwrap_or(&[]);
                let text = slot.get(1..1 + usize::from(slot.first().copied().unwrap_or(0)));
                to.push_str(text.and_then(|text| std::str::from_utf8(text).ok()).unwrap_or(""));
            }
        }
    }

    /// `text` folded, character by character.
    pub fn folded(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        text.chars().for_each(|c| self.fold(c, &mut folded));
        folded
    }

    fn folding(&self, code: u32) -> Folding {
        let range = self.foldings.find(code.min(LAST));
        let offset = (code - range.first) as usize;
        if offset >= u16_at(self.columns, range.index * 2) {
            return Folding::Itself;
        }
        let argument = u16_at(self.columns, self.columns.len() / 2 + range.index * 2);
        match range.kind {
            SHIFT | SHIFT_SECOND if offset.is_multiple_of(range.kind as usize) => {
                Folding::To(code & !0xFFFF | (code as u16).wrapping_add(argument as u16) as u32)
            }
            SAME => Folding::Slot(argument),
            BYTES => match self.tables.get(argument + offset) {
                None | Some(0) => Folding::Itself,
                Some(&byte @ 128..) => Folding::Slot(usize::from(byte) - 128),
                Some(&byte) => Folding::To(byte.into()),
            },
            NUMBERS => u16_at(self.tables, argument + offset * 2).checked_sub(1).map_or(Folding::Itself, Folding::Slot),
            _ => Folding::Itself,
        }
    }
}

/// What a character becomes.
enum Folding {
    Itself,
    /// Another character.
    To(u32),
    /// What the slot of this number holds.
    Slot(usize),
}

/// Ranges of code points in their order, up to [`LAST`].
#[derive(Clone, Copy, Debug)]
struct Ranges<'a> {
    keys: &'a [u8],
    /// For each [`CHUNK`] of code points the range that its first one is in.
    chunks: [u16; LAST as usize / CHUNK as usize + 2],
}

/// The range that a code point is in.
struct InRange {
    index: usize,
    first: u32,
    kind: u32,
}

const CHUNK: u32 = 512;

impl<'a> Ranges<'a> {
    fn new(keys: &'a [u8]) -> Ranges<'a> {
        let mut ranges = Ranges { keys, chunks: [0; LAST as usize / CHUNK as usize + 2] };
        let mut at = 0;
        for chunk in 0..ranges.chunks.len() {
            while (at + 1) * 4 < keys.len() && ranges.first(at + 1) <= chunk as u32 * CHUNK {
                at += 1;
            }
            ranges.chunks[chunk] = at as u16;
        }
        ranges
    }

    fn find(&self, code: u32) -> InRange {
        let chunk = (code / CHUNK) as usize;
        let (mut low, mut high) = (self.chunks[chunk].into(), usize::from(self.chunks[chunk + 1]) + 1);
        while high - low > 1 {
            let middle = (low + high) / 2;
            if self.first(middle) <= code {
                low = middle;
            } else {
                high = middle;
            }
        }
        let first = self.first(low).min(code);
        InRange { index: low, first, kind: self.keys.get(low * 4).copied().unwrap_or(0).into() }
    }

    fn first(&self, index: usize) -> u32 {
        (u16_at(self.keys, index * 4 + 1) | usize::from(self.keys.get(index * 4 + 3).copied().unwrap_or(0)) << 16)
            as u32
    }
}

fn u16_at(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]).into())
}

/// Two characters as the one that terms hold, where that is not the two of them: й, which is no и, and the syllables of
/// Korean, which would be thrice as long (the Unicode Standard, section 3.12).
pub(crate) fn compose(before: char, c: char) -> Option<char> {
    let (first, second) = (before as u32, c as u32);
    match (first, second) {
        (0x438, 0x306) => Some('й'),
        (0x443, 0x306) => Some('ў'),
        (0x1100..=0x1112, 0x1161..=0x1175) => char::from_u32(0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28),
        (0xAC00..=0xD7A3, 0x11A8..=0x11C2) if (first - 0xAC00).is_multiple_of(28) => {
            char::from_u32(first + second - 0x11A7)
        }
        _ => None,
    }
}
