//! Draws the pages of a site that Trunk and `cargo xtask build` have put together: the start page in place, below it one
//! page for each article (`articles/<slug>/`), pages that list them all (`list/1/`), and `404.html`. They are what the
//! program of the page draws as well, for those who have no JavaScript and for the time before the program is there.
//!
//! `prerender <site> <corpus>`, and from the environment: `ARTICLE_EXPLORER_BASE` is the path of the site on its server
//! (else `/`), which only `404.html` has to know; `ARTICLE_EXPLORER_LANGUAGE` the language that the pages speak (else that
//! of most articles); `ARTICLE_EXPLORER_MOST_FILES` how many files hosts let it add, so that only the newest articles get pages
//! where there are more.

mod draw;
mod listing;
mod template;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use article_explorer::browser::home;
use article_explorer::components::{Edition, Host};
use article_explorer::state::Articles;
use article_explorer::words::Language;
use engine::analysis::stem;
use engine::index::{Corpus, DocumentId};
use engine::page::{Page, ROWS_OF_LIST};

use draw::Drawing;
use template::Template;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() {
    let [site, corpus] = [1, 2].map(|place| env::args_os().nth(place).map(PathBuf::from));
    let done = match (site, corpus) {
        (Some(site), Some(corpus)) => prerender(&site, &corpus),
        _ => Err("prerender <site> <corpus>: `cargo xtask build` calls it".into()),
    };
    if let Err(error) = done {
        eprintln!("error: the pages can't be made: {error}");
        std::process::exit(1);
    }
}

fn prerender(site: &Path, corpus: &Path) -> Outcome<()> {
    let start = Instant::now();
    let read = |file: &Path| fs::read(file).map_err(|error| format!("{}: {error}", file.display()));
    let bytes: &'static [u8] = read(corpus)?.leak();
    let articles = Articles::new(open(bytes)?);
    let template = String::from_utf8(read(&site.join("index.html"))?)?;
    let language = language(articles);
    let words = read(&site.join(language.address().split('?').next().unwrap_or_default()));
    let words = words.ok().and_then(|words| String::from_utf8(words).ok()).unwrap_or_default();
    let template = Template::read(&template, language, &words)?;

    let count = articles.ids().count();
    let lists = count.div_ceil(ROWS_OF_LIST);
    // One page is the start page where that has room for all.
    let lists = if draw::fits_start_page(articles) { 0 } else { lists };
    let most = env::var("ARTICLE_EXPLORER_MOST_FILES").ok().and_then(|most| most.parse().ok());
    let pages = pages(articles.ids(), lists, most);
    let drawn = pages.iter().filter(|page| matches!(page, Page::Article(_))).count();
    if drawn < count {
        println!(
            "left out: pages of {} articles, since hosts take no more files. Their addresses lead to 404.html, where the \
             program shows them; without JavaScript they can't be read",
            count - drawn
        );
    }

    let base = env::var("ARTICLE_EXPLORER_BASE").ok().filter(|base| !base.is_empty()).unwrap_or_else(|| "/".into());
    let drawing = Drawing {
        // Devices that share are as likely, and a button more at the end is noticed less than one that comes.
        edition: Edition { articles, language, shares: true, host: Host::Ours },
        template: &template,
        base: &base,
        lists,
    };
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || {
            language.learn(words.clone());
            while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                home::set(drawing.home(*page).to_owned(), true);
                let file = site.join(page.file(&articles));
                file.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(&file, drawing.page(*page)).map_err(|error| format!("{}: {error}", file.display()))?;
            }
            Ok(())
        };
        let working: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let mut told = Instant::now();
        while working.iter().any(|worker| !worker.is_finished()) {
            thread::sleep(Duration::from_millis(20));
            if told.elapsed() > Duration::from_secs(2) {
                told = Instant::now();
                let done = next.load(Ordering::Relaxed).min(pages.len());
                eprintln!("{done} of {} pages are drawn", pages.len());
            }
        }
        working.into_iter().try_for_each(|worker| worker.join().expect("what draws a page does not panic"))
    })
    .map_err(|error: Box<dyn Error + Send + Sync>| error)?;
    println!("{} pages drawn in {:.1} s", pages.len(), start.elapsed().as_secs_f64());
    Ok(())
}

/// What is to be drawn; of `articles`, newest first, as many as there is room for where hosts take no more than `most` files.
fn pages(articles: impl Iterator<Item = DocumentId>, lists: usize, most: Option<usize>) -> Vec<Page> {
    let mut pages = vec![Page::Start, Page::NotFound];
    pages.extend((1..=lists).map(Page::List));
    // Each list is there twice more, packed.
    let room = most.map_or(usize::MAX, |most| most.saturating_sub(pages.len() + 2 * lists));
    pages.extend(articles.take(room).map(Page::Article));
    pages
}

/// With the stemmers of its languages and no others, as the build picks them for the page's program.
fn open(bytes: &'static [u8]) -> Outcome<Corpus<'static>> {
    let heads = Corpus::open(bytes, &[])?;
    let mut tags: Vec<_> = heads.ids().filter_map(|id| heads.head(id).language).collect();
    tags.sort_unstable();
    let mut stemmers: Vec<_> = tags.into_iter().filter_map(stem::named).collect();
    stemmers.dedup_by_key(|(constant, _)| *constant);
    let stemmers: Vec<_> = stemmers.into_iter().map(|(_, language)| language).collect();
    Ok(Corpus::open(bytes, stemmers.leak())?)
}

/// The language that the pages speak: the one asked for, or else that of most articles, if it is one of those.
fn language(articles: Articles) -> Language {
    if let Some(tag) = env::var("ARTICLE_EXPLORER_LANGUAGE").ok().filter(|tag| !tag.is_empty()) {
        return Language::of([tag]);
    }
    let mut counts = BTreeMap::new();
    for tag in articles.ids().filter_map(|id| articles.head(id).language) {
        *counts.entry(tag.split('-').next().unwrap_or_default()).or_insert(0) += 1;
    }
    Language::of(counts.into_iter().max_by_key(|(_, count)| *count).map(|(tag, _)| tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_hosts_take_no_more_files_the_newest_articles_have_pages() {
        let ids = || (0..10).map(DocumentId);
        let articles = |pages: Vec<Page>| -> Vec<u32> {
            let id = |page: Page| if let Page::Article(id) = page { Some(id.0) } else { None };
            pages.into_iter().filter_map(id).collect()
        };
        assert_eq!(articles(pages(ids(), 1, None)).len(), 10);
        let few = pages(ids(), 1, Some(8));
        assert_eq!(few[..3], [Page::Start, Page::NotFound, Page::List(1)]);
        assert_eq!(articles(few), [0, 1, 2]);
        assert!(articles(pages(ids(), 1, Some(0))).is_empty());
    }
}
