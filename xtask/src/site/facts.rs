use anyhow::{Context, Result, bail};
use engine::ingest::SITE;
use serde::Deserialize;
use std::{fs, io::ErrorKind, path::Path};
use toml::Spanned;

/// What a publisher says about the site: the table `[site]` of `site.toml` in the folder of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub name: String,
    /// Where the site will be; ends in a slash. Without it nothing can be said that takes a whole address.
    pub address: Option<String>,
    /// BCP 47 tag of the language that the site as a whole is in.
    pub language: Option<String>,
    pub description: String,
    /// A picture in the folder of articles, relative to it.
    pub logo: Option<String>,
    /// Whether the articles are news, which search engines tell apart from other articles.
    pub news: bool,
}

impl Default for Facts {
    fn default() -> Facts {
        Facts {
            name: "Article explorer".into(),
            address: None,
            language: None,
            description: "A collection of articles to read and to search, all of it in your browser.".into(),
            logo: None,
            news: false,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    site: Table,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: Option<Spanned<String>>,
    address: Option<Spanned<String>>,
    language: Option<Spanned<String>>,
    description: Option<Spanned<String>>,
    logo: Option<Spanned<String>>,
    #[serde(default)]
    news: bool,
}

impl Facts {
    /// The path of the address, without what leads to the server.
    pub fn path(&self) -> Option<&str> {
        let (_, rest) = self.address.as_deref()?.split_once("://")?;
        rest.find('/').map(|at| &rest[at..])
    }

    /// What the folder of articles says; `address`, where it is given, is the one that counts.
    pub fn read(folder: &Path, address: Option<&str>) -> Result<Facts> {
        let file = folder.join(SITE);
        let mut facts = match fs::read_to_string(&file) {
            Ok(text) => Facts::parse(&text, folder, &file.display().to_string())?,
            Err(error) if error.kind() == ErrorKind::NotFound => Facts::default(),
            Err(error) => return Err(error).with_context(|| format!("{}:1: it can't be read", file.display())),
        };
        if let Some(address) = address {
            facts.address = Some(whole(address).map_err(anyhow::Error::msg)?);
        }
        Ok(facts)
    }

    fn parse(text: &str, folder: &Path, file: &str) -> Result<Facts> {
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let table = match toml::from_str::<File>(text) {
            Ok(File { site }) => site,
            Err(error) => {
                let known = "name, address, language, description, logo and news are known, in a table [site]";
                bail!("{file}:{}: {}; {known}", line(error.span().map_or(0, |span| span.start)), error.message());
            }
        };
        let mut facts = Facts { news: table.news, ..Facts::default() };
        let mut problem = None;
        let mut take = |given: Option<Spanned<String>>, check: &dyn Fn(&str) -> Result<String, String>| {
            let given = given?;
            let at = line(given.span().start);
            match check(given.get_ref().trim()) {
                Ok(value) => Some(value),
                Err(what) => {
                    problem.get_or_insert(format!("{file}:{at}: {what}"));
                    None
                }
            }
        };
        let said = |text: &str| match text {
            "" => Err("an empty text; write one, or delete the line".to_owned()),
            text => Ok(text.to_owned()),
        };
        let lies_there = |path: &str| {
            let inside = !path.split(['/', '\\']).any(|part| part == "..") && !Path::new(path).is_absolute();
            match (PICTURES.iter().any(|end| path.ends_with(end)), inside && folder.join(path).is_file()) {
                (false, _) => Err(format!("a logo should be one of {}, not {path}", PICTURES.join(", "))),
                (_, false) => Err(format!("there is no {path} in the folder of articles; put it there")),
                _ => Ok(path.to_owned()),
            }
        };
        facts.name = take(table.name, &said).unwrap_or(facts.name);
        facts.description = take(table.description, &said).unwrap_or(facts.description);
        facts.address = take(table.address, &whole);
        facts.language = take(table.language, &tag);
        facts.logo = take(table.logo, &lies_there);
        match problem {
            Some(problem) => bail!(problem),
            None => Ok(facts),
        }
    }
}

const PICTURES: [&str; 5] = [".png", ".jpg", ".jpeg", ".svg", ".webp"];

fn whole(address: &str) -> Result<String, String> {
    let web = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = web.and_then(|rest| rest.split('/').next()).is_some_and(|host| !host.is_empty());
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"\\^`{|}?#".contains(&byte));
    match host && plain && address.ends_with('/') {
        true => Ok(address.to_owned()),
        false => Err(format!(
            "the site's address should be whole and end in a slash, as in https://example.org/articles/, not {address}"
        )),
    }
}

fn tag(tag: &str) -> Result<String, String> {
    let parts = || tag.split('-');
    let well_formed = parts()
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && parts()
            .next()
            .is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()));
    match well_formed {
        true => Ok(tag.to_owned()),
        false => Err(format!("a language should be a tag like en or de-AT, not {tag}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_has_its_usual_value() {
        let facts = Facts::parse("[site]\nname = \"Letters\"\nlanguage = \"de-AT\"", Path::new("seeds"), "f").unwrap();
        assert_eq!(facts, Facts { name: "Letters".into(), language: Some("de-AT".into()), ..Facts::default() });
        assert_eq!(Facts::parse("", Path::new("seeds"), "f").unwrap(), Facts::default());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let check = |text: &str, expected: &str| {
            let error = Facts::parse(text, Path::new("seeds"), "seeds/site.toml").unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check("[site]\n\nnmae = \"x\"", "seeds/site.toml:3: unknown field `nmae`");
        check("[site]\naddress = \"example.org\"", "seeds/site.toml:2: the site's address should be whole");
        check("[site]\naddress = \"https://example.org\"", "seeds/site.toml:2: the site's address should be whole");
        check("[site]\nname = \"a\"\nlanguage = \"German\"", "seeds/site.toml:3: a language should be a tag");
        check("[site]\nlogo = \"logo.png\"", "seeds/site.toml:2: there is no logo.png");
        check("[site]\nlogo = \"../x.png\"", "seeds/site.toml:2: there is no ../x.png");
        check("[site]\nname = \"  \"", "seeds/site.toml:2: an empty text");
        check("[site]\nname =", "seeds/site.toml:2: ");
    }

    #[test]
    fn an_address_has_a_path() {
        let path = |address: &str| {
            let facts = Facts { address: Some(address.to_owned()), ..Facts::default() };
            facts.path().map(str::to_owned)
        };
        assert_eq!(path("https://example.org/news/").as_deref(), Some("/news/"));
        assert_eq!(path("https://example.org/").as_deref(), Some("/"));
    }
}
