//! What the name of a file says about its article.

use std::path::Path;

use super::{date, facts, language};
use crate::article::Date;

/// A file's name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileName {
    /// The path below the corpus's folder without its extensions, with `/` between: tells the file from all others.
    pub identity: String,
    /// Without date and language; for `index.md` and the like, the folder's.
    pub stem: String,
    pub date: Option<Date>,
    /// Of a name like `about.de.md`.
    pub language: Option<String>,
}

impl FileName {
    /// Takes a path below the corpus's folder apart.
    pub fn of(path: &Path) -> FileName {
        let parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let Some((last, folders)) = parts.split_last() else { return FileName::default() };
        let last = last.strip_suffix(".gz").or_else(|| last.strip_suffix(".xz")).unwrap_or(last);
        let name = last.rsplit_once('.').map_or(last, |(name, _)| name);
        let identity = folders.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("/");
        // Hugo's translations; a version number like `1.0` is none.
        let (stem, language) = match name.rsplit_once('.') {
            Some((stem, tag)) if !stem.is_empty() && language::is_known(tag) => (stem, facts::language(tag)),
            _ => (name, None),
        };
        let stem = match folders.last() {
            Some(folder) if stem.eq_ignore_ascii_case("index") => folder,
            _ => stem,
        };
        let (date, stem) = match date::of_name(stem) {
            Some((date, rest)) => (Some(date), rest),
            None => (None, stem),
        };
        FileName { identity, stem: stem.to_owned(), date, language }
    }

    /// The name as a title, if it has words.
    pub fn readable(&self) -> Option<String> {
        let words = self.stem.replace(['-', '_'], " ");
        let words = facts::words(&words);
        let mut characters = words.chars();
        let first = characters.next().filter(|_| words.chars().any(char::is_alphabetic))?;
        Some(first.to_uppercase().chain(characters).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let check = |path: &str, identity: &str, stem: &str, date, language: Option<&str>| {
            let name = FileName::of(Path::new(path));
            let expected =
                FileName { identity: identity.into(), stem: stem.into(), date, language: language.map(str::to_owned) };
            assert_eq!(name, expected, "{path}");
        };
        check("a/2019-03-14-bees.md", "a/2019-03-14-bees", "bees", Date::day(2019, 3, 14), None);
        check("2019-03-14-bees/index.md", "2019-03-14-bees/index", "bees", Date::day(2019, 3, 14), None);
        check("about.pt-br.md", "about.pt-br", "about", None, Some("pt-BR"));
        check("docs.jsonl.gz", "docs", "docs", None, None);
        check("v1.0.txt", "v1.0", "v1.0", None, None);
        assert_eq!(FileName::of(Path::new("the-bees_of.md")).readable().as_deref(), Some("The bees of"));
        assert_eq!(FileName::of(Path::new("0042.md")).readable(), None);
    }
}
