//! Dates as people and programs write them.

use super::months;
use crate::article::Date;

/// A date that a file states: in ISO 8601 (`2019`, `2019-03`, `2019-03-14`, with a time of day or without), as in mail
/// (`Thu, 14 Mar 2019 10:00:00 +0000`), or in words of any language that is known here.
///
/// The error is empty or says, after a comma, why it can't be told.
pub fn parse(written: &str) -> Result<Date, String> {
    let written = written.trim();
    if let Some(date) = iso(written) {
        return Ok(date);
    }
    if let Some(date) = in_text(written, None) {
        return Ok(date);
    }
    let numbers: Vec<&str> = written.split('/').collect();
    let number = |index: usize| numbers.get(index).and_then(|text| text.trim().parse::<u8>().ok());
    let year = numbers.get(2).and_then(|text| text.split_whitespace().next()).filter(|text| text.len() == 4);
    if let (Some(a), Some(b), Some(year), 3) =
        (number(0), number(1), year.and_then(|year| year.parse().ok()), numbers.len())
    {
        let both = (Date::day(year, a, b), Date::day(year, b, a));
        return match both {
            (Some(one), Some(other)) if one != other => Err(", in which day and month can't be told apart".into()),
            (Some(date), _) | (None, Some(date)) => Ok(date),
            (None, None) => Err(String::new()),
        };
    }
    Err(String::new())
}

/// The first full date in a text of that language, or of any if it is not known: `14 March 2019`, `March 14, 2019`,
/// `14. März 2019`, `14 de marzo de 2019`, `14.03.2019`, `2019-03-14`, `2019年3月14日`.
pub fn in_text(text: &str, language: Option<&str>) -> Option<Date> {
    let mut from = 0;
    while let Some((range, year)) = year_from(text, from) {
        from = range.end;
        let before = Words::before(text, range.start);
        let after = Words::after(text, range.end);
        let year = if language.is_some_and(|tag| tag.starts_with("th")) && year >= 2400 { year - 543 } else { year };
        if let Some(date) = around(year, &before, &after, language) {
            return Some(date);
        }
    }
    None
}

/// A date in the name of a file, `2019-03-14-title`, and the rest of the name.
pub fn of_name(name: &str) -> Option<(Date, &str)> {
    let date = iso(name.get(..10)?)?;
    let rest = &name[10..];
    let rest = rest.strip_prefix(['-', '_', ' ']).or_else(|| rest.is_empty().then_some(rest))?;
    (date.day > 0).then_some((date, rest))
}

fn iso(written: &str) -> Option<Date> {
    let date = written.split(['T', 't', ' ']).next()?;
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<i16>().ok())?
    };
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
        return Date::day(
            number(&date[..4], 4..=4)?,
            number(&date[4..6], 2..=2)? as u8,
            number(&date[6..], 2..=2)? as u8,
        );
    }
    let sign = if date.contains('/') { '/' } else { '-' };
    let mut parts = date.split(sign);
    let year = number(parts.next()?, 4..=4)?;
    // A year alone has nothing after it.
    let Some(month) = parts.next() else { return (date == written).then(|| Date::year(year)) };
    let month = number(month, 1..=2)? as u8;
    match (parts.next(), parts.next()) {
        (None, _) => Date::month(year, month).filter(|_| date == written),
        (Some(day), None) => Date::day(year, month, number(day, 1..=2)? as u8),
        _ => None,
    }
}

/// The next number of four digits that may be a year.
fn year_from(text: &str, from: usize) -> Option<(std::ops::Range<usize>, i16)> {
    let mut digits = 0;
    let mut value = 0i16;
    let mut start = from;
    let end = |start: usize, at: usize, digits: usize, value: i16| {
        (digits == 4 && (1000..=2999).contains(&value)).then_some((start..at, value))
    };
    for (at, c) in text[from..].char_indices() {
        match digit(c) {
            Some(digit) => {
                if digits == 0 {
                    (start, value) = (from + at, 0);
                }
                digits += 1;
                value = value.wrapping_mul(10).wrapping_add(digit);
            }
            None => {
                if let Some(found) = end(start, from + at, digits, value) {
                    return Some(found);
                }
                digits = 0;
            }
        }
    }
    end(start, text.len(), digits, value)
}

/// The value of a decimal digit of the scripts in use; each has its ten in a row.
fn digit(c: char) -> Option<i16> {
    const ZEROS: [char; 10] = ['0', '٠', '۰', '०', '০', '௦', '๐', '၀', '០', '０'];
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as i16 - '0' as i16);
    }
    ZEROS
        .iter()
        .find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|digit| *digit < 10))
        .map(|digit| digit as i16)
}

/// The words nearest to a place, nearest first.
struct Words<'t> {
    words: Vec<Word<'t>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Word<'t> {
    /// Its value and what stands between it and the place.
    Number(u8, char),
    Text(&'t str),
}

/// Words on each side of the year that are looked at.
const NEAR: usize = 5;

/// Bytes on each side of the year that are looked at.
const WINDOW: usize = 60;

impl<'t> Words<'t> {
    fn before(text: &'t str, at: usize) -> Words<'t> {
        let part = &text[text.ceil_char_boundary(at.saturating_sub(WINDOW))..at];
        let mut words = Vec::new();
        let mut rest = part;
        while let Some(last) = rest.char_indices().rev().find(|(_, c)| c.is_alphanumeric() || is_mark(*c)) {
            let end = last.0 + last.1.len_utf8();
            let between = rest[end..].chars().next().unwrap_or('\0');
            let kind = |c: char| digit(c).is_some();
            let start = rest[..end].char_indices().rev().take_while(|(_, c)| {
                (c.is_alphanumeric() || is_mark(*c)) && kind(*c) == kind(last.1) && cjk(*c) == cjk(last.1)
            });
            let start = start.last().map_or(last.0, |(at, _)| at);
            words.push(word(&rest[start..end], between));
            if words.len() == NEAR {
                break;
            }
            rest = &rest[..start];
        }
        Words { words }
    }

    fn after(text: &'t str, at: usize) -> Words<'t> {
        let part = &text[at..text.floor_char_boundary(at.saturating_add(WINDOW).min(text.len()))];
        let mut words = Vec::new();
        let mut rest = part;
        while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || is_mark(c)) {
            let between = rest[..start].chars().next_back().unwrap_or('\0');
            let first = rest[start..].chars().next().expect("it was just found");
            let kind = |c: char| digit(c).is_some();
            let length = rest[start..]
                .find(|c: char| !(c.is_alphanumeric() || is_mark(c)) || kind(c) != kind(first) || cjk(c) != cjk(first));
            let end = length.map_or(rest.len(), |length| start + length);
            words.push(word(&rest[start..end], between));
            if words.len() == NEAR {
                break;
            }
            rest = &rest[end..];
        }
        Words { words }
    }
}

fn word(text: &str, between: char) -> Word<'_> {
    let mut value = 0u32;
    for c in text.chars() {
        match digit(c) {
            Some(digit) if value < 1000 => value = value * 10 + digit as u32,
            _ => return Word::Text(text),
        }
    }
    u8::try_from(value).map_or(Word::Text(text), |value| Word::Number(value, between))
}

/// Vowel signs and the like, which are parts of words.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94F}'
        | '\u{981}'..='\u{983}' | '\u{9BC}'..='\u{9CD}' | '\u{BBE}'..='\u{BCD}' | '\u{E31}' | '\u{E34}'..='\u{E4E}')
}

/// The signs after year, month and day in East Asia stand by themselves.
fn cjk(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn around(year: i16, before: &Words, after: &Words, language: Option<&str>) -> Option<Date> {
    let month = |word: Option<&Word>| match word {
        Some(Word::Text(name)) => months::number(name, language),
        _ => None,
    };
    let is = |word: Option<&Word>, names: &[&str]| matches!(word, Some(Word::Text(name)) if names.iter().any(|n| name.eq_ignore_ascii_case(n)));
    // 2019年3月14日
    if is(after.words.first(), &["年", "년"])
        && let Some([Word::Number(m, _), sign, Word::Number(d, _)]) = after.words.get(1..4)
        && is(Some(sign), &["月", "월"])
    {
        return Date::day(year, *m, *d);
    }
    // 2019-03-14 and 14.03.2019
    if let [Word::Number(m, '-'), Word::Number(d, '-'), ..] = after.words[..] {
        return Date::day(year, m, d);
    }
    if let [Word::Number(m, '.'), Word::Number(d, '.'), ..] = before.words[..] {
        return Date::day(year, m, d);
    }
    // ngày 14 tháng 3 năm 2019
    if let [year_word, Word::Number(m, _), month_word, Word::Number(d, _), ..] = &before.words[..]
        && is(Some(year_word), &["năm"])
        && is(Some(month_word), &["tháng"])
    {
        return Date::day(year, *m, *d);
    }
    // 14 March 2019, 14 de marzo de 2019, 14. März 2019
    let filler = |word: Option<&Word>| is(word, FILLERS);
    let mut words = before.words.iter().filter(|word| !filler(Some(word)));
    let (first, second) = (words.next(), words.next());
    if let Some(m) = month(first) {
        let day = match second {
            Some(Word::Number(d, _)) => Some(*d),
            _ => None,
        };
        if let Some(date) = day.and_then(|day| Date::day(year, m, day)) {
            return Some(date);
        }
    }
    // March 14, 2019
    if let (Some(Word::Number(d, _)), Some(m)) = (first, month(second)) {
        return Date::day(year, m, *d);
    }
    // 2019. március 14.
    let mut words = after.words.iter().filter(|word| !filler(Some(word)));
    match (month(words.next()), words.next()) {
        (Some(m), Some(Word::Number(d, _))) => Date::day(year, m, *d),
        _ => None,
    }
}

/// Words that may stand between the parts of a date, in any language.
const FILLERS: &[&str] = &[
    "of",
    "the",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "de",
    "del",
    "di",
    "da",
    "do",
    "den",
    "dne",
    "d",
    "m",
    "г",
    "року",
    "ngày",
    "năm",
    "พ",
    "ศ",
    "ค",
    "tháng",
    "ที่",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_dates() {
        let check = |written: &str, expected: Option<Date>| assert_eq!(parse(written).ok(), expected, "{written}");
        check("2019", Some(Date::year(2019)));
        check("2019-03", Date::month(2019, 3));
        check("2019-03-14", Date::day(2019, 3, 14));
        check("2019-03-14T10:00:00Z", Date::day(2019, 3, 14));
        check("2014-03-06 10:30:22 -0400", Date::day(2014, 3, 6));
        check("2012-07-09 2:30:29 -0400", Date::day(2012, 7, 9));
        check("2019/3/4", Date::day(2019, 3, 4));
        check("20190314", Date::day(2019, 3, 14));
        check("Thu, 14 Mar 2019 10:00:00 +0000", Date::day(2019, 3, 14));
        check("Jul 08 2022", Date::day(2022, 7, 8));
        check("14. März 2019", Date::day(2019, 3, 14));
        check("03/14/2019", Date::day(2019, 3, 14));
        check("04/03/2019", None);
        check("2019-02-31", None);
        check("Mrach 14", None);
        check("", None);
        assert!(parse("04/03/2019").unwrap_err().contains("told apart"));
    }

    #[test]
    fn dates_in_texts() {
        let check = |language: &str, text: &str, expected| {
            let language = Some(language).filter(|tag| !tag.is_empty());
            assert_eq!(in_text(text, language), expected, "{text}");
        };
        let day = Date::day(2019, 3, 14);
        check("en", "said on 14 March 2019, as", day);
        check("en", "On March 14th, 2019 and 4 May 2021", day);
        check("en", "on Thursday, Mar. 14, 2019.", day);
        check("en", "from 2019-03-14 on", day);
        check("en", "on 31 February 2019", None);
        check("en", "in March 2019", None);
        check("en", "12345 March 14, 2019", day);
        check("en", "may 14 2019 things", Date::day(2019, 5, 14));
        check("de", "am 14. März 2019 in", day);
        check("de", "am 14.03.2019 in", day);
        check("fr", "le 14 mars 2019", day);
        check("fr", "le 1er août 2019", Date::day(2019, 8, 1));
        check("es", "el 14 de marzo de 2019", day);
        check("pt", "em 14 de março de 2019", day);
        check("it", "il 14 marzo 2019", day);
        check("ru", "14 марта 2019 года", day);
        check("uk", "14 березня 2019 року", day);
        check("pl", "14 marca 2019 r.", day);
        check("cs", "14. března 2019", day);
        check("el", "στις 14 Μαρτίου 2019", day);
        check("hu", "2019. március 14-én", day);
        check("tr", "14 Mart 2019", day);
        check("id", "14 Maret 2019", day);
        check("ar", "في 14 مارس 2019", day);
        check("ar", "في ١٤ مارس ٢٠١٩", day);
        check("fa", "۱۴ مارس ۲۰۱۹", day);
        check("hi", "14 मार्च 2019 को", day);
        check("bn", "১৪ মার্চ ২০১৯", day);
        check("th", "14 มีนาคม 2562", day);
        check("vi", "ngày 14 tháng 3 năm 2019", day);
        check("ja", "2019年3月14日に", day);
        check("zh", "于2019年3月14日宣布", day);
        check("ko", "2019년 3월 14일", day);
        check("", "le 14 mars 2019", day);
        check("de", "on 14 March 2019", None);
    }

    #[test]
    fn dates_of_names() {
        assert_eq!(of_name("2019-03-14-a-title"), Date::day(2019, 3, 14).map(|date| (date, "a-title")));
        assert_eq!(of_name("2019-03-14"), Date::day(2019, 3, 14).map(|date| (date, "")));
        assert_eq!(of_name("2019-03-title"), None);
        assert_eq!(of_name("été-2019-03-14"), None);
    }
}
