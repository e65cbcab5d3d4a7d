//! Bytes of a file as text, or why they are none.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::problem::{Fault, Position};

/// The text of a file called `name`. A `page` may be in the encoding that it states, everything else is UTF-8.
pub fn decode<'b>(bytes: &'b [u8], name: &str, page: bool) -> Result<Cow<'b, str>, Fault> {
    if let Some(kind) = binary(bytes) {
        let remedy = "save it as text, Markdown or HTML, or take it out of the folder";
        return Err(Fault::error(Position::START, format!("no text but {kind}"), remedy));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match bytes.iter().position(|b| *b == 0) {
            Some(at) => {
                let remedy = "delete it, or take the file out of the folder if it is no text";
                Err(Fault::error(Position::of(text, at), "a NUL character", remedy))
            }
            None => Ok(Cow::Borrowed(text)),
        },
        Err(error) => {
            if page
                && let Some(encoding) = stated(bytes)
                && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
                && !text.contains('\0')
            {
                return Ok(text);
            }
            Err(foreign(bytes, name, error.valid_up_to()))
        }
    }
}

fn foreign(bytes: &[u8], name: &str, at: usize) -> Fault {
    let (encoding, sure) = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding, true),
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
            (detector.guess(None, Utf8Detection::Deny), false)
        }
    };
    let encoding = encoding.name();
    let what = if sure { format!("not UTF-8 but {encoding}") } else { format!("not UTF-8 but probably {encoding}") };
    let name = name.replace('\'', "'\\''");
    let remedy = format!("convert it: iconv -f {encoding} -t UTF-8 '{name}' > copy, then put the copy in its place");
    Fault::error(Position::of_bytes(bytes, at), what, remedy)
}

/// The encoding that a page's head states.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(label.len());
    // What is not UTF-8 although it says so has an encoding that nobody knows.
    Encoding::for_label(&label.as_bytes()[..end]).filter(|encoding| encoding.name() != "UTF-8")
}

/// What a file is that is no text, by its first bytes.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive (as .docx and .odt files are)"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "a compressed file"),
        (b"\xD0\xCF\x11\xE0", "an old Office document"),
        (b"{\\rtf", "a Rich Text document"),
        (b"SQLite format 3", "a database"),
        (b"\x7FELF", "a program"),
    ];
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_named() {
        let check = |bytes: &[u8], page: bool, expected: Result<&str, &str>| {
            let read = decode(bytes, "a.txt", page);
            assert_eq!(read.as_deref().map_err(|fault| &*fault.what), expected);
        };
        check("\u{FEFF}Été".as_bytes(), false, Ok("Été"));
        check(b"Caf\xE9 cr\xE8me br\xFBl\xE9e", false, Err("not UTF-8 but probably windows-1252"));
        check(b"\xFF\xFEa\0", false, Err("not UTF-8 but UTF-16LE"));
        check(b"<meta charset='windows-1252'>Caf\xE9", true, Ok("<meta charset='windows-1252'>Café"));
        check(b"<meta charset='windows-1252'>Caf\xE9", false, Err("not UTF-8 but probably windows-1252"));
        check(b"%PDF-1.7\n", false, Err("no text but a PDF"));
        check(b"a\nb\0", false, Err("a NUL character"));
        let russian = encoding_rs::WINDOWS_1251.encode("Это был самый обычный день в городе.").0;
        check(&russian, false, Err("not UTF-8 but probably windows-1251"));
    }

    #[test]
    fn the_place_and_the_cure_are_named() {
        let fault = decode(b"Title\nCaf\xE9\n", "it's.txt", false).unwrap_err();
        assert_eq!(fault.at, Position { line: 2, column: 4 });
        assert!(
            fault.remedy.starts_with(r"convert it: iconv -f windows-1252 -t UTF-8 'it'\''s.txt' > copy"),
            "{}",
            fault.remedy
        );
    }
}
