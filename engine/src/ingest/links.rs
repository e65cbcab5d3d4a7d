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
    /// By the last part of a path; none where several articles have it.
    names: HashMap<String, Option<usize>>,
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
            self.name(last, index);
            if let Some((_, rest)) = super::date::of_name(last) {
                self.name(rest, index);
            }
        }
        self.name(&entry.article.head.slug, index);
        for alias in &entry.aliases {
            match address::comparable(alias) {
                Some(url) => _ = self.urls.entry(url).or_insert(index),
                None => {
                    let alias = cleaned(alias);
                    self.name(alias.rsplit('/').next().unwrap_or(&alias), index);
                    self.paths.entry(alias).or_insert(index);
                }
            }
        }
        if let Some(url) = entry.article.head.url.as_deref().and_then(address::comparable) {
            self.urls.entry(url).or_insert(index);
        }
    }

    fn name(&mut self, name: &str, index: usize) {
        if !name.is_empty() {
            let known = self.names.entry(name.to_owned()).or_insert(Some(index));
            if *known != Some(index) {
                *known = None;
            }
        }
    }

    /// The article that a link on a page in `folder` leads to.
    fn find(&self, link: &str, folder: &str) -> Option<usize> {
        if is_out(link) {
            return self.urls.get(&address::comparable(link)?).copied();
        }
        let link = link.split(['#', '?']).next().unwrap_or("");
        let link = percent_decode_str(link).decode_utf8_lossy();
        // Zola's and, after expansion, Hugo's links from the root of the content.
        let rooted = link.strip_prefix("@/").or_else(|| link.strip_prefix('/'));
        let path = match rooted {
            Some(path) => cleaned(path),
            None => cleaned(&format!("{folder}/{link}")),
        };
        let bare = [".md", ".markdown", ".html", ".htm", ".txt"]
            .iter()
            .find_map(|end| path.strip_suffix(end))
            .unwrap_or(&path);
        let bare = bare.strip_suffix("/index").unwrap_or(bare);
        let known = [&*path, bare].iter().find_map(|path| self.paths.get(*path)).copied();
        known.or_else(|| {
            let last = bare.rsplit('/').next().filter(|last| !last.is_empty())?;
            self.names.get(last).copied().flatten()
        })
    }
}

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
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = entry.article.head.url.clone();
    let mut inside = 0;
    let mut broken: Vec<String> = Vec::new();
    each_run(&mut entry.article.body, &mut |rich| {
        rich.spans.retain_mut(|span| {
            let Style::Link(link) = &span.style else { return true };
            if let Some(index) = places.find(link, folder) {
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
        let what = format!("a link to {:.120}, which is no article here", link);
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
