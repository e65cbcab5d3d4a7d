//! Writing a corpus, at build time. The same articles give the same bytes on any machine.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::iter::repeat;

use xxhash_rust::xxh64::xxh64;

use super::postings::Writer;
use super::related::related;
use super::*;
use crate::analysis::stem::{self, Stemmer};
use crate::analysis::{self, Alphabet, Form};
use crate::article::Article;

/// The bytes of a corpus of `articles`, which may come in any order and have slugs of their own.
pub fn write(mut articles: Vec<Article>) -> Vec<u8> {
    articles.sort_by(|a, b| {
        let key = |article: &Article| (std::cmp::Reverse(date_number(article.head.date)), article.head.title.clone());
        key(a).cmp(&key(b)).then_with(|| a.head.slug.cmp(&b.head.slug))
    });
    let mut sections = vec![Vec::new(); SECTIONS];
    let characters: BTreeSet<char> = articles.iter().flat_map(characters).collect();
    let alphabet = analysis::write_alphabet(&characters);
    let languages = languages(&articles);

    let mut terms = Terms::default();
    let mut title_words = 0;
    let mut text_words = 0;
    let mut all_runs = 0;
    let mut starts = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let of = |section: Section| section as usize - 1;
        let start = [Section::Text, Section::Heads, Section::Bodies].map(|section| sections[of(section)].len() as u32);
        let runs = write_text(article, &mut sections[of(Section::Text)]);
        all_runs += runs.len() as u32;
        sections[of(Section::Heads)].extend(tree::head(&article.head));
        sections[of(Section::Bodies)].extend(tree::body(&article.body));
        let language = article.head.language.as_deref().map_or(0, |tag| {
            languages.iter().position(|known| known == tag).expect("each language was counted") as u16 + 1
        });
        let counts = terms.add(&Alphabet::open(&alphabet).expect("just written"), number as u32, article, &runs);
        title_words += counts.title;
        text_words += counts.text;
        starts.push((start, article, counts, language));
    }
    // By `Column`.
    let mut documents: [Vec<u32>; DOCUMENT / 4] = Default::default();
    for (start, article, counts, language) in &starts {
        let words = counts.text.min(0xFF_FFFF) | counts.title.min(255) << 24;
        let kind = u32::from(*language) | (article.head.kind as u32) << 16;
        let numbers = start.iter().copied().chain([date_number(article.head.date), words, kind]);
        documents.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
    }
    let ends =
        [Section::Text, Section::Heads, Section::Bodies].map(|section| sections[section as usize - 1].len() as u32);
    documents.iter_mut().zip(ends.into_iter().chain(repeat(0))).for_each(|(column, end)| column.push(end));
    let documents = documents.concat().into_iter().flat_map(u32::to_le_bytes).collect();

    let mut by_slug: Vec<u32> = (0..articles.len() as u32).collect();
    by_slug.sort_by_key(|number| &articles[*number as usize].head.slug);
    let related = terms.related(&articles, &languages, &Alphabet::open(&alphabet).expect("just written"));
    let mean = |words: u32| words as f32 / articles.len().max(1) as f32;
    let average = (mean(title_words), mean(text_words));
    let counts: Vec<Words> = starts.iter().map(|(_, _, counts, _)| *counts).collect();
    let counting = |number: u32, occurrence: Occurrence| -> f32 {
        let Words { title, text } = counts[number as usize];
        frequency::frequencies(text.min(0xFF_FFFF), title.min(255), average, occurrence).iter().sum()
    };
    let alphabet_again = Alphabet::open(&alphabet).expect("just written");
    let written = terms.write(articles.len() as u32, &languages, &alphabet_again, &counting);
    let copies = related.chunks_exact(RELATED * 4).filter(|records| records[3] == 255).count() as u32;
    let statistics = [articles.len() as u32, written.terms, all_runs, title_words, text_words, copies];

    let mut set = |section: Section, bytes: Vec<u8>| sections[section as usize - 1] = bytes;
    set(Section::Statistics, statistics.iter().flat_map(|number| number.to_le_bytes()).collect());
    set(Section::Documents, documents);
    set(Section::Alphabet, alphabet);
    set(Section::Slugs, by_slug.iter().flat_map(|number| number.to_le_bytes()).collect());
    set(Section::Languages, languages.iter().flat_map(|tag| short_text(tag)).collect());
    set(Section::Terms, written.entries.concat());
    set(Section::TermBytes, written.bytes);
    set(Section::TermBlocks, written.blocks);
    set(Section::StemRules, written.rules);
    set(Section::Postings, written.postings.bytes);
    set(Section::Occurrences, written.occurrences);
    set(Section::Related, related);
    set(Section::Beginnings, written.beginnings);
    set(Section::Examples, examples::examples(&articles).join("\n").into_bytes());
    set(Section::Facets, facets::facets(&articles));
    assemble(&sections)
}

/// The sections behind their header.
pub(super) fn assemble(sections: &[Vec<u8>]) -> Vec<u8> {
    let mut table = Vec::new();
    let mut content = Vec::new();
    let first = HEADER + sections.len() * SECTION;
    for (index, section) in sections.iter().enumerate() {
        let start = content.len();
        content.extend_from_slice(section);
        content.resize(content.len().next_multiple_of(4), 0);
        let sum = xxh64(&content[start..], 0) as u32;
        for number in [index + 1, first + start, section.len(), sum as usize] {
            table.extend(u32::try_from(number).expect("a corpus has less than 4 GiB").to_le_bytes());
        }
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((sections.len() as u32).to_le_bytes());
    bytes.extend(table_sum(&table).to_le_bytes());
    bytes.extend(table);
    bytes.extend(content);
    bytes
}

/// Every character of an article, in both cases, so that a query in capitals is understood as well.
fn characters(article: &Article) -> BTreeSet<char> {
    let mut characters: BTreeSet<char> = article.head.title.chars().collect();
    characters.extend(article.head.tags.iter().flat_map(|tag| tag.chars()));
    article.body.iter().for_each(|block| block.runs(&mut |text| characters.extend(text.chars())));
    characters
}

/// The languages of the articles, most frequent first.
fn languages(articles: &[Article]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in articles.iter().filter_map(|article| article.head.language.as_deref()) {
        *counts.entry(tag).or_default() += 1;
    }
    let mut languages: Vec<_> = counts.into_iter().collect();
    languages.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    languages.into_iter().map(|(tag, _)| tag.to_owned()).collect()
}

/// A run of an article's text and the part it plays.
struct Run<'a> {
    text: &'a str,
    field: u8,
}

/// Appends an article's text to the section; returns its runs.
fn write_text<'a>(article: &'a Article, section: &mut Vec<u8>) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    derive::each_run(&article.body, &mut |text, field| runs.push(Run { text, field }));
    for text in [&*article.head.title].into_iter().chain(runs.iter().map(|run| run.text)) {
        section.extend(text.replace(RUN_END, " ").as_bytes());
        section.push(RUN_END as u8);
    }
    runs
}

fn short_text(text: &str) -> Vec<u8> {
    [&[u8::try_from(text.len()).expect("tags and affixes are short")], text.as_bytes()].concat()
}

mod beginnings;
mod examples;

/// The terms of a corpus while it is read.
#[derive(Default)]
struct Terms {
    by_text: HashMap<String, TermEntry>,
}

#[derive(Default)]
struct TermEntry {
    /// Article numbers and where in them it occurs.
    postings: Vec<(u32, Occurrence)>,
    /// Whether it stands in some text as a word.
    word: bool,
    /// How often it was written in which language and with which letters, diacritics kept.
    written: BTreeMap<(String, String), u32>,
}

#[derive(Clone, Copy)]
struct Words {
    title: u32,
    text: u32,
}

struct WrittenTerms {
    terms: u32,
    entries: [Vec<u8>; 6],
    bytes: Vec<u8>,
    blocks: Vec<u8>,
    rules: Vec<u8>,
    postings: Writer,
    occurrences: Vec<u8>,
    beginnings: Vec<u8>,
}

impl Terms {
    fn add(&mut self, alphabet: &Alphabet, number: u32, article: &Article, runs: &[Run]) -> Words {
        let language = article.head.language.as_deref().unwrap_or("");
        let title = self.add_text(alphabet, number, language, &article.head.title, Occurrence::TITLE);
        let text = runs.iter().map(|run| self.add_text(alphabet, number, language, run.text, run.field)).sum();
        for tag in &article.head.tags {
            self.add_text(alphabet, number, language, tag, Occurrence::TAG);
        }
        Words { title, text }
    }

    /// Returns the number of words.
    fn add_text(&mut self, alphabet: &Alphabet, number: u32, language: &str, text: &str, field: u8) -> u32 {
        let mut words = 0;
        analysis::tokens(alphabet, text, |token| {
            if !self.by_text.contains_key(token.term) {
                self.by_text.insert(token.term.to_owned(), TermEntry::default());
            }
            let entry = self.by_text.get_mut(token.term).expect("just inserted");
            if entry.postings.last().is_none_or(|(last, _)| *last != number) {
                entry.postings.push((number, Occurrence::default()));
            }
            let occurrence = &mut entry.postings.last_mut().expect("just pushed").1;
            occurrence.count(field);
            if matches!(token.form, Form::Word | Form::Pair) {
                words += 1;
            }
            if token.form == Form::Word {
                entry.word = true;
                let written = analysis::composed(&text[token.range].to_lowercase());
                *entry.written.entry((language.to_owned(), written)).or_default() += 1;
            }
        });
        words
    }

    fn related(&self, articles: &[Article], languages: &[String], alphabet: &Alphabet) -> Vec<u8> {
        let known = languages.iter().filter_map(|tag| stem::named(tag));
        let function_words: BTreeSet<String> = known
            .flat_map(|(_, language)| language.function_words.split(' '))
            .map(|word| alphabet.folded(word))
            .collect();
        let mut terms: Vec<(&String, &TermEntry)> =
            self.by_text.iter().filter(|(text, _)| !function_words.contains(*text)).collect();
        terms.sort_by_key(|(text, _)| *text);
        let words = |number: u32| {
            let mut words = Vec::new();
            for block in &articles[number as usize].body {
                block.runs(&mut |text| {
                    analysis::tokens(alphabet, text, |token| words.push(token.term.to_owned()));
                });
            }
            words
        };
        let mut bytes = Vec::new();
        for relations in related(articles.len(), terms.iter().map(|(_, entry)| &entry.postings[..]), &words) {
            let records = relations.iter().map(|relation| relation.document | u32::from(relation.likeness) << 24);
            bytes.extend(records.chain(repeat(0)).take(RELATED).flat_map(u32::to_le_bytes));
        }
        bytes
    }

    fn write(
        self,
        articles: u32,
        languages: &[String],
        alphabet: &Alphabet,
        counting: &dyn Fn(u32, Occurrence) -> f32,
    ) -> WrittenTerms {
        let stemmers: HashMap<&str, Stemmer> =
            languages.iter().filter_map(|tag| Some((&**tag, stem::named(tag)?.1.stemmer))).collect();
        let mut written = WrittenTerms {
            terms: self.by_text.len() as u32,
            entries: Default::default(),
            bytes: Vec::new(),
            blocks: Vec::new(),
            rules: Vec::new(),
            postings: Writer::default(),
            occurrences: Vec::new(),
            beginnings: Vec::new(),
        };
        let mut terms: Vec<(String, TermEntry)> = self.by_text.into_iter().collect();
        terms.sort_by(|a, b| a.0.cmp(&b.0));
        let rules = rules(&terms, &stemmers, alphabet);
        let mut before = String::new();
        for (index, (text, entry)) in terms.iter().enumerate() {
            let first = (index as u32).is_multiple_of(TERMS_PER_BLOCK);
            if first {
                let starts = [written.bytes.len() as u32, written.postings.bits, written.occurrences.len() as u32];
                written.blocks.extend(starts.into_iter().flat_map(u32::to_le_bytes));
            }
            let shared = if first { 0 } else { shared_prefix(&before, text) };
            let [low, middle, high, _] = (entry.postings.len() as u32).to_le_bytes();
            let entries = [shared as u8, (text.len() - shared) as u8, rules.of_terms[index], low, middle, high];
            written.entries.iter_mut().zip(entries).for_each(|(run, byte)| run.push(byte));
            written.bytes.extend(&text.as_bytes()[shared..]);
            written.postings.push(entry.postings.iter().map(|(document, _)| *document), articles);
            written.occurrences.extend(entry.postings.iter().map(|(_, occurrence)| occurrence.0));
            before.clone_from(text);
        }
        for (front, cut, append) in &rules.all {
            written.rules.extend(short_text(front));
            written.rules.push(*cut);
            written.rules.extend(short_text(append));
        }
        beginnings::write(&terms, articles, counting, &mut written);
        written
    }
}

/// What to cut off the front, how many bytes off the end, what to append.
type Rule = (String, u8, String);

struct Rules {
    all: Vec<Rule>,
    of_terms: Vec<u8>,
}

/// The stem of each term as a rule; the most frequent rules get the numbers that there are.
fn rules(terms: &[(String, TermEntry)], stemmers: &HashMap<&str, Stemmer>, alphabet: &Alphabet) -> Rules {
    let wanted: Vec<Option<Rule>> =
        terms.iter().map(|(text, entry)| entry.word.then(|| rule(text, entry, stemmers, alphabet))).collect();
    let none = || (String::new(), 0, String::new());
    let mut counts: BTreeMap<&Rule, usize> = BTreeMap::new();
    for rule in wanted.iter().flatten().filter(|rule| **rule != none()) {
        *counts.entry(rule).or_default() += 1;
    }
    let mut all: Vec<(&Rule, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    all.truncate(usize::from(NOT_A_WORD) - 1);
    let numbers: HashMap<&Rule, u8> = all.iter().enumerate().map(|(i, (rule, _))| (*rule, i as u8 + 1)).collect();
    let of_terms = wanted
        .iter()
        .map(|rule| rule.as_ref().map_or(NOT_A_WORD, |rule| numbers.get(rule).copied().unwrap_or(0)))
        .collect();
    Rules { all: all.iter().map(|(rule, _)| (*rule).clone()).collect(), of_terms }
}

/// How `text` becomes its stem, in the language and with the diacritics in which it is written most often.
fn rule(text: &str, entry: &TermEntry, stemmers: &HashMap<&str, Stemmer>, alphabet: &Alphabet) -> Rule {
    let usual = entry
        .written
        .iter()
        .max_by_key(|((language, written), count)| (**count, std::cmp::Reverse((language.clone(), written.clone()))));
    let stem = usual
        .and_then(|((language, written), _)| Some(alphabet.folded(&stemmers.get(&**language)?(written))))
        .filter(|stem| !stem.is_empty() && !text.bytes().any(|b| b.is_ascii_digit()));
    let Some(stem) = stem else {
        return Rule::default();
    };
    // Arabic stems lack the word's beginning; elsewhere a stem is the word's beginning with another ending.
    let front = if shared_prefix(text, &stem) > 0 { 0 } else { text.find(&*stem).unwrap_or(0) };
    let kept = shared_prefix(&text[front..], &stem);
    (text[..front].to_owned(), (text.len() - front - kept) as u8, stem[kept..].to_owned())
}

/// How many bytes the two share at their beginnings, cut at a character.
fn shared_prefix(a: &str, b: &str) -> usize {
    let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    a.floor_char_boundary(shared)
}
