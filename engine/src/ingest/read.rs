//! One file into what it holds, by its format.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::cache::{Cache, Key};
use super::entry::Content;
use super::files::{self, Format};
use super::name::FileName;
use super::problem::{Fault, Position};
use super::{encoding, html, jsonl, markdown, text};

/// Bytes of a file of one article at most, unpacked.
const LONGEST: usize = 16 << 20;

/// Bytes of a file of many articles at most, unpacked.
const LONGEST_LINES: u64 = 4 << 30;

/// Reads a file, or what the cache knows of it. `below` is its path below the corpus's folder; `tell` hears now and then
/// how many bytes of it were read and how many articles they gave.
pub fn file(file: &Path, below: &Path, cache: &mut Cache, tell: &mut dyn FnMut(u64, u64)) -> Content {
    let mut read = || -> io::Result<Content> {
        let lines = Format::of(file) == Some(Format::JsonLines);
        let key = if cache.is_on() { Some(key(file, below)?) } else { None };
        if let Some(content) = key.as_deref().and_then(|key| cache.get(key)) {
            return Ok(content);
        }
        let opened = files::open(file)?;
        let content = if lines {
            let done = Cell::new(0);
            let opened = Counted { inner: opened, done: &done };
            read_lines(below, files::unpacked(file, opened), &mut |articles| tell(done.get(), articles))?
        } else {
            read_whole(below, files::unpacked(file, opened))?
        };
        if let Some(key) = key {
            cache.put(&key, &content);
        }
        Ok(content)
    };
    read().unwrap_or_else(|error| failed(files::fault(&error)))
}

/// Reads what a file called `name` would hold.
pub fn bytes(name: &Path, bytes: &[u8]) -> Content {
    let content = files::unpacked(name, bytes);
    let read = match Format::of(name) {
        Some(Format::JsonLines) => read_lines(name, content, &mut |_| {}),
        _ => read_whole(name, content),
    };
    read.unwrap_or_else(|error| failed(files::fault(&error)))
}

fn failed(fault: Fault) -> Content {
    Content { faults: vec![fault], files: 1, failed: 1, ..Content::default() }
}

fn key(file: &Path, below: &Path) -> io::Result<String> {
    let mut key = Key::of(&below.to_string_lossy());
    let mut content = files::open(file)?;
    let mut part = vec![0; 1 << 16];
    loop {
        match content.read(&mut part)? {
            0 => return Ok(key.name()),
            read => key.add(&part[..read]),
        }
    }
}

fn read_whole(name: &Path, mut file: impl Read) -> io::Result<Content> {
    let mut bytes = Vec::new();
    file.by_ref().take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LONGEST {
        let what = format!("more than {} MiB", LONGEST >> 20);
        return Ok(failed(Fault::error(Position::START, what, "divide it; each file is one article")));
    }
    let format = Format::of(name);
    let shown = name.file_name().unwrap_or_default().to_string_lossy();
    let mut content = match encoding::decode(&bytes, &shown, format == Some(Format::Html)) {
        Ok(text) => parse(name, format, text),
        Err(fault) => Content { faults: vec![fault], ..Content::default() },
    };
    content.bytes = bytes.len() as u64;
    content.files = 1;
    content.failed = u32::from(content.entries.is_empty() && content.drafts + content.lists == 0);
    Ok(content)
}

fn parse(path: &Path, format: Option<Format>, text: Cow<str>) -> Content {
    let name = FileName::of(path);
    let start = text.trim_start().get(..14).unwrap_or("").to_ascii_lowercase();
    let page = start.starts_with("<!doctype html") || start.starts_with("<html");
    match format {
        Some(Format::Html) => html::parse(&name, &text),
        // What a browser saved under another name.
        _ if page => {
            let mut content = html::parse(&name, &text);
            let warning = Fault::warning(Position::START, "a web page in a file that is not called .html", "rename it");
            content.faults.push(warning);
            content
        }
        Some(Format::Markdown) => markdown::parse(&name, &text),
        _ => text::parse(&name, &text),
    }
}

fn read_lines(path: &Path, file: impl Read, tell: &mut dyn FnMut(u64)) -> io::Result<Content> {
    let name = FileName::of(path);
    let mut file = BufReader::with_capacity(1 << 16, file.take(LONGEST_LINES));
    let mut content = Content::default();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = file.by_ref().take(jsonl::LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        content.bytes += length as u64;
        let at = Position { line: number, column: 1 };
        if line.len() > jsonl::LONGEST_LINE {
            let what = format!("a line of more than {} MiB", jsonl::LONGEST_LINE >> 20);
            content.lines += 1;
            content.faults.push(Fault::error(at, what, "divide it; each line is one article"));
            content.bytes += skip_line(&mut file)?;
            continue;
        }
        let bytes = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim(),
            Err(_) => {
                content.lines += 1;
                let shown = path.file_name().unwrap_or_default().to_string_lossy();
                let fault = encoding::decode(bytes, &shown, false).err();
                let at = Position { line: number, ..fault.as_ref().map_or(at, |fault| fault.at) };
                content.faults.extend(fault.map(|fault| Fault { at, ..fault }));
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        content.lines += 1;
        if number == 1 && text.starts_with('[') {
            let what = "a JSON array, not one object a line";
            content.faults.push(Fault::error(
                at,
                what,
                "write each article on a line of its own: jq -c '.[]' does that",
            ));
            break;
        }
        jsonl::parse(&name, number, text, &mut content);
        if number % 256 == 0 {
            tell(content.entries.len() as u64);
        }
    }
    if content.lines == 0 {
        let remedy = "write an object a line, with at least \"title\" and \"text\", or delete it";
        content.faults.push(Fault::error(Position::START, "the file is empty", remedy));
    }
    if content.bytes == LONGEST_LINES {
        let what = format!("more than {} GiB", LONGEST_LINES >> 30);
        content.faults.push(Fault::error(Position::START, what, "divide it into several files"));
    }
    content.failed = content.lines - content.entries.len() as u32 - content.drafts;
    Ok(content)
}

/// Skips to the end of the line; returns the bytes that were skipped.
fn skip_line(file: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let part = file.fill_buf()?;
        if part.is_empty() {
            return Ok(skipped);
        }
        let end = part.iter().position(|b| *b == b'\n');
        let length = end.map_or(part.len(), |end| end + 1);
        file.consume(length);
        skipped += length as u64;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}

/// Counts what is read through it.
struct Counted<'d, R> {
    inner: R,
    done: &'d Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done.set(self.done.get() + read as u64);
        Ok(read)
    }
}
