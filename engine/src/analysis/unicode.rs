//! Reads the Unicode tables at build time and writes an [`Alphabet`](super::Alphabet) for one corpus.

use std::collections::{BTreeMap, BTreeSet};

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{GeneralCategory, Script, WordBreak};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::alphabet::{BYTES, Class, LAST, NUMBERS, SAME, SHIFT, SHIFT_SECOND, SLOT, compose};

/// Code points that are taken together when it is decided what a corpus needs.
const BLOCK: usize = 128;

/// The table for texts made of `characters`.
///
/// Classes are exact for every block of 128 code points that holds one of them, or one that readers type for them. The
/// other blocks are given the class that most of their characters have: a word in a script of which the corpus holds
/// nothing is still a word. Foldings are there for every character of the corpus, and of those that readers may type for
/// the ones from these blocks and for the ones that fold to characters of the corpus (so that `é` finds `e`).
pub fn alphabet(characters: &BTreeSet<char>) -> Vec<u8> {
    let unicode = Unicode::new();
    let mut known = characters.clone();
    known.extend('a'..='z');
    known.extend('0'..='9');
    for c in characters {
        known.extend(unicode.fold(*c).chars());
        // The same text may be typed with its diacritics as characters of their own.
        known.extend(unicode.nfd.normalize(c.encode_utf8(&mut [0; 4])).chars());
    }
    known.insert('\u{301}');

    let mut classes: Vec<(u32, Class)> = Vec::new();
    let mut foldings: BTreeMap<u32, String> = BTreeMap::new();
    for first in (0..=LAST).step_by(BLOCK) {
        let block: Vec<char> = (first..first + BLOCK as u32).filter_map(char::from_u32).collect();
        let held = block.iter().any(|c| known.contains(c));
        let mut exact = held;
        for &c in &block {
            if !characters.contains(&c) && !typable(c) {
                continue;
            }
            let folded = unicode.fold(c);
            let finds = !folded.is_empty() && folded.chars().all(|f| known.contains(&f));
            let needed = (held || finds || dropped(c)) && (unicode.class(c) != Class::Other || folded.is_empty());
            exact |= needed;
            if needed && !c.is_ascii() && !folded.chars().eq([c]) && folded.len() < SLOT {
                foldings.insert(c as u32, folded);
            }
        }
        let usual = unicode.usual_class(&block);
        for code in first..first + BLOCK as u32 {
            let class = match char::from_u32(code) {
                Some(c) if exact => unicode.class(c),
                _ => usual,
            };
            if classes.last().is_none_or(|(_, last)| *last != class) {
                classes.push((code, class));
            }
        }
    }
    let foldings = Foldings::new(foldings);

    let mut bytes = Vec::new();
    let counts = [classes.len(), foldings.ranges.len(), foldings.tables.len()];
    for count in counts {
        bytes.extend(u16::try_from(count).expect("Unicode has fewer ranges and foldings").to_le_bytes());
    }
    bytes.extend(classes.iter().flat_map(|(first, class)| (first << 8 | *class as u32).to_le_bytes()));
    bytes.extend(foldings.ranges.iter().flat_map(|range| (range.first << 8 | range.kind).to_le_bytes()));
    bytes.extend(foldings.ranges.iter().flat_map(|range| range.length.to_le_bytes()));
    bytes.extend(foldings.ranges.iter().flat_map(|range| range.argument.to_le_bytes()));
    bytes.extend(&foldings.tables);
    for text in &foldings.slots {
        let mut slot = [0; SLOT];
        slot[0] = text.len() as u8;
        slot[1..=text.len()].copy_from_slice(text.as_bytes());
        bytes.extend(slot);
    }
    bytes
}

/// `text` in NFC, as the stemmers expect it.
pub fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned() }
}

/// Whether readers type `c` where plainer letters would do: not so the letters of phonetics and of mathematics, those in
/// circles, ideographs, or the forms that Arabic letters take in print.
fn typable(c: char) -> bool {
    !matches!(c,
        '\u{250}'..='\u{2FF}' | '\u{1D00}'..='\u{1DFF}' | '\u{2070}'..='\u{2BFF}' | '\u{2C60}'..='\u{2C7F}'
        | '\u{2E80}'..='\u{2FFF}' | '\u{3130}'..='\u{A7FF}' | '\u{AB30}'..='\u{FAFF}'
        | '\u{FB07}'..='\u{FDFF}' | '\u{FE10}'..='\u{FEFE}' | '\u{10000}'..)
}

/// Whether `c` may come with Latin letters and is to be left out.
fn dropped(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

/// Code points that are folded in one way.
struct Range {
    first: u32,
    length: u16,
    kind: u32,
    argument: u16,
}

#[derive(Default)]
struct Foldings {
    ranges: Vec<Range>,
    tables: Vec<u8>,
    slots: Vec<String>,
}

/// From so many on, a range of its own costs less than a place in a table for each.
const LONG: usize = 10;

/// Characters that fold to themselves are part of a table up to so many in a row.
const GAP: u32 = 8;

impl Foldings {
    fn new(foldings: BTreeMap<u32, String>) -> Foldings {
        let mut written = Foldings::default();
        written.push(0, 0, SAME, 0);
        let all: Vec<(u32, String)> = foldings.into_iter().collect();
        let mut table = 0;
        let mut at = 0;
        while at < all.len() {
            let rest = &all[at..];
            let same = run(rest, 1, |(_, folded)| Some(folded.clone()));
            let shifts = [1, 2].map(|step| run(rest, step, |(code, folded)| shift(*code, folded)));
            let longest = same.max(shifts[0]).max(shifts[1]);
            if table < at && (longest >= LONG || rest[0].0 - all[at - 1].0 > GAP) {
                written.table(&all[table..at]);
                table = at;
            }
            if longest < LONG {
                at += 1;
                continue;
            }
            let (first, folded) = &rest[0];
            let shifted = shift(*first, folded).unwrap_or(0);
            if longest == same {
                let slot = written.slot(folded);
                written.push(*first, longest, SAME, slot);
            } else if longest == shifts[0] {
                written.push(*first, longest, SHIFT, shifted as usize);
            } else {
                written.push(*first, longest * 2 - 1, SHIFT_SECOND, shifted as usize);
            }
            at += longest;
            table = at;
        }
        written.table(&all[table..]);
        written
    }

    fn push(&mut self, first: u32, length: usize, kind: u32, argument: usize) {
        let small = |number: usize| u16::try_from(number).expect("foldings take less than 64 kB");
        self.ranges.push(Range { first, length: small(length), kind, argument: small(argument) });
    }

    /// Characters that have little in common.
    fn table(&mut self, entries: &[(u32, String)]) {
        let (Some((first, _)), Some((last, _))) = (entries.first(), entries.last()) else { return };
        let length = (last - first + 1) as usize;
        let mut bytes = vec![0u8; length];
        let mut numbers = vec![0u16; length];
        let mut fits = true;
        for (code, folded) in entries {
            let at = (code - first) as usize;
            if let [byte @ 1..128] = folded.as_bytes() {
                bytes[at] = *byte;
            } else {
                let slot = self.slot(folded);
                fits &= slot < 128;
                bytes[at] = slot as u8 | 128;
            }
        }
        let start = self.tables.len();
        if fits {
            self.tables.extend(bytes);
            return self.push(*first, length, BYTES, start);
        }
        for (code, folded) in entries {
            numbers[(code - first) as usize] = self.slot(folded) as u16 + 1;
        }
        self.tables.extend(numbers.into_iter().flat_map(u16::to_le_bytes));
        self.push(*first, length, NUMBERS, start);
    }

    fn slot(&mut self, text: &str) -> usize {
        self.slots.iter().position(|known| known == text).unwrap_or_else(|| {
            self.slots.push(text.to_owned());
            self.slots.len() - 1
        })
    }
}

/// How far after `code` the one is that it is folded to, modulo 65,536.
fn shift(code: u32, folded: &str) -> Option<u16> {
    let mut characters = folded.chars();
    let to = characters.next().filter(|to| characters.next().is_none() && *to as u32 >> 16 == code >> 16)?;
    Some((to as u32 as u16).wrapping_sub(code as u16))
}

/// How many entries from the first on, `step` code points apart, are alike.
fn run<T: PartialEq>(entries: &[(u32, String)], step: u32, likeness: impl Fn(&(u32, String)) -> Option<T>) -> usize {
    let Some(first) = likeness(&entries[0]) else { return 0 };
    let like = |(index, entry): &(usize, &(u32, String))| {
        entry.0 == entries[0].0 + *index as u32 * step && likeness(entry).as_ref() == Some(&first)
    };
    entries.iter().enumerate().take_while(like).count()
}

struct Unicode {
    breaks: CodePointMapDataBorrowed<'static, WordBreak>,
    scripts: CodePointMapDataBorrowed<'static, Script>,
    categories: CodePointMapDataBorrowed<'static, GeneralCategory>,
    nfkc: ComposingNormalizerBorrowed<'static>,
    nfd: icu_normalizer::DecomposingNormalizerBorrowed<'static>,
}

impl Unicode {
    fn new() -> Unicode {
        Unicode {
            breaks: CodePointMapData::<WordBreak>::new(),
            scripts: CodePointMapData::<Script>::new(),
            categories: CodePointMapData::<GeneralCategory>::new(),
            nfkc: ComposingNormalizerBorrowed::new_nfkc(),
            nfd: icu_normalizer::DecomposingNormalizerBorrowed::new_nfd(),
        }
    }

    fn class(&self, c: char) -> Class {
        match c {
            '-' | '\u{2010}' | '\u{2011}' | '&' => return Class::Hyphen,
            '+' | '#' | '♯' => return Class::Sign,
            // UAX #29 joins "a:b" for Swedish abbreviations; elsewhere a colon parts words (CLDR does the same).
            ':' | '：' | '\u{FE13}' | '\u{FE55}' => return Class::Other,
            // The vowels and finals of a Korean syllable that is written in its parts.
            '\u{1160}'..='\u{11FF}' => return Class::Mark,
            _ => {}
        }
        if self.unspaced(c) {
            return Class::Unspaced;
        }
        match self.breaks.get(c) {
            WordBreak::ALetter | WordBreak::HebrewLetter | WordBreak::Katakana => Class::Letter,
            WordBreak::Numeric => Class::Digit,
            WordBreak::Extend | WordBreak::Format | WordBreak::ZWJ => Class::Mark,
            WordBreak::MidLetter => Class::MidLetter,
            WordBreak::MidNum => Class::MidNumber,
            WordBreak::MidNumLet | WordBreak::SingleQuote => Class::MidBoth,
            WordBreak::ExtendNumLet => Class::Underscore,
            // Letters and numbers without a class of their own, such as "²" or "½".
            _ if c.is_alphanumeric() => Class::Digit,
            _ => Class::Other,
        }
    }

    fn unspaced(&self, c: char) -> bool {
        use Script as S;
        let script = matches!(
            self.scripts.get(c),
            S::Han | S::Hiragana | S::Katakana | S::Hangul | S::Thai | S::Lao | S::Khmer | S::Myanmar
        );
        c.is_alphabetic() && (script || c == 'ー') && self.breaks.get(c) != WordBreak::Extend
    }

    fn usual_class(&self, characters: &[char]) -> Class {
        let count = |class| characters.iter().filter(|c| self.class(**c) == class).count();
        [Class::Letter, Class::Unspaced, Class::Mark]
            .into_iter()
            .find(|class| count(*class) * 2 >= BLOCK)
            .unwrap_or_else(|| if count(Class::Letter) > count(Class::Other) { Class::Letter } else { Class::Other })
    }

    /// NFKD, lower case, and for the scripts whose readers leave them out, without diacritics; but what
    /// [`compose`](super::alphabet::compose) puts together is in one piece.
    fn fold(&self, c: char) -> String {
        let lower: String =
            self.nfkc.normalize(c.encode_utf8(&mut [0; 4])).chars().flat_map(char::to_lowercase).collect();
        let mut folded = String::new();
        for d in self.nfd.normalize(&lower).chars() {
            match folded.chars().next_back().and_then(|before| compose(before, d)) {
                Some(whole) => {
                    folded.pop();
                    folded.push(whole);
                }
                None if !self.left_out(d) => folded += &letter(d),
                None => {}
            }
        }
        folded
    }

    /// Whether the mark `d` is one that readers leave out when they type.
    fn left_out(&self, d: char) -> bool {
        if matches!(d, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | 'ـ') {
            return true;
        }
        if self.categories.get(d) != GeneralCategory::NonspacingMark {
            return false;
        }
        match d {
            // й, a letter of its own, has been put together; ё is usually written е.
            '\u{300}'..='\u{36F}' => true,
            // Arabic and Hebrew vowel signs.
            '\u{5B0}'..='\u{5C7}'
            | '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6ED}' => true,
            _ => false,
        }
    }
}

/// Letters that Unicode does not decompose but readers write plainly.
fn letter(c: char) -> String {
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        // Alef and yeh are written with and without hamza or dots; teh marbuta as heh.
        'ٱ' => "ا",
        'ى' | 'ی' | 'ے' => "ي",
        'ک' => "ك",
        'ة' | 'ۀ' | 'ہ' | 'ە' => "ه",
        // Typographic apostrophes.
        '\u{2019}' | '\u{2018}' | '\u{2BC}' | '＇' => "'",
        other => return other.into(),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Alphabet;

    /// The first characters of many scripts, and those that come with them.
    #[test]
    fn the_table_is_exact_for_the_corpus_and_for_what_readers_type() {
        let unicode = Unicode::new();
        let latin = "Été, Łódź; ﬁne Ｗｉｄｅ № ½ “x” ’ straße 𝐛 e\u{301}".chars();
        let scripts = [
            '\u{370}'..='\u{3FF}',
            '\u{1F00}'..='\u{1FFF}',
            '\u{400}'..='\u{52F}',
            '\u{531}'..='\u{587}',
            '\u{590}'..='\u{5FF}',
            '\u{600}'..='\u{6FF}',
            '\u{900}'..='\u{97F}',
            '\u{E00}'..='\u{E7F}',
            '\u{3040}'..='\u{30FF}',
            '\u{AC00}'..='\u{AC7F}',
            '\u{10400}'..='\u{1044F}',
            '\u{FB50}'..='\u{FDFF}',
        ];
        let check = |characters: BTreeSet<char>| {
            let bytes = alphabet(&characters);
            let alphabet = Alphabet::open(&bytes).unwrap();
            let exact = |c: char| {
                assert_eq!(alphabet.class(c), unicode.class(c), "{c:?}");
                let folded = unicode.fold(c);
                let expected = if c.is_ascii() { c.to_ascii_lowercase().into() } else { folded };
                // What stands between words is never folded, and longer forms are left as they are.
                if unicode.class(c) != Class::Other && expected.len() < SLOT {
                    assert_eq!(alphabet.folded(c.encode_utf8(&mut [0; 4])), expected, "{c:?}");
                }
            };
            characters.iter().copied().for_each(exact);
            let latin = ('\u{C0}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}');
            let plain = |c: &char| unicode.fold(*c).bytes().all(|b| b.is_ascii_lowercase());
            latin.filter(plain).for_each(exact);
        };
        check(BTreeSet::new());
        check(latin.clone().collect());
        scripts.iter().for_each(|script| check(script.clone().collect()));
        check(latin.chain(scripts.into_iter().flatten()).collect());
    }
}
