use anyhow::{Result, bail};

/// The properties of the page's style sheet that another page may set, each with the name that it has there.
const SETTABLE: [(&str, &str); 11] = [
    ("--paper", "--ax-background"),
    ("--raised", "--ax-surface"),
    ("--tint", "--ax-tint"),
    ("--ink", "--ax-text"),
    ("--soft", "--ax-muted"),
    ("--rule", "--ax-border"),
    ("--field", "--ax-field-border"),
    ("--accent", "--ax-accent"),
    ("--mark", "--ax-mark"),
    ("--gap", "--ax-gap"),
    ("--size", "--ax-article-size"),
];

/// The style sheet of the embed: that of the page, with values that another page may set, and what is different there.
pub fn of_embed(page: &str, embed: &str) -> Result<String> {
    let mut sheet = page.to_owned();
    for (ours, theirs) in SETTABLE {
        // Where it is first set; what follows are the reader's wishes, which win.
        let start = format!("{ours}:");
        let Some(at) = sheet.find(&start).map(|at| at + start.len()) else {
            bail!("the style sheet sets no {ours}");
        };
        let Some(end) = sheet[at..].find([';', '}']).map(|length| at + length) else {
            bail!("{ours} has no end");
        };
        let value = sheet[at..end].trim().to_owned();
        sheet.replace_range(at..end, &format!("var({theirs},{value})"));
    }
    Ok(sheet + "\n" + embed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_set_has_the_usual_value_otherwise() {
        let names = SETTABLE.map(|(ours, _)| format!("{ours}: light-dark(a, b);")).concat();
        let page = format!(".explorer{{{names}}} .sepia{{--paper: c}}");
        let sheet = of_embed(&page, ".place{}").unwrap();
        assert!(sheet.contains("--paper:var(--ax-background,light-dark(a, b));"), "{sheet}");
        assert!(sheet.ends_with(".sepia{--paper: c}\n.place{}"), "{sheet}");
        assert!(of_embed("", "").is_err());
    }
}
