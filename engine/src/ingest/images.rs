//! Pictures that lie beside articles.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use imagesize::{Compression, ImageType};
use percent_encoding::percent_decode_str;
use xxhash_rust::xxh64::xxh64;

use super::entry::{Entry, is_out};
use super::left_out::LeftOut;
use super::problem::{Fault, Position};
use crate::article::{Block, Image};

/// Bytes of a picture at most.
const LARGEST: u64 = 32 << 20;

/// The pictures of a corpus, found in its folder.
pub struct Pictures<'f> {
    folder: Option<&'f Path>,
    remote: bool,
    /// By the place of the file: what it became or why it did not.
    known: HashMap<PathBuf, Result<Image, Refused>>,
    /// The files to copy, by their path below the site's root.
    pub files: BTreeMap<String, PathBuf>,
    pub bytes: u64,
}

#[derive(Clone, Copy)]
struct Refused(&'static str, &'static str);

impl<'f> Pictures<'f> {
    /// `remote` is whether pictures may be fetched from other sites by the readers' browsers.
    pub fn new(folder: Option<&'f Path>, remote: bool) -> Pictures<'f> {
        Pictures { folder, remote, known: HashMap::new(), files: BTreeMap::new(), bytes: 0 }
    }

    /// Settles the pictures of one article; those that can't be shown are taken out of it, their captions stay.
    pub fn settle(&mut self, entry: &mut Entry, path: &str, left_out: &mut LeftOut, faults: &mut Vec<Fault>) {
        let references = std::mem::take(&mut entry.references);
        let body = std::mem::take(&mut entry.article.body);
        let mut page = Page { path, references: &references, at: entry.at, left_out, faults };
        entry.article.body = self.blocks(body, &mut page);
        entry.references = references;
    }

    fn blocks(&mut self, blocks: Vec<Block<String>>, page: &mut Page) -> Vec<Block<String>> {
        let mut settled = Vec::with_capacity(blocks.len());
        for block in blocks {
            settled.push(match block {
                Block::Figure { image, caption } => match (self.picture(&image, page), caption) {
                    (Some(image), caption) => Block::Figure { image, caption },
                    (None, Some(caption)) => Block::Paragraph(caption),
                    (None, None) => continue,
                },
                Block::Quote(blocks) => Block::Quote(self.blocks(blocks, page)),
                Block::Footnote { label, blocks } => Block::Footnote { label, blocks: self.blocks(blocks, page) },
                Block::List { start, items } => {
                    Block::List { start, items: items.into_iter().map(|item| self.blocks(item, page)).collect() }
                }
                block => block,
            });
        }
        settled
    }

    fn picture(&mut self, image: &Image, page: &mut Page) -> Option<Image> {
        if is_out(&image.path) {
            if self.remote {
                return Some(image.clone());
            }
            page.left_out.add("pictures on other sites");
            return None;
        }
        let Some(folder) = self.folder else {
            page.left_out.add("pictures beside the article");
            return None;
        };
        let found = match beside(folder, page.path, &image.path) {
            None => Err(Refused("is not there", "put it beside the article, or correct its path")),
            Some(file) => {
                let known = self.known.get(&file).cloned();
                known.unwrap_or_else(|| {
                    let read = self.read(&file);
                    self.known.insert(file, read.clone());
                    read
                })
            }
        };
        match found {
            Ok(file) => Some(Image { alt: image.alt.clone(), ..file }),
            Err(Refused(what, remedy)) => {
                let at = page.references.iter().find(|(place, _)| *place == image.path).map_or(page.at, |(_, at)| *at);
                page.faults.push(Fault::warning(at, format!("the picture {:.120} {what}", image.path), remedy));
                None
            }
        }
    }

    fn read(&mut self, file: &Path) -> Result<Image, Refused> {
        let unreadable = |_| Refused("can't be read", "allow reading it");
        let metadata = fs::metadata(file).map_err(unreadable)?;
        if !metadata.is_file() || metadata.len() > LARGEST {
            return Err(Refused("has more than 32 MiB", "make it smaller"));
        }
        let mut bytes = Vec::new();
        let opened = fs::File::open(file).map_err(unreadable)?;
        BufReader::new(opened).take(LARGEST).read_to_end(&mut bytes).map_err(unreadable)?;
        // A picture is what its bytes say. SVG is left out, since it can hold scripts that run where it is opened by itself.
        let end = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) => "png",
            Ok(ImageType::Jpeg) => "jpg",
            Ok(ImageType::Gif) => "gif",
            Ok(ImageType::Webp) => "webp",
            Ok(ImageType::Heif(Compression::Av1)) => "avif",
            _ => return Err(Refused("is no PNG, JPEG, GIF, WebP or AVIF", "convert it to one of these")),
        };
        let size = imagesize::blob_size(&bytes)
            .ok()
            .and_then(|size| Some((size.width.try_into().ok()?, size.height.try_into().ok()?)));
        let path = format!("images/{:016x}.{end}", xxh64(&bytes, 0));
        if self.files.insert(path.clone(), file.to_owned()).is_none() {
            self.bytes += bytes.len() as u64;
        }
        Ok(Image { path, alt: String::new(), size })
    }
}

/// The article whose pictures are settled.
struct Page<'p> {
    path: &'p str,
    references: &'p [(String, Position)],
    at: Position,
    left_out: &'p mut LeftOut,
    faults: &'p mut Vec<Fault>,
}

/// The file that a picture's address names, if it lies in the corpus's folder: beside the article, or below the folder or
/// one of those in which site generators keep what they publish as it is.
fn beside(folder: &Path, article: &str, written: &str) -> Option<PathBuf> {
    let written = written.split(['#', '?']).next()?;
    let written = percent_decode_str(written).decode_utf8().ok()?;
    let written = written.strip_prefix('@').unwrap_or(&written);
    let root = folder.canonicalize().ok()?;
    let rooted = written.trim_start_matches('/');
    let near = folder.join(article).parent()?.join(rooted);
    let mut places = vec![near];
    places.extend(["", "static", "public", "assets", "images"].iter().map(|place| folder.join(place).join(rooted)));
    if written.starts_with('/') {
        places.rotate_left(1);
    }
    // Links and `..` may lead anywhere; only what is inside may be published.
    places
        .iter()
        .filter_map(|place| place.canonicalize().ok())
        .find(|place| place.starts_with(&root) && place.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_folder_are_published() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("articles");
        fs::create_dir_all(folder.join("a")).unwrap();
        fs::write(outer.path().join("secret.png"), b"x").unwrap();
        fs::write(folder.join("a/own.png"), b"x").unwrap();
        let check = |written: &str, expected: bool| {
            assert_eq!(beside(&folder, "a/article.md", written).is_some(), expected, "{written}");
        };
        check("own.png", true);
        check("./own.png?v=1", true);
        check("/a/own.png", true);
        check("../a/own.png", true);
        check("../../secret.png", false);
        check("%2e%2e/%2e%2e/secret.png", false);
        check("/../../secret.png", false);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outer.path().join("secret.png"), folder.join("a/link.png")).unwrap();
            check("link.png", false);
        }
    }
}
