use article_explorer::components::direction;
use article_explorer::words::Language;
use engine::page::Page;
use engine::snippet::escaped;

use crate::Outcome;

/// The start page as it was before anything was drawn in it, in pieces.
pub struct Template {
    /// What the collection is called, and the same as it stands in HTML.
    name: String,
    name_in_html: String,
    /// Up to the title.
    before_title: String,
    /// What comes between title and body.
    after_title: String,
    /// What is said where there is no JavaScript, in HTML.
    without: String,
    /// What leads to all articles says so.
    show_all: String,
}

/// What goes into the template.
pub struct Filling<'a> {
    pub page: Page,
    pub title: &'a str,
    /// HTML.
    pub drawn: &'a str,
    /// The address of the site as links of this page need it before theirs.
    pub home: &'a str,
    /// Whether there are pages that list all articles.
    pub more: bool,
}

impl Template {
    /// `words` is the language's file; it ends with the sentences of the page's script and what they are in the language.
    pub fn read(html: &str, language: Language, words: &str) -> Outcome<Template> {
        let lacks = |what: &str| format!("index.html has no {what}, as the site has it when Trunk has built it");
        let (before_title, rest) = html.split_once("<title>").ok_or_else(|| lacks("<title>"))?;
        let (name_in_html, rest) = rest.split_once("</title>").ok_or_else(|| lacks("</title>"))?;
        let (after_title, rest) = rest.split_once("<noscript>").ok_or_else(|| lacks("<noscript>"))?;
        let (without, rest) = rest.split_once("</noscript>").ok_or_else(|| lacks("</noscript>"))?;
        if !rest.contains("explorer") {
            return Err(lacks("#explorer").into());
        }
        let sentence = |english: &str| {
            let mut pairs = words.lines().filter_map(|line| line.split_once(" → "));
            escaped(pairs.find(|pair| pair.0 == english).map_or(english, |pair| pair.1))
        };
        let text = without.replace("<p>", "").replace("</p>", "");
        Ok(Template {
            name: unescaped(name_in_html),
            name_in_html: name_in_html.to_owned(),
            before_title: with_language(before_title, language),
            after_title: after_title.to_owned(),
            without: sentence(text.trim()),
            show_all: sentence("Show all articles"),
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn filled(&self, filling: &Filling) -> String {
        let Filling { page, title, drawn, home, more } = filling;
        let mut after_title = from(&self.after_title, home);
        let mut without = ["<p>", &self.without, "</p>"].concat();
        match page {
            Page::Start => {}
            // What the site says about itself does not describe them.
            _ => after_title = without_tag(&after_title, "<meta", "name=description"),
        }
        // The list does without what articles look like, until the page's script brings it.
        if !(matches!(page, Page::List(_)) || drawn.contains("<article") || drawn.contains("timeline")) {
            after_title = without_tag(&after_title, "<link", "reading.css");
        }
        if *more {
            without += &format!("<p><a href=\"{home}list/1/\">{}</a></p>", self.show_all);
        }
        let body = match page {
            // Nothing takes its place.
            Page::List(_) => {
                after_title = without_program(&after_title);
                drawn.to_string()
            }
            _ => {
                let data = format!(
                    "data-home=\"{}\" data-name=\"{}\"",
                    escaped(home),
                    self.name_in_html.replace('"', "&quot;")
                );
                format!("<noscript>{without}</noscript><div id=\"explorer\" {data}>{drawn}</div>")
            }
        };
        let title = escaped(title);
        [&from(&self.before_title, home), "<title>", &title, "</title>", &after_title, &body, "</body></html>\n"]
            .concat()
    }
}

/// The same for a page from which the site is at `home`: Trunk's addresses begin with a point.
fn from(html: &str, home: &str) -> String {
    ["href=", "src="].iter().fold(html.to_owned(), |html, attribute| {
        let changed = html.replace(&[attribute, "./"].concat(), &[attribute, home].concat());
        changed.replace(&[attribute, "\"./"].concat(), &[attribute, "\"", home].concat())
    })
}

fn with_language(html: &str, language: Language) -> String {
    let (tag, _) = language.names();
    let dir = direction(Some(tag));
    let mut now = ["lang=\"", tag, "\""].concat();
    if dir != "ltr" {
        now += " dir=\"rtl\"";
    }
    html.replacen("lang=\"en\"", "lang=en", 1).replacen("lang=en", &now, 1)
}

/// Without what brings the program.
fn without_program(html: &str) -> String {
    let mut html = without_tag(html, "<script", "boot.js").replace("</script>", "");
    for what in ["rel=modulepreload", "rel=preload", "rel=\"modulepreload\"", "rel=\"preload\""] {
        html = without_tag(&html, "<link", what);
    }
    html
}

/// Without the tags of this name that have this in them.
fn without_tag(html: &str, name: &str, what: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.find(name).map(|at| rest.split_at(at)) {
        let end = from.find('>').map_or(from.len(), |end| end + 1);
        let (tag, after) = from.split_at(end);
        kept += before;
        if !tag.contains(what) && !tag.replace('"', "").contains(what) {
            kept += tag;
        }
        rest = after;
    }
    kept + rest
}

/// The reverse, for the few that a minifier leaves in a title.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&LT;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
