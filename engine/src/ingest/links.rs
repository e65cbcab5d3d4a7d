//! Links between the articles of a corpus.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::address;
use super::entry::{Entry, is_out};
use super::html::each_run;
use super::problem::Fault;
use crate::article::Style;

/// Where the articles are that links may lead to.
#[derive(Default)]
pub struct Places {
    /// By path below the corpus's folder, with the file's extension and without.
    paths: HashMap<String, usize>,
    /// By the last part of a path, each with that path.
    names: HashMap<String, Vec<(String, usize)>>,
    /// By the address at which they were first published.
    urls: HashMap<String, usize>,
}

impl Places {
    /// `path` is the file of an article below the corpus's folder, with `/` between; lines of a file have none.
    pub fn add(&mut self, index: usize, entry: &Entry, path: Option<&str>) {
        if let Some(path) = path {
            let bare = path.rsplit_once('.').map_or(path, |(bare, _)| bare);
            self.paths.insert(path.to_owned(), index);
            self.paths.entry(bare.to_owned()).or_insert(index);
            let folder = bare.rsplit_once('/').filter(|(_, last)| last.eq_ignore_ascii_case("index"));
            if let Some((folder, _)) = folder {
                self.paths.entry(folder.to_owned()).or_insert(index);
            }
            let last = folder.map_or(bare, |(folder, _)| folder).rsplit('/').next().unwrap_or(bare);
            let path = folder.map_or(bare, |(folder, _)| folder);
            self.name(last, path, index);
            if let Some((_, rest)) = super::date::of_name(last) {
                self.name(rest, &format!("{}{rest}", path.strip_suffix(last).unwrap_or("")), index);
            }
        }
        let slug = &*entry.article.head.slug;
        self.name(slug, slug, index);
        for alias in &entry.aliases {
            match address::comparable(alias) {
                Some(url) => _ = self.urls.entry(url).or_insert(index),
                None => {
                    let alias = cleaned(alias);
                    self.name(alias.rsplit('/').next().unwrap_or(&alias), &alias, index);
                    self.paths.entry(alias).or_insert(index);
                }
            }
        }
        if let Some(url) = entry.article.head.url.as_deref().and_then(address::comparable) {
            self.urls.entry(url).or_insert(index);
        }
    }

    fn name(&mut self, name: &str, path: &str, index: usize) {
        if !name.is_empty() {
            let known = self.names.entry(name.to_owned()).or_default();
            if known.len() <= NAMESAKES {
                known.push((path.to_owned(), index));
            }
        }
    }

    /// The article of that name, if there is one alone, or one that lies nearest to the root where `path` ends like this.
    fn named(&self, path: &str) -> Option<usize> {
        let known = self.names.get(path.rsplit('/').next()?).filter(|known| known.len() <= NAMESAKES)?;
        if known.iter().all(|(_, index)| *index == known[0].1) {
            return Some(known[0].1);
        }
        let ends = |own: &str| own.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'));
        let fitting = known.iter().filter(|(own, _)| ends(own));
        let mut fitting: Vec<_> = fitting.map(|(own, index)| (own.matches('/').count(), *index)).collect();
        fitting.sort_unstable();
        fitting.dedup();
        match fitting[..] {
            [(_, index)] => Some(index),
            [(first, index), (second, _), ..] => (first < second).then_some(index),
            [] => None,
        }
    }

    /// The article that a link in an article's file leads to.
    fn find(&self, link: &str, file: &str) -> Option<usize> {
        if is_out(link) {
            return self.urls.get(&address::comparable(link)?).copied();
        }
        let link = link.split(['#', '?']).next().unwrap_or("");
        let link = percent_decode_str(link).decode_utf8_lossy();
        // Zola's and, after expansion, Hugo's links from the root of the content.
        let rooted = link.strip_prefix("@/").or_else(|| link.strip_prefix('/'));
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let page = file.rsplit_once('.').map_or(file, |(page, _)| page);
        let beside = |folder: &str| cleaned(&format!("{folder}/{link}"));
        let is_file = FILES.iter().any(|end| link.ends_with(end));
        let paths = match rooted {
            Some(path) => vec![cleaned(path)],
            // On most sites an article is a folder: `../other/` is beside it there, although its file is not.
            None if !is_file && !page.ends_with("/index") => vec![beside(page), beside(folder)],
            None => vec![beside(folder)],
        };
        let bare = |path: &str| {
            let bare = FILES.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
            bare.strip_suffix("/index").unwrap_or(bare).to_owned()
        };
        let known = paths.iter().find_map(|path| self.paths.get(path).or_else(|| self.paths.get(&bare(path))));
        known.copied().or_else(|| paths.iter().find_map(|path| self.named(&bare(path))))
    }
}

/// The ends of article files' names.
const FILES: &[&str] = &[".md", ".markdown", ".html", ".htm", ".txt"];

/// Articles of one name among which a link is still looked for.
const NAMESAKES: usize = 64;

/// A path without `.`, `..` and empty parts; it never leads out.
fn cleaned(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Settles the links of one article: to another article, to another site, or none. Broken ones become faults.
///
/// `slugs` are those of all articles, by their numbers in `places`. Returns how many lead to other articles.
pub fn settle(entry: &mut Entry, path: &str, places: &Places, slugs: &[String], faults: &mut Vec<Fault>) -> u64 {
    let base = entry.article.head.url.clone();
    let mut inside = 0;
    let mut broken: Vec<String> = Vec::new();
    each_run(&mut entry.article.body, &mut |rich| {
        rich.spans.retain_mut(|span| {
            let Style::Link(link) = &span.style else { return true };
            if let Some(index) = places.find(link, path) {
                span.style = Style::Article(slugs[index].clone());
                inside += 1;
                return true;
            }
            if is_out(link) {
                return true;
            }
            // On the site that it was written for, the link may well lead somewhere.
            let known = base.as_deref().and_then(|base| address::joined(base, link.trim_start_matches('@')));
            match known {
                Some(url) => {
                    span.style = Style::Link(url);
                    true
                }
                None => {
                    broken.push(link.clone());
                    false
                }
            }
        });
    });
    broken.dedup();
    for link in broken {
        let at = entry.references.iter().find(|(place, _)| *place == link).map_or(entry.at, |(_, at)| *at);
        let what = format!("a link to {:.120}, which is no article here", link.trim_start_matches('@'));
        faults.push(Fault::warning(at, what, "correct it, or write the whole address with https://"));
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_never_lead_out() {
        let check = |path: &str, expected: &str| assert_eq!(cleaned(path), expected, "{path}");
        check("a/./b//c/", "a/b/c");
        check("a/../../../b", "b");
        check("..\\..\\b", "b");
        check("/", "");
    }
}
