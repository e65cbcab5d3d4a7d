//! Reads the Unicode tables at build time and writes an [`Alphabet`](super::Alphabet) for one corpus.

use std::collections::{BTreeMap, BTreeSet};

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{GeneralCategory, Script, WordBreak};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::alphabet::{BLOCK, Class, FOLDING};

/// Beyond the supplementary multilingual plane there are only ideographs, which need no table.
const LAST: u32 = 0x1FFFF;

/// The table for texts made of `characters`.
///
/// It is exact for every block of 128 code points that holds one of them, or a character that folds to them (so that
/// `é` finds `e`). The other blocks are given the class that most of their characters have and no folding: a word in
/// a script of which the corpus holds nothing is still a word.
pub fn alphabet(characters: &BTreeSet<char>) -> Vec<u8> {
    let unicode = Unicode::new();
    let mut known = characters.clone();
    known.extend('a'..='z');
    known.extend('0'..='9');
    for c in characters {
        known.extend(unicode.fold(*c).chars());
    }

    let mut foldings: BTreeMap<String, u16> = BTreeMap::new();
    let mut blocks: Vec<Vec<u16>> = Vec::new();
    let mut stage_one = Vec::new();
    for first in (0..=LAST).step_by(BLOCK) {
        let characters: Vec<char> = (first..first + BLOCK as u32).filter_map(char::from_u32).collect();
        let folded: Vec<String> = characters.iter().map(|c| unicode.fold(*c)).collect();
        let needed = characters.iter().zip(&folded).any(|(c, folded)| {
            known.contains(c) || (typable(*c) && !folded.is_empty() && folded.chars().all(|f| known.contains(&f)))
        });
        let block = if needed {
            characters
                .iter()
                .zip(&folded)
                .map(|(&c, folded)| {
                    let identity = folded.chars().eq([c]) || c.is_ascii() || folded.len() >= FOLDING;
                    let number = if identity {
                        0
                    } else {
                        let next = foldings.len() as u16 + 1;
                        *foldings.entry(folded.clone()).or_insert(next)
                    };
                    unicode.class(c) as u16 | if number < 0x1000 { number << 4 } else { 0 }
                })
                .collect()
        } else {
            vec![unicode.usual_class(&characters) as u16; BLOCK]
        };
        let block: Vec<u16> = block.into_iter().chain(std::iter::repeat(0)).take(BLOCK).collect();
        let number = blocks.iter().position(|known| *known == block).unwrap_or_else(|| {
            blocks.push(block);
            blocks.len() - 1
        });
        stage_one.push(u8::try_from(number).expect("Unicode has fewer than 256 distinct blocks of word classes"));
    }

    let mut bytes = Vec::new();
    bytes.extend((stage_one.len() as u16).to_le_bytes());
    bytes.extend((foldings.len() as u16).to_le_bytes());
    bytes.extend(stage_one);
    bytes.extend(blocks.iter().flatten().flat_map(|value| value.to_le_bytes()));
    let mut in_order: Vec<_> = foldings.into_iter().collect();
    in_order.sort_by_key(|(_, number)| *number);
    for (folding, _) in in_order {
        let mut slot = [0; FOLDING];
        slot[0] = folding.len() as u8;
        slot[1..=folding.len()].copy_from_slice(folding.as_bytes());
        bytes.extend(slot);
    }
    bytes
}

/// Whether readers type `c` where plainer letters would do: not so the letters of mathematics or in circles.
fn typable(c: char) -> bool {
    !matches!(c, '\u{2100}'..='\u{2BFF}' | '\u{10000}'..) && c != '\u{FDFA}'
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

    /// NFKC, lower case, and for the scripts whose readers leave them out, without diacritics.
    fn fold(&self, c: char) -> String {
        let lower: String =
            self.nfkc.normalize(c.encode_utf8(&mut [0; 4])).chars().flat_map(char::to_lowercase).collect();
        self.nfd
            .normalize(&lower)
            .chars()
            .filter(|&d| !self.left_out(c, d))
            .collect::<String>()
            .chars()
            .map(letter)
            .collect::<Vec<_>>()
            .concat()
            .pipe(|folded| self.nfkc.normalize(&folded).into_owned())
    }

    /// Whether the mark `d`, part of `c`, is one that readers leave out when they type.
    fn left_out(&self, c: char, d: char) -> bool {
        if matches!(d, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | 'ـ') {
            return true;
        }
        if self.categories.get(d) != GeneralCategory::NonspacingMark {
            return false;
        }
        match d {
            // й is a letter of its own, ё is usually written е.
            '\u{306}' => !matches!(c, 'й' | 'Й' | 'ў' | 'Ў'),
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

trait Pipe: Sized {
    fn pipe<U>(self, f: impl FnOnce(Self) -> U) -> U {
        f(self)
    }
}

impl Pipe for String {}
