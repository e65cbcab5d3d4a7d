//! The pieces of an article that show why it was found.

use std::ops::Range;

use super::Passage;
use super::scan::Found;
use super::sort::sort_by_key;
use crate::analysis::case::{is_capital, is_small};

/// Passages are about as long, in bytes; a sentence that is longer is cut around what matched.
const LONG: usize = 240;

/// Up to `most` passages, in reading order: those that cover the most words of the query, nearest together.
///
/// `weights` says how much each leaf of the query tells; `runs` are the article's texts, without its title, and `found`
/// counts them from 1.
pub fn passages(runs: &[&str], found: &[Found], weights: &[f32], most: usize) -> Vec<Passage> {
    let mut candidates = candidates(runs, found);
    let mut covered = vec![0u32; weights.len()];
    let mut chosen: Vec<(u32, Range<usize>)> = Vec::new();
    while chosen.len() < most {
        let value = |candidate: &Candidate| -> f32 {
            // A word that is shown already adds little.
            let words: f32 = (0..weights.len())
                .filter(|leaf| candidate.leaves >> leaf.min(&63) & 1 == 1)
                .map(|leaf| weights[leaf] / (1 + 4 * covered[leaf]) as f32)
                .sum();
            let together = candidate.leaves.count_ones() as f32 / (8 + candidate.spread) as f32;
            words + together + 0.02 * candidate.typed as f32
        };
        let values = candidates.iter().map(value).enumerate();
        let Some((best, gain)) = values.reduce(|a, b| if b.1 > a.1 { b } else { a }) else { break };
        let best = candidates.swap_remove(best);
        if !chosen.is_empty() && gain < 0.2 * weights.iter().sum::<f32>() {
            break;
        }
        for (leaf, count) in covered.iter_mut().enumerate() {
            *count += (best.leaves >> leaf.min(63) & 1) as u32;
        }
        candidates.retain(|c| c.run != best.run || c.range.end <= best.range.start || c.range.start >= best.range.end);
        sort_by_key(&mut candidates, |c| (c.run, c.range.start));
        chosen.push((best.run, best.range));
    }
    sort_by_key(&mut chosen, |(run, range)| (*run, range.start));
    chosen.into_iter().map(|(run, range)| passage(runs, run, range, found)).collect()
}

/// The article's beginning, for a reader who asked for no word of it.
pub fn opening(runs: &[&str]) -> Vec<Passage> {
    let Some((run, text)) = runs.iter().enumerate().find(|(_, text)| !text.trim().is_empty()) else {
        return Vec::new();
    };
    let sentences = sentences(text);
    let fitting = sentences.iter().take_while(|sentence| sentence.end <= LONG).last();
    let end = fitting.map_or_else(|| cut(text, 0..sentences[0].end, 0).end, |sentence| sentence.end);
    vec![passage(runs, run as u32, 0..end, &[])]
}

fn passage(runs: &[&str], run: u32, range: Range<usize>, found: &[Found]) -> Passage {
    let text = runs[run as usize][range.clone()].to_owned();
    let mut marks: Vec<Range<u32>> = found
        .iter()
        .filter(|f| f.run == run + 1 && f.range.start as usize >= range.start && f.range.end as usize <= range.end)
        .map(|f| f.range.start - range.start as u32..f.range.end - range.start as u32)
        .collect();
    join(&mut marks);
    Passage { run, range: range.start as u32..range.end as u32, text, marks }
}

/// Sorts ranges and joins those that overlap.
pub fn join(marks: &mut Vec<Range<u32>>) {
    sort_by_key(marks, |mark| (mark.start, mark.end));
    marks.dedup_by(|next, before| {
        let overlap = next.start < before.end || next == before;
        if overlap {
            before.end = before.end.max(next.end);
        }
        overlap
    });
}

struct Candidate {
    /// From 0.
    run: u32,
    range: Range<usize>,
    /// A bit for each leaf of the query that it holds.
    leaves: u64,
    /// Words from the first to the last match.
    spread: u32,
    /// How many matches are as typed.
    typed: u32,
}

fn candidates(runs: &[&str], found: &[Found]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for in_run in found.chunk_by(|a, b| a.run == b.run).filter(|chunk| chunk[0].run > 0) {
        let run = in_run[0].run - 1;
        let Some(text) = runs.get(run as usize) else {
            continue;
        };
        let sentences = sentences(text);
        for one in in_run {
            let at = sentences.partition_point(|sentence| sentence.end <= one.range.start as usize);
            let Some(sentence) = sentences.get(at) else {
                continue;
            };
            let range = fitting(text, &sentences, at, sentence.clone(), one.range.start as usize);
            if candidates.last().is_some_and(|last| last.run == run && last.range.end >= one.range.end as usize) {
                continue;
            }
            let (mut leaves, mut typed, mut first, mut last) = (0, 0, u32::MAX, 0);
            let from = in_run.partition_point(|f| (f.range.start as usize) < range.start);
            let in_range = in_run[from..].iter().take_while(|f| (f.range.start as usize) < range.end);
            for f in in_range.filter(|f| f.range.start as usize >= range.start && f.range.end as usize <= range.end) {
                leaves |= 1 << f.slot.leaf.min(63);
                typed += u32::from(f.slot.typed);
                first = first.min(f.position);
                last = last.max(f.position + f.words);
            }
            let spread = last.saturating_sub(first);
            candidates.push(Candidate { run, leaves, spread, typed: typed.min(8), range });
        }
    }
    candidates
}

/// The sentence, with the ones after it while they fit; a part of it where it is too long itself.
fn fitting(text: &str, sentences: &[Range<usize>], at: usize, sentence: Range<usize>, mark: usize) -> Range<usize> {
    if sentence.len() > LONG {
        return cut(text, sentence, mark);
    }
    let end = sentences[at..].iter().map(|s| s.end).take_while(|end| end - sentence.start <= LONG).last();
    sentence.start..end.unwrap_or(sentence.end)
}

/// About [`LONG`] bytes of `within`, around `mark`, cut between words.
fn cut(text: &str, within: Range<usize>, mark: usize) -> Range<usize> {
    let from = mark.saturating_sub(LONG / 3).max(within.start).min(within.end.saturating_sub(LONG).max(within.start));
    let to = text.floor_char_boundary((from + LONG).min(within.end));
    let from = text.ceil_char_boundary(from);
    let from = if from == within.start {
        from
    } else {
        // Text without spaces is cut between characters.
        text[from..mark.max(from)].find(char::is_whitespace).map_or(from, |space| from + space)
    };
    let end = if to == within.end {
        to
    } else {
        text[from..to].rfind(char::is_whitespace).map_or(to, |space| from + space).max(from)
    };
    let end = if end <= mark { to } else { end };
    trimmed(text, from..end)
}

/// The bytes that characters begin with which end a sentence; bytes within a character are none of these.
static MAY_END: [bool; 256] = {
    let mut may_end = [false; 256];
    let first = [b'.', b'!', b'?', b'\n', 0xD8, 0xE0, 0xE2, 0xE3, 0xEF];
    let mut at = 0;
    while at < first.len() {
        may_end[first[at] as usize] = true;
        at += 1;
    }
    may_end
};

/// The sentences of a text, without the white space between them.
///
/// A full stop ends one if white space and then no small letter follows, unless it ends an abbreviation: single letters
/// as in `U.S.`, or a short word in capitals as in `Mr.`
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    // Nearly all of a text is passed over byte by byte.
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| MAY_END[usize::from(*byte)]) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        let wide = matches!(c, '。' | '！' | '？' | '।' | '؟');
        let mut end = at + c.len_utf8();
        if !wide && !matches!(c, '.' | '!' | '?' | '…' | '\n') {
            at = end;
            continue;
        }
        let closing =
            |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '.' | '!' | '?' | '。');
        // Mostly nothing is closed.
        if text.as_bytes().get(end) != Some(&b' ') {
            end = text.len() - text[end..].trim_start_matches(closing).len();
        }
        let rest = &text[end..];
        let after = trim_start(rest);
        let open = !wide && c != '\n' && (rest.len() == after.len() || after.starts_with(is_small));
        let goes_on = (open && !after.is_empty()) || (c == '.' && !after.is_empty() && abbreviation(&text[start..at]));
        at = end;
        if !goes_on {
            sentences.push(trimmed(text, start..end));
            start = end;
        }
    }
    sentences.push(trimmed(text, start..text.len()));
    sentences.retain(|sentence| !sentence.is_empty());
    if sentences.is_empty() {
        sentences.push(0..text.len());
    }
    sentences
}

/// Whether a text before a full stop ends in an abbreviation.
fn abbreviation(before: &str) -> bool {
    let before = before.trim_end();
    // No abbreviation is as long, and most words are.
    if before.as_bytes().last_chunk::<5>().is_some_and(|letters| letters.iter().all(u8::is_ascii_alphabetic)) {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“')).next().unwrap_or("");
    let letters = || word.contains(is_small) || word.contains(is_capital);
    let single = word.split('.').all(|part| part.chars().count() == 1);
    let title = matches!(
        word,
        "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Gen" | "Col" | "Lt" | "Sen" | "Rep" | "Prof" | "Jr" | "vs" | "No"
    );
    (single || title) && word != "I" && letters()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let trimmed = trim_start(part);
    let start = range.end - trimmed.len();
    let ends = trimmed.as_bytes().last().is_some_and(u8::is_ascii_graphic);
    start..start + if ends { trimmed } else { trimmed.trim_end() }.len()
}

/// A text without the white space that it begins with, which mostly is a space or none.
fn trim_start(text: &str) -> &str {
    let rest = text.strip_prefix(' ').unwrap_or(text);
    if rest.as_bytes().first().is_some_and(u8::is_ascii_graphic) { rest } else { rest.trim_start() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_end_where_a_reader_would_stop() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(sentences(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>(), expected)
        };
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check("He asked Prof. Smith (a professor.) They left.", &["He asked Prof. Smith (a professor.)", "They left."]);
        check("The U.S. Army and Mr. Smith. He left.", &["The U.S. Army and Mr. Smith.", "He left."]);
        check(
            "It costs 3.5 million. \u{2018}Yes.\u{2019} No.",
            &["It costs 3.5 million.", "\u{2018}Yes.\u{2019}", "No."],
        );
        check("今日は雨。明日は晴れ。", &["今日は雨。", "明日は晴れ。"]);
        check("", &[""]);
    }

    proptest! {
        #[test]
        fn sentences_and_cuts_fall_on_boundaries(text in "[a-zé東。.!? \n]{0,600}", mark in 0usize..600) {
            for sentence in sentences(&text) {
                prop_assert!(text.get(sentence).is_some());
            }
            let mark = text.floor_char_boundary(mark);
            let range = cut(&text, 0..text.len(), mark);
            prop_assert!(text.get(range).is_some());
        }
    }
}
