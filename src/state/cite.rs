//! An article as others cite it.

use engine::article::{Date, Head};
use engine::snippet;

/// A form in which an article is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its address.
    Link,
    Plain,
    BibTeX,
    Ris,
    CslJson,
    /// As an element of another page.
    Element,
    /// As a frame in another page.
    Frame,
    /// The address of the selected passage.
    PassageLink,
    /// The selected passage with where it is from.
    Quote,
}

impl Form {
    /// Those that need nothing to be selected, with their names; the first two have names in each language.
    pub const OF_ARTICLE: [(Form, &str); 7] = [
        (Form::Link, ""),
        (Form::Plain, ""),
        (Form::BibTeX, "BibTeX"),
        (Form::Ris, "RIS"),
        (Form::CslJson, "CSL-JSON"),
        (Form::Element, "HTML"),
        (Form::Frame, "iframe"),
    ];
}

/// The citation of an article that is to be had at `address`. What is not known is left out.
///
/// `date` is the article's date as readers write it.
pub fn cite(head: &Head<&str>, date: Option<String>, address: &str, form: Form) -> String {
    match form {
        Form::Link | Form::PassageLink => address.to_owned(),
        Form::Plain | Form::Quote => plain(head, date, address),
        Form::BibTeX => bibtex(head, address),
        Form::Ris => ris(head, address),
        Form::CslJson => csl_json(head, address),
        Form::Element | Form::Frame => embedded(head, address, form == Form::Frame),
    }
}

/// For the source of another page.
fn embedded(head: &Head<&str>, address: &str, frame: bool) -> String {
    let (page, query) = address.split_once('?').unwrap_or((address, ""));
    let snippet = match frame {
        true => snippet::frame(folder(page), &["view=article&", query].concat(), head.title),
        false => snippet::element(folder(page), Some(head.slug)),
    };
    snippet + "\n"
}

/// The whole explorer whose page is at `place`, for the source of another page: as an element, and as a frame that is called
/// `title`.
pub fn explorer(place: &str, title: &str) -> [String; 2] {
    [snippet::element(folder(place), None), snippet::frame(folder(place), "", title)]
}

/// The folder that a page is in.
fn folder(page: &str) -> &str {
    &page[..page.rfind('/').map_or(0, |at| at + 1)]
}

/// Who, “What”, where, when, address.
fn plain(head: &Head<&str>, date: Option<String>, address: &str) -> String {
    let title = ["“", head.title, "”"].concat();
    let authors = Some(head.authors.join(", ")).filter(|authors| !authors.is_empty());
    let source = head.source.map(str::to_owned);
    let parts = [authors, Some(title), source, date, Some(address.to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn bibtex(head: &Head<&str>, address: &str) -> String {
    let mut text = ["@online{", head.slug].concat();
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            text +=
                &[",\n  ", name, " = {", &escaped(value, &['{', '}', '\\', '%', '&', '#', '$', '_'], ""), "}"].concat();
        }
    };
    field("title", head.title);
    field("author", &head.authors.join(" and "));
    field("organization", head.source.unwrap_or_default());
    field("date", &head.date.map(machine).unwrap_or_default());
    field("langid", head.language.unwrap_or_default());
    text += &[",\n  url = {", address, "}\n}\n"].concat();
    text
}

fn ris(head: &Head<&str>, address: &str) -> String {
    let mut text = String::from("TY  - NEWS\n");
    let mut line = |tag: &str, value: &str| {
        if !value.is_empty() {
            text += &[tag, "  - ", value, "\n"].concat();
        }
    };
    head.authors.iter().for_each(|author| line("AU", author));
    line("TI", head.title);
    line("T2", head.source.unwrap_or_default());
    line("DA", &head.date.map(|date| machine(date).replace('-', "/")).unwrap_or_default());
    line("LA", head.language.unwrap_or_default());
    line("UR", address);
    text + "ER  - \n"
}

fn csl_json(head: &Head<&str>, address: &str) -> String {
    let mut fields = Vec::new();
    let quoted = |text: &str| ["\"", &escaped(text, &['"', '\\'], "\n\r\t"), "\""].concat();
    let mut field = |name: &str, value: String| fields.push([&quoted(name), ": ", &value].concat());
    field("id", quoted(head.slug));
    field("type", quoted("article-newspaper"));
    field("title", quoted(head.title));
    let author = |name: &&str| ["{\"literal\": ", &quoted(name), "}"].concat();
    if !head.authors.is_empty() {
        let authors: Vec<_> = head.authors.iter().map(author).collect();
        field("author", ["[", &authors.join(", "), "]"].concat());
    }
    if let Some(source) = head.source {
        field("container-title", quoted(source));
    }
    if let Some(date) = head.date {
        let parts = [date.year.into(), i32::from(date.month), i32::from(date.day)];
        let parts: Vec<_> = parts.iter().filter(|part| **part != 0).map(i32::to_string).collect();
        field("issued", ["{\"date-parts\": [[", &parts.join(", "), "]]}"].concat());
    }
    if let Some(language) = head.language {
        field("language", quoted(language));
    }
    field("URL", quoted(address));
    ["[{", &fields.join(", "), "}]\n"].concat()
}

/// With a backslash before each of `special`, and spaces in the place of `dropped`.
fn escaped(text: &str, special: &[char], dropped: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(if dropped.contains(c) { ' ' } else { c });
    }
    escaped
}

/// As machines read it: `2019-03-14`, or less where less is known.
fn machine(date: Date) -> String {
    let two = |number: u8| [if number < 10 { "-0" } else { "-" }, &number.to_string()].concat();
    let mut text = date.year.to_string();
    for part in [date.month, date.day].into_iter().filter(|part| *part != 0) {
        text += &two(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &Head<&str>, form: Form, expected: &str) {
        let date = head.date.map(|_| "14 March 2019".to_owned());
        assert_eq!(cite(head, date, "https://here.example/?article=iron", form), expected);
    }

    fn iron() -> Head<&'static str> {
        Head {
            slug: "iron",
            title: "Iron & \"rust\"",
            authors: vec!["A. Smith", "B. Jones"],
            date: Date::day(2019, 3, 14),
            source: Some("Metals Weekly"),
            language: Some("en"),
            ..Head::default()
        }
    }

    #[test]
    fn in_words() {
        check(
            &iron(),
            Form::Plain,
            "A. Smith, B. Jones, “Iron & \"rust\"”, Metals Weekly, 14 March 2019, https://here.example/?article=iron",
        );
        let head = Head { title: "Bees", ..Head::default() };
        check(&head, Form::Plain, "“Bees”, https://here.example/?article=iron");
        check(&head, Form::Link, "https://here.example/?article=iron");
    }

    #[test]
    fn for_other_pages() {
        check(
            &iron(),
            Form::Element,
            "<script type=\"module\" src=\"https://here.example/embed/v1/article-explorer.js\"></script>\n\
             <article-explorer view=\"article\" article=\"iron\"></article-explorer>\n",
        );
        check(
            &iron(),
            Form::Frame,
            "<iframe src=\"https://here.example/embed/v1/frame.html?view=article&amp;article=iron\" \
             title=\"Iron &amp; &quot;rust&quot;\" width=\"100%\" height=\"600\" loading=\"lazy\" \
             sandbox=\"allow-scripts allow-popups allow-popups-to-escape-sandbox\"></iframe>\n",
        );
    }

    #[test]
    fn the_whole_explorer_for_other_pages() {
        for place in ["https://here.example/news/", "https://here.example/news/index.html"] {
            let [element, frame] = explorer(place, "News");
            assert_eq!(element, snippet::element("https://here.example/news/", None));
            assert_eq!(frame, snippet::frame("https://here.example/news/", "", "News"));
        }
    }

    #[test]
    fn for_machines() {
        check(
            &iron(),
            Form::BibTeX,
            "@online{iron,\n  title = {Iron \\& \"rust\"},\n  author = {A. Smith and B. Jones},\n  \
             organization = {Metals Weekly},\n  date = {2019-03-14},\n  langid = {en},\n  \
             url = {https://here.example/?article=iron}\n}\n",
        );
        check(
            &iron(),
            Form::Ris,
            "TY  - NEWS\nAU  - A. Smith\nAU  - B. Jones\nTI  - Iron & \"rust\"\nT2  - Metals Weekly\n\
             DA  - 2019/03/14\nLA  - en\nUR  - https://here.example/?article=iron\nER  - \n",
        );
        check(
            &iron(),
            Form::CslJson,
            "[{\"id\": \"iron\", \"type\": \"article-newspaper\", \"title\": \"Iron & \\\"rust\\\"\", \
             \"author\": [{\"literal\": \"A. Smith\"}, {\"literal\": \"B. Jones\"}], \
             \"container-title\": \"Metals Weekly\", \"issued\": {\"date-parts\": [[2019, 3, 14]]}, \
             \"language\": \"en\", \"URL\": \"https://here.example/?article=iron\"}]\n",
        );
    }
}
