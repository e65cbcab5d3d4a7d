//! The articles of all files together: slugs, links and pictures, which depend on what else there is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use xxhash_rust::xxh64::Xxh64;

use super::entry::{Content, Entry, Slugged};
use super::html::each_text;
use super::images::Pictures;
use super::links::{self, Places};
use super::problem::{Fault, Problem, Severity};
use super::report::{Duplicate, Large, Report};
use super::{Ingested, below, slug};
use crate::article::{Article, Block, Kind};

/// What was read so far.
pub struct Sources<'f> {
    folder: Option<&'f Path>,
    files: Vec<PathBuf>,
    /// Each with the number of its file.
    entries: Vec<(usize, Entry)>,
    report: Report,
}

impl<'f> Sources<'f> {
    pub fn new(folder: Option<&'f Path>) -> Sources<'f> {
        Sources { folder, files: Vec::new(), entries: Vec::new(), report: Report::default() }
    }

    /// Adds what a file holds; in the order of the files.
    pub fn add(&mut self, file: &Path, content: Content) {
        let number = self.files.len();
        self.files.push(file.to_owned());
        let report = &mut self.report;
        report.files += content.files;
        report.lines += content.lines;
        report.bytes += content.bytes;
        report.drafts += content.drafts;
        report.lists += content.lists;
        report.failed += content.failed;
        report.left_out.add_all(&content.left_out);
        report.problems.extend(content.faults.into_iter().map(|fault| fault.of(file)));
        self.entries.extend(content.entries.into_iter().map(|entry| (number, entry)));
    }

    /// Finishes the articles.
    pub fn settle(mut self, remote_pictures: bool) -> Ingested {
        self.name();
        let slugs: Vec<String> = self.entries.iter().map(|(_, entry)| entry.article.head.slug.clone()).collect();
        let paths: Vec<String> = self.files.iter().map(|file| self.path(file)).collect();
        let mut places = Places::default();
        for (index, (file, entry)) in self.entries.iter().enumerate() {
            let own = entry.came_with.is_none() && entry.slugged != Slugged::Identified;
            places.add(index, entry, own.then_some(&*paths[*file]));
        }
        let mut pictures = Pictures::new(self.folder, remote_pictures);
        let mut articles = Vec::with_capacity(self.entries.len());
        let mut texts = HashMap::new();
        for (index, (file, mut entry)) in std::mem::take(&mut self.entries).into_iter().enumerate() {
            let mut faults = Vec::new();
            self.report.links += links::settle(&mut entry, &paths[file], &places, &slugs, &mut faults);
            self.report.broken_links += faults.len() as u64;
            pictures.settle(&mut entry, &paths[file], &mut self.report.left_out, &mut faults);
            let file = &self.files[file];
            self.report.problems.extend(faults.into_iter().map(|fault| fault.of(file)));
            if let Some(back) = entry.came_with {
                entry.article.head.came_with = Some(slugs[index - back as usize].clone());
            }
            self.count(&entry, &mut texts);
            articles.push(finished(entry));
        }
        self.report.pictures = pictures.files.len() as u64;
        self.report.picture_bytes = pictures.bytes;
        self.report.largest.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| a.article.cmp(&b.article)));
        self.report.largest.truncate(LARGEST);
        Ingested { articles, pictures: pictures.files, report: self.report, inputs: Vec::new() }
    }

    /// Gives each article a slug of its own.
    fn name(&mut self) {
        let mut entries: Vec<&mut Entry> = self.entries.iter_mut().map(|(_, entry)| entry).collect();
        for index in slug::make_unique(&mut entries) {
            let (file, entry) = &self.entries[index];
            let what = format!("the slug of another article; this one is now called {}", entry.article.head.slug);
            let fault = Fault::warning(entry.at, what, "give it a slug of its own");
            self.report.problems.push(fault.of(&self.files[*file]));
        }
    }

    fn path(&self, file: &Path) -> String {
        let below = self.folder.map_or_else(|| file.to_owned(), |folder| below(folder, file));
        below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    /// Counts a settled article.
    fn count(&mut self, entry: &Entry, texts: &mut HashMap<u64, String>) {
        let report = &mut self.report;
        let head = &entry.article.head;
        match head.kind {
            Kind::Article => report.articles += 1,
            Kind::Brief => report.briefs += 1,
        }
        report.teasers += u32::from(entry.came_with.is_some());
        let language = head.language.as_deref().unwrap_or("unknown");
        match report.languages.get_mut(language) {
            Some(count) => *count += 1,
            None => _ = report.languages.insert(language.to_owned(), 1),
        }
        *report.dates.entry(entry.dated).or_default() += 1;
        let mut count = words(&head.title);
        let mut text = Xxh64::new(0);
        each_text(&entry.article.body, &mut |run| {
            text.update(run.as_bytes());
            count += words(run);
            true
        });
        report.words += count;
        if head.kind == Kind::Article {
            match texts.get(&text.digest()) {
                Some(of) => report.duplicates.push(Duplicate { article: head.slug.clone(), of: of.clone() }),
                None => _ = texts.insert(text.digest(), head.slug.clone()),
            }
        }
        // Now and then, so that a corpus of any size has few of them in memory.
        report.largest.push(Large { words: count, article: head.slug.clone() });
        if report.largest.len() >= LARGEST * 8 {
            report.largest.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| a.article.cmp(&b.article)));
            report.largest.truncate(LARGEST);
        }
    }
}

/// Articles that the report names as the largest.
const LARGEST: usize = 10;

/// An article whose pictures and links may have left nothing of it but its title.
fn finished(entry: Entry) -> Article {
    let mut article = entry.article;
    if article.head.id.is_empty() {
        article.head.id = article.head.slug.clone();
    }
    // An article of pictures alone that can't be shown still has a title to be found by.
    if article.body.is_empty() {
        article.body.push(Block::Paragraph(article.head.title.clone().into()));
    }
    article
}

/// Words of a text: runs of letters and digits; signs of scripts without spaces count each by itself.
fn words(text: &str) -> u64 {
    let mut words = 0;
    let mut inside = false;
    for c in text.chars() {
        let single = matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
        let letter = c.is_alphanumeric() || matches!(c, '\'' | '’');
        words += u64::from(single || letter && !inside);
        inside = letter && !single;
    }
    words
}

impl Report {
    /// Most serious first, then in the order of the files.
    pub(super) fn sort_problems(&mut self) {
        let key = |problem: &Problem| (problem.severity, problem.file.clone(), problem.line, problem.column);
        self.problems.sort_by_cached_key(key);
    }

    /// Whether the build must fail; with `strict`, warnings are enough.
    pub fn fails(&self, strict: bool) -> bool {
        self.problems.iter().any(|problem| strict || problem.severity == Severity::Error)
    }
}
