//! What surrounds the explorer as a site: what it says of itself to search engines, to those who preview a link, to
//! readers of feeds.

mod facts;
mod feeds;
mod head;
mod host;
mod html;
mod listing;
mod page;
mod single;
#[cfg(test)]
mod valid;
mod worker;

pub use facts::Facts;
use head::tags;
use page::title;
pub use page::{Site, drawn, encoded};
pub use single::write as write_single_file;

use crate::{
    finish::{self, read, write},
    size,
};
use anyhow::{Context, Result};
use engine::{page::Page, snippet::escaped};
use std::{fs, path::Path};

/// Begins and ends what [`surround`] puts into the head of a page, so that it can be put there again.
const MARKS: [&str; 2] = ["<!--site-->", "<!--/site-->"];

/// Writes all that into the finished site in `folder`. Returns what was left out and why, a sentence each.
pub fn surround(folder: &Path, articles: &Path, site: &Site) -> Result<Vec<String>> {
    let mut left_out = Vec::new();
    if site.facts.address.is_none() {
        left_out.push(
            "canonical addresses, whole addresses of previews, sitemap, feeds, OpenSearch and oEmbed: they take the site's \
             address (`--address` or `address` in site.toml)"
                .to_owned(),
        );
    }
    if let Some(logo) = &site.facts.logo {
        let to = folder.join(page::logo(logo));
        fs::copy(articles.join(logo), &to).with_context(|| format!("{} can't be written", to.display()))?;
    }
    oembed(folder, site, &mut left_out)?;
    listing::write(folder, site, &mut left_out)?;
    feeds::write(folder, site, &mut left_out)?;
    for (page, file) in site.pages(folder) {
        write(&file, &with_head(&read(&file)?, site, page)?)?;
    }
    worker::write(folder, site)?;
    host::write(folder, site, &mut left_out)?;
    Ok(left_out)
}

/// The most files that the site has: what the strictest of the usual hosts takes (Cloudflare Pages, free of charge).
const MOST_FILES: usize = 20_000;

/// Files that may come beside articles and pictures; today there are about 60.
const OTHER_FILES: usize = 200;

/// How many more files the site in `folder` may have.
pub fn room(folder: &Path) -> Result<usize> {
    Ok(MOST_FILES.saturating_sub(OTHER_FILES + size::files(folder)?.len()))
}

/// A file for each article, where there is room beside the articles' own pages.
fn oembed(folder: &Path, site: &Site, left_out: &mut Vec<String>) -> Result<()> {
    let Some(address) = &site.facts.address else { return Ok(()) };
    // An older build's.
    _ = fs::remove_dir_all(folder.join("oembed"));
    let room = room(folder)?;
    let newest = site.newest();
    if newest.len() > room {
        left_out.push(format!(
            "oembed/: {} of {} articles have no file of their own there, since hosts take at most {MOST_FILES} files",
            newest.len() - room,
            newest.len()
        ));
    }
    let articles = newest.iter().take(room).map(|(_, head)| (head.slug, head.title));
    finish::describe(folder, address, &site.facts.name, articles)
}

/// A page with its title, and with what [`tags`] has to say in its head, in the place of what was there.
pub fn with_head(page: &str, site: &Site, what: Page) -> Result<String> {
    let (before, rest) = page.split_once("<title>").context("the page has no title")?;
    let (_, after) = rest.split_once("</title>").context("the page's title has no end")?;
    let after = match (after.find(MARKS[0]), after.find(MARKS[1])) {
        (Some(start), Some(end)) => [&after[..start], &after[end + MARKS[1].len()..]].concat(),
        _ => without_description(after),
    };
    let title = escaped(&title(site, what));
    Ok([before, "<title>", &title, "</title>", MARKS[0], &tags(site, what), MARKS[1], &after].concat())
}

/// The description that the page had from before anything was known about the site.
fn without_description(head: &str) -> String {
    let Some(at) = head.find("name=description").or_else(|| head.find("name=\"description\"")) else {
        return head.to_owned();
    };
    match (head[..at].rfind("<meta"), head[at..].find('>')) {
        (Some(start), Some(length)) => [&head[..start], &head[at + length + 1..]].concat(),
        _ => head.to_owned(),
    }
}
