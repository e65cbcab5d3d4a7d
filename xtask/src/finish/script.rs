use anyhow::{Result, bail};

/// A script without the lines that are comments and without indentation, which would all be sent to every reader.
pub fn bare(script: &str) -> String {
    let mut bare = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let comment = line.starts_with("//") || line.starts_with("/*") && line.ends_with("*/");
        if !line.is_empty() && !comment {
            bare.push_str(line);
            bare.push('\n');
        }
    }
    bare
}

/// A script with its `"{names}"` replaced.
pub fn filled(script: &str, values: &[(&str, String)]) -> Result<String> {
    let mut filled = script.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("\"{{{name}}}\""), &format!("\"{value}\""));
    }
    if let Some(at) = filled.find("\"{") {
        bail!("nothing is known to fill in at {:?}", filled.get(at..at + 20).unwrap_or(&filled[at..]));
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_are_comments() {
        let script = "// a\n\n  const url = \"https://b\"; // c\n  /** d */\n  `\n  e`\n";
        assert_eq!(bare(script), "const url = \"https://b\"; // c\n`\ne`\n");
    }

    #[test]
    fn a_name_that_is_not_known_is_an_error() {
        let values = [("a", "1".to_owned())];
        assert_eq!(filled("x = \"{a}\"", &values).unwrap(), "x = \"1\"");
        assert!(filled("x = \"{b}\"", &values).is_err());
    }
}
