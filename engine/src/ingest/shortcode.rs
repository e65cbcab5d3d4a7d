//! Tags of site generators inside Markdown: Hugo's shortcodes, Liquid's and Nunjucks' blocks, kramdown's attributes.
//!
//! Those that stand for a link, a picture or code become that; of the others the tags go and the text between them stays.

use std::borrow::Cow;
use std::ops::Range;

use super::left_out::LeftOut;
use crate::snippet::escaped;

/// `text` without such tags. They stay as they are within `code`, ranges of bytes in ascending order.
pub fn expand<'t>(text: &'t str, code: &[Range<usize>], left_out: &mut LeftOut) -> Cow<'t, str> {
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    let mut code = code.iter().peekable();
    while let Some(found) = text[at..].find('{').map(|found| at + found) {
        while code.next_if(|range| range.end <= found).is_some() {}
        if let Some(range) = code.peek().filter(|range| range.start <= found) {
            at = range.end;
            continue;
        }
        let Some(tag) = Tag::at(&text[found..]) else {
            at = found + 1;
            continue;
        };
        out.push_str(&text[copied..found]);
        at = found + tag.length;
        if let Some(end) = tag.swallows() {
            at = text[at..].find(end).map_or(at, |end| at + end);
        }
        tag.write(&mut out, left_out);
        copied = at;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Bytes of a tag at most.
const LONGEST: usize = 4096;

struct Tag<'t> {
    /// Bytes from its first to its last brace.
    length: usize,
    kind: Kind,
    /// What is between the braces.
    inner: &'t str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `{{< name … >}}` and `{{% name … %}}`
    Shortcode,
    /// `{{</* name … */>}}`: to be shown.
    Shown,
    /// `{% name … %}`
    Block,
    /// `{{ site.url }}`, the beginning of an address
    Base,
    /// `{: .class }`
    Attributes,
}

impl<'t> Tag<'t> {
    fn at(text: &'t str) -> Option<Tag<'t>> {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let between = |open: &str, close: &str, kind| {
            let inner = text.strip_prefix(open)?;
            let end = inner.find(close)?;
            Some(Tag { length: open.len() + end + close.len(), kind, inner: inner[..end].trim() })
        };
        if text.starts_with("{{<") {
            return between("{{</*", "*/>}}", Kind::Shown).or_else(|| between("{{<", ">}}", Kind::Shortcode));
        }
        if text.starts_with("{{%") {
            return between("{{%/*", "*/%}}", Kind::Shown).or_else(|| between("{{%", "%}}", Kind::Shortcode));
        }
        if text.starts_with("{{/*") {
            return between("{{/*", "*/}}", Kind::Base);
        }
        if text.starts_with("{%") {
            let tag = between("{%", "%}", Kind::Block)?;
            // Not every percent sign in braces is one.
            return tag
                .inner
                .trim_matches('-')
                .trim_start()
                .starts_with(|c: char| c.is_ascii_lowercase())
                .then_some(tag);
        }
        if text.starts_with("{{") {
            let tag = between("{{", "}}", Kind::Base)?;
            return matches!(tag.inner, "site.url" | "site.baseurl" | "site.github.url").then_some(tag);
        }
        let tag = between("{:", "}", Kind::Attributes)?;
        (!tag.inner.contains('\n') && tag.length > 3).then_some(tag)
    }

    /// What ends the text after the tag that is no text of the article.
    fn swallows(&self) -> Option<&'static str> {
        (self.kind == Kind::Block && self.inner.trim_matches('-').trim() == "comment").then_some("{% endcomment")
    }

    fn write(&self, out: &mut String, left_out: &mut LeftOut) {
        match self.kind {
            Kind::Shown => {
                out.push_str("{{< ");
                out.push_str(self.inner);
                return out.push_str(" >}}");
            }
            Kind::Base => return,
            Kind::Attributes => return left_out.add("attribute lists"),
            Kind::Shortcode | Kind::Block => {}
        }
        let inner = self.inner.trim_matches('-').trim().trim_end_matches('/').trim_end();
        let (name, arguments) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let arguments = Arguments::of(arguments);
        match name {
            "ref" | "relref" | "link" | "post_url" if arguments.first().is_some() => {
                let target = arguments.first().unwrap_or("");
                out.push_str("@/");
                out.push_str(&target.trim_start_matches('/').replace(' ', "%20"));
            }
            "highlight" => {
                out.push_str("\n```");
                out.push_str(arguments.first().unwrap_or(""));
                out.push('\n');
            }
            "/highlight" | "endhighlight" => out.push_str("\n```\n"),
            "raw" | "endraw" => {}
            _ => match arguments
                .get("src")
                .filter(|_| ["img", "image", "figure", "picture"].iter().any(|kind| name.contains(kind)))
            {
                Some(path) => {
                    let caption = arguments.get("caption").or(arguments.get("title")).unwrap_or("");
                    let alt = arguments.get("alt").unwrap_or("");
                    let quoted = |text: &str| escaped(text).replace('\n', " ");
                    out.push_str(&format!(
                        "<img src=\"{}\" alt=\"{}\" title=\"{}\">",
                        quoted(path),
                        quoted(alt),
                        quoted(caption)
                    ));
                }
                None if name.contains("quote") && arguments.get("text").is_some() => {
                    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    out.push_str(&format!("\n\n> {}\n", line(arguments.get("text").unwrap_or(""))));
                    let source =
                        arguments.get("cite").or(arguments.get("author")).map(line).filter(|cite| !cite.is_empty());
                    if let Some(source) = source {
                        out.push_str(&format!(">\n> — {source}\n"));
                    }
                    out.push('\n');
                }
                None => {
                    let name: String = name.trim_start_matches('/').chars().take(30).collect();
                    left_out.add(&format!("shortcode {name}"));
                }
            },
        }
    }
}

/// What follows the name of a tag: `name="value"`, `"value"`, `value`.
struct Arguments<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Arguments<'t> {
    fn of(mut text: &'t str) -> Arguments<'t> {
        let mut arguments = Vec::new();
        loop {
            text = text.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if text.is_empty() {
                return Arguments(arguments);
            }
            let name = text.find(|c: char| c == '=' || c == '"' || c == '`' || c.is_whitespace());
            let (name, value) = match name {
                Some(end) if text[end..].starts_with('=') => (&text[..end], text[end + 1..].trim_start()),
                _ => ("", text),
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
            let (value, rest) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            arguments.push((name, value));
            text = rest;
        }
    }

    fn get(&self, name: &str) -> Option<&'t str> {
        self.0.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    fn first(&self) -> Option<&'t str> {
        self.0.iter().find(|(name, _)| matches!(*name, "" | "path")).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_what_they_mean() {
        let check = |text: &str, expected: &str| {
            assert_eq!(expand(text, &[], &mut LeftOut::default()), expected, "{text}");
        };
        check(r#"[a]({{< ref "b.md" >}})"#, "[a](@/b.md)");
        check(r#"{{< relref path="b.md" lang="de" >}}"#, "@/b.md");
        check("{% post_url 2019-03-14-b %}", "@/2019-03-14-b");
        check(r#"{{< img src="a.png" alt="A \"b" >}}"#, r#"<img src="a.png" alt="A \" title="">"#);
        check("{{< note >}}Text{{< /note >}}", "Text");
        check("{{% note %}}**Text**{{% /note %}}", "**Text**");
        check("{% highlight rust %}a{% endhighlight %}", "\n```rust\na\n```\n");
        check("{{</* note */>}}", "{{< note >}}");
        check("a {% comment %}b{% endcomment %} c", "a  c");
        check("[a]({{ site.baseurl }}/b)", "[a](/b)");
        check("text {: .wide}", "text ");
        check(r#"a {{< quote-block text="b  c" cite="D" >}} e"#, "a \n\n> b c\n>\n> — D\n\n e");
        for same in ["{{ x }}", "{a}", "{% 5 %}", "{{< never closed", "{", "100 {%} of"] {
            check(same, same);
        }
        assert_eq!(expand("`{% x %}` {% x %}", std::slice::from_ref(&(0..9)), &mut LeftOut::default()), "`{% x %}` ");
    }
}
