//! Finds the words of a text and what they are besides.

use std::ops::Range;

use super::{Alphabet, Class, Form, LONGEST_TERM, Sieve, Token, case, dotted};

/// A word of capitals up to this length is an acronym, in a text that has small letters too.
const LONGEST_ACRONYM: usize = 5;

/// A compound of more parts than this is only its parts.
const MOST_PARTS: usize = 4;

/// What the bytes of most texts are, at a glance: a capital, a letter or digit, neither and no part of a word.
static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'A'..=b'Z' => WORD | CAPITAL,
            b'a'..=b'z' | b'0'..=b'9' => WORD,
            b'_' => 0,
            _ => BETWEEN,
        };
        byte += 1;
    }
    kinds
};
const CAPITAL: u8 = 1;
const WORD: u8 = 2;
const BETWEEN: u8 = 4;

pub(super) struct Scanner<'t> {
    alphabet: &'t Alphabet<'t>,
    text: &'t str,
    wanted: &'t Sieve,
    emit: &'t mut dyn FnMut(Token),
    position: u32,
    /// Whether the text is all in capitals, once somebody asked.
    shouted: Option<bool>,
    /// The parts of the compound being read.
    parts: Vec<Range<usize>>,
    buffer: String,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(
        alphabet: &'t Alphabet<'t>,
        text: &'t str,
        wanted: &'t Sieve,
        emit: &'t mut dyn FnMut(Token),
    ) -> Scanner<'t> {
        let (parts, buffer) = (Vec::new(), String::new());
        Scanner { alphabet, text, wanted, emit, position: 0, shouted: None, parts, buffer }
    }

    /// Reads the text; returns how many words there are.
    pub(super) fn run(mut self) -> u32 {
        let mut at = 0;
        while let Some(byte) = self.text.as_bytes().get(at) {
            let kind = KINDS[usize::from(*byte)];
            if kind & WORD != 0 {
                if let Some(end) = self.plain_word(at) {
                    at = end;
                    continue;
                }
            } else if kind == BETWEEN {
                at += 1;
                continue;
            }
            at = self.any(at);
        }
        self.position
    }

    /// Whatever is at `start`; returns where it ends.
    pub(super) fn any(&mut self, start: usize) -> usize {
        let Some(c) = self.char(start) else { return self.text.len() };
        let next = start + c.len_utf8();
        match self.alphabet.class(c) {
            Class::Letter | Class::Digit => self.compound(start),
            Class::Unspaced => self.unspaced(start),
            Class::Underscore if self.starts_word(next) => self.compound(next),
            _ => next,
        }
    }

    /// Most words of most texts: ASCII letters and digits, nothing that could join them to more, no capital in the
    /// middle. The same tokens as [`Scanner::compound`] would give, in a fraction of the time; `None` if the word at
    /// `start` is not so plain. Returns where it ends.
    #[inline]
    fn plain_word(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (length, mut capitals) = plain_start(bytes.get(start..).unwrap_or(&[]));
        let mut end = start + length;
        while let Some(&byte) = bytes.get(end) {
            let kind = KINDS[usize::from(byte)];
            if kind & WORD == 0 {
                break;
            }
            capitals += usize::from(kind & CAPITAL);
            end += 1;
        }
        let length = end - start;
        let title_case = capitals == 0 || (capitals == 1 && bytes[start].is_ascii_uppercase());
        let wanted = length == 1 || self.wanted.may_be(&bytes[start..end]);
        // "US" is "u.s" as well.
        let plain = length > LONGEST_ACRONYM
            || self.shouted == Some(true)
            || !(wanted || self.wanted.may_begin(bytes[start], b'.'));
        if !(title_case || capitals == length && plain) || length > LONGEST_TERM {
            return None;
        }
        let space =
            |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b')' | b'"' | b'.' | b','));
        let after = match bytes.get(end) {
            None | Some(b' ' | b'\n' | b')' | b'"' | b':' | b'!' | b'?') => end,
            Some(b'.' | b',' | b';') if space(end + 1) => end,
            Some(b'\'') if bytes[end - 1].is_ascii_alphabetic() && self.is_genitive(end) && space(end + 2) => end + 2,
            _ => return None,
        };
        if start > 0 && bytes[start - 1] == b'.' {
            return None;
        }
        let position = self.position;
        self.position += 1;
        if !wanted {
            return Some(after);
        }
        self.buffer.clear();
        self.buffer.push_str(&self.text[start..end]);
        self.buffer.make_ascii_lowercase();
        (self.emit)(Token { term: &self.buffer, range: start..end, position, words: 1, form: Form::Word });
        Some(after)
    }

    /// Whether the apostrophe at `at` has an s after it.
    fn is_genitive(&self, at: usize) -> bool {
        self.text.as_bytes().get(at + 1).is_some_and(|byte| byte.eq_ignore_ascii_case(&b's'))
    }

    /// A word, or several joined by hyphens and their like; returns where it ends.
    fn compound(&mut self, start: usize) -> usize {
        self.parts.clear();
        let mut joined = true;
        let mut at = start;
        let mut end;
        loop {
            end = self.word_end(at);
            joined &= self.split(at..end);
            match self.char(end).map(|c| (c, self.alphabet.class(c))) {
                Some((c, Class::Hyphen | Class::Underscore)) if self.joins(c, end) => at = end + c.len_utf8(),
                _ => break,
            }
        }
        self.emit_compound(start, end, joined);
        end
    }

    /// Whether `c` at `at` joins what stands before it and after it.
    fn joins(&self, c: char, at: usize) -> bool {
        if !self.starts_word(at + c.len_utf8()) {
            return false;
        }
        // "R&D" and "AT&T", but not "salt&pepper".
        let capital = |c: Option<char>| c.is_some_and(case::is_capital);
        let before = || self.text[..at].chars().rfind(|c| self.alphabet.class(*c) != Class::Mark);
        c != '&' || (capital(before()) && capital(self.char(at + 1)))
    }

    fn starts_word(&self, at: usize) -> bool {
        self.char(at).is_some_and(|c| matches!(self.alphabet.class(c), Class::Letter | Class::Digit))
    }

    /// Where the word at `start` ends, by UAX #29's rules WB4 to WB12, underscores left to the compound.
    fn word_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut before = Class::Other;
        while let Some(c) = self.char(end) {
            let next = end + c.len_utf8();
            match self.alphabet.class(c) {
                class @ (Class::Letter | Class::Digit) => before = class,
                Class::Mark => {}
                class @ (Class::MidLetter | Class::MidNumber | Class::MidBoth) => {
                    // WB4: marks do not come between.
                    let after = self.text[next..].chars().map(|c| self.alphabet.class(c)).find(|c| *c != Class::Mark);
                    let joins = match before {
                        Class::Letter => class != Class::MidNumber && after == Some(Class::Letter),
                        Class::Digit => class != Class::MidLetter && after == Some(Class::Digit),
                        _ => false,
                    };
                    if !joins {
                        break;
                    }
                }
                _ => break,
            }
            end = next;
        }
        end
    }

    /// Adds the parts of one word; returns whether joining them makes a word that somebody would type.
    fn split(&mut self, word: Range<usize>) -> bool {
        let text = &self.text[word.clone()];
        if is_one_hump(text) {
            self.parts.push(word);
            return true;
        }
        if self.acronym(text) {
            self.parts.push(word);
            return true;
        }
        // "example.com", and a sentence's end without a space.
        if text.contains('.') && !text.starts_with(|c: char| c.is_ascii_digit()) {
            let mut at = word.start;
            for piece in text.split('.') {
                self.split(at..at + piece.len());
                at += piece.len() + 1;
            }
            return false;
        }
        let mut rest = word;
        if let Some(at) = text.rfind(APOSTROPHES)
            && matches!(text[at..].trim_start_matches(APOSTROPHES), "s" | "S")
        {
            rest.end = rest.start + at;
        }
        if let Some((at, width)) = apostrophe(&self.text[rest.clone()]) {
            let (before, after) =
                (&self.text[rest.start..rest.start + at], &self.text[rest.start + at + width..rest.end]);
            if self.letters(before) <= ELISION && self.letters(after) > CONTRACTION && !after.contains(APOSTROPHES) {
                self.parts.push(rest.start..rest.start + at);
                rest.start += at + width;
            }
        }
        self.split_case(rest);
        true
    }

    /// Adds the humps of `camelCase`; names such as McDonald or iPhone stay whole.
    fn split_case(&mut self, word: Range<usize>) {
        let mut start = word.start;
        let mut lower = false;
        let mut letters = 0;
        for (offset, c) in self.text[word.clone()].char_indices() {
            let at = word.start + offset;
            if self.alphabet.class(c) == Class::Mark {
                continue;
            }
            if lower && letters >= 3 && case::is_capital(c) && self.letters(&self.text[at..word.end]) >= 2 {
                self.parts.push(start..at);
                start = at;
                letters = 0;
            }
            lower = case::is_small(c);
            letters += 1;
        }
        self.parts.push(start..word.end);
    }

    fn emit_compound(&mut self, start: usize, end: usize, joined: bool) {
        let first = self.position;
        let parts = std::mem::take(&mut self.parts);
        for part in &parts {
            self.emit_word(part.clone());
        }
        if joined && (2..=MOST_PARTS).contains(&parts.len()) && self.may_be_wanted(&self.text[parts[0].clone()]) {
            self.buffer.clear();
            for part in &parts {
                fold_word(self.alphabet, &self.text[part.clone()], &mut self.buffer);
            }
            self.emit_buffer(start..end, first, self.position - first, Form::Joined);
        }
        if let [only] = &parts[..] {
            self.emit_signed(only.clone());
        }
        self.parts = parts;
    }

    fn emit_word(&mut self, range: Range<usize>) {
        let word = &self.text[range.clone()];
        let position = self.position;
        self.position += 1;
        self.buffer.clear();
        if self.acronym(word) {
            let end = range.end + usize::from(self.text[range.end..].starts_with('.'));
            self.alphabet_fold(range.clone());
            return self.emit_buffer(range.start..end, position, 1, Form::Acronym);
        }
        let capitals = word.len() <= 5 && word.len() >= 2 && word.bytes().all(|b| b.is_ascii_uppercase());
        if self.may_be_wanted(word) {
            fold_word(self.alphabet, word, &mut self.buffer);
            self.emit_buffer(range.clone(), position, 1, Form::Word);
        }
        if capitals && !self.shouted() {
            self.buffer = dotted(&word.to_ascii_lowercase());
            self.emit_buffer(range, position, 1, Form::Acronym);
        }
    }

    /// Whether a term that begins as this word does may be of interest.
    fn may_be_wanted(&self, word: &str) -> bool {
        match *word.as_bytes() {
            [first, second, ref rest @ ..]
                if first.is_ascii_alphabetic()
                    && second.is_ascii_alphabetic()
                    // What is not may be a mark, which makes another letter of the one before it.
                    && rest.first().is_none_or(u8::is_ascii) =>
            {
                self.wanted.may_begin(first, second)
            }
            _ => true,
        }
    }

    /// "C++", "F#", ".NET" for the word at `range`, which has been emitted.
    fn emit_signed(&mut self, range: Range<usize>) {
        let tail = self.text[range.end..].chars().take_while(|c| self.alphabet.class(*c) == Class::Sign).count();
        let end = range.end + tail;
        let closed = |at: usize| !self.starts_word(at);
        let signs = (1..=2).contains(&tail) && self.text.is_char_boundary(end) && closed(end);
        let in_word = |c: char| {
            c == '.' || matches!(self.alphabet.class(c), Class::Letter | Class::Digit | Class::Mark | Class::Unspaced)
        };
        let before = self.text[..range.start].strip_suffix('.');
        let dot = self.text[range.start..].starts_with(case::is_capital)
            && before.is_some_and(|before| !before.ends_with(in_word));
        if !signs && !dot {
            return;
        }
        let range = range.start - usize::from(dot)..if signs { end } else { range.end };
        self.buffer.clear();
        self.alphabet_fold(range.clone());
        self.emit_buffer(range, self.position - 1, 1, Form::Signed);
    }

    /// A run of a script without spaces: each character with its neighbour, and the last one alone, so that every
    /// character begins some term.
    fn unspaced(&mut self, start: usize) -> usize {
        let mut ends: Vec<usize> = Vec::new();
        let mut end = start;
        while let Some(c) = self.char(end) {
            match self.alphabet.class(c) {
                Class::Unspaced => ends.push(end + c.len_utf8()),
                Class::Mark => *ends.last_mut().expect("a run starts with a character") = end + c.len_utf8(),
                _ => break,
            }
            end += c.len_utf8();
        }
        let mut at = start;
        for i in 0..ends.len() {
            let to = *ends.get(i + 1).unwrap_or(&ends[i]);
            self.buffer.clear();
            self.alphabet_fold(at..to);
            let position = self.position;
            self.position += 1;
            self.emit_buffer(at..to, position, 1, Form::Pair);
            at = ends[i];
        }
        end
    }

    fn alphabet_fold(&mut self, range: Range<usize>) {
        for c in self.text[range].chars() {
            self.alphabet.fold(c, &mut self.buffer);
        }
    }

    fn emit_buffer(&mut self, range: Range<usize>, position: u32, words: u32, form: Form) {
        if self.buffer.is_empty() || range.is_empty() {
            return;
        }
        let term = &self.buffer[..self.buffer.floor_char_boundary(LONGEST_TERM)];
        (self.emit)(Token { term, range, position, words, form });
    }

    /// In a text all in capitals, capitals do not make an acronym.
    fn shouted(&mut self) -> bool {
        *self.shouted.get_or_insert_with(|| {
            let (mut upper, mut lower) = (0, 0);
            // Nobody needs to read the rest of a text once most of it is of one kind.
            for part in self.text.as_bytes().chunks(256) {
                upper += part.iter().filter(|byte| byte.is_ascii_uppercase()).count();
                lower += part.iter().filter(|byte| byte.is_ascii_lowercase()).count();
                if 2 * usize::max(upper, lower) > self.text.len() {
                    break;
                }
            }
            upper > lower && self.text.contains(' ')
        })
    }

    /// Whether a word is single letters with dots between them.
    fn acronym(&self, word: &str) -> bool {
        let letter = |c: char| self.alphabet.class(c) == Class::Letter;
        let single = |part: &str| part.starts_with(letter) && self.letters(part) == 1;
        word.contains('.') && word.split('.').all(single)
    }

    /// How many characters a text has, marks not counted.
    fn letters(&self, text: &str) -> usize {
        if text.is_ascii() {
            return text.len();
        }
        text.chars().filter(|c| self.alphabet.class(*c) != Class::Mark).count()
    }

    fn char(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text[at..].chars().next(),
        }
    }
}

/// How many letters and digits of ASCII a text begins with, as far as they can be read eight at a time, and how many of them
/// are capitals. A loop over the letters of a word costs more for its end, which cannot be foreseen, than for its steps.
#[inline]
fn plain_start(bytes: &[u8]) -> (usize, usize) {
    const ONES: u64 = u64::MAX / 255;
    const HIGHEST: u64 = ONES * 0x80;
    let (mut length, mut capitals) = (0, 0);
    while let Some(eight) = bytes.get(length..).and_then(<[u8]>::first_chunk) {
        let eight = u64::from_le_bytes(*eight);
        let seven = eight & !HIGHEST;
        // The highest bit of each byte says whether its lower ones are at least this.
        let least = |of: u64, byte: u8| of + ONES * u64::from(0x80 - byte);
        let small = seven | (ONES * 0x20);
        let letters = least(small, b'a') & !least(small, b'z' + 1);
        let digits = least(seven, b'0') & !least(seven, b'9' + 1);
        let others = !(letters | digits) & HIGHEST | eight & HIGHEST;
        let upper = letters & !(eight << 2) & HIGHEST;
        let read = others.trailing_zeros();
        capitals += (upper & !(u64::MAX.checked_shl(read).unwrap_or(0))).count_ones() as usize;
        length += read as usize / 8;
        if others != 0 {
            break;
        }
    }
    (length, capitals)
}

/// Whether a word is ASCII's letters and digits alone, with no capital behind a small letter.
fn is_one_hump(word: &str) -> bool {
    let mut small = false;
    word.bytes().all(|byte| {
        let kind = KINDS[usize::from(byte)];
        let hump = small && kind & CAPITAL != 0;
        small = byte.is_ascii_lowercase();
        kind & WORD != 0 && !hump
    })
}

/// The longest part before an apostrophe that is elided ("l'", "qu'", "dell'", "O'"), in characters.
const ELISION: usize = 4;

/// The longest contracted ending ("'re", "'ll"), in characters.
const CONTRACTION: usize = 2;

const APOSTROPHES: [char; 3] = ['\'', '\u{2019}', '\u{2BC}'];

/// Where the first apostrophe stands and how many bytes it has.
fn apostrophe(word: &str) -> Option<(usize, usize)> {
    word.char_indices().find(|(_, c)| APOSTROPHES.contains(c)).map(|(at, c)| (at, c.len_utf8()))
}

/// Appends a word as it is indexed: folded, and digits without the commas that group them.
fn fold_word(alphabet: &Alphabet, word: &str, to: &mut String) {
    let grouped = word.contains(',') && word.split(',').skip(1).all(|group| group.len() == 3);
    for c in word.chars() {
        if !(grouped && c == ',') {
            alphabet.fold(c, to);
        }
    }
}
