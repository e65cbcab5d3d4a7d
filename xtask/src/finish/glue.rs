//! The script between the wasm and the browser, which wasm-bindgen writes and Trunk minifies.

use super::cut::Names;
use anyhow::{Result, bail, ensure};

/// How wasm-bindgen's script ends.
const END: &str = "export{initSync,__wbg_init as default};";

/// Fetches the rest of the program, and lets whoever imports this script start with all of it.
const DEFERRED: &str = include_str!("deferred.js");

/// The script with the short names, and with what fetches the rest of the program.
pub fn finished(glue: &str, names: &Names) -> Result<String> {
    let Some(glue) = glue.trim_end().strip_suffix(END) else {
        bail!("the glue does not end in `{END}`: another wasm-bindgen or Trunk wrote it than the one known here");
    };
    let module = format!("\"{}\"", names.module);
    ensure!(glue.contains(&module), "the glue has no {module}");
    let glue = glue.replace(&module, "\"a\"");
    Ok(renamed(&glue, names)? + &DEFERRED.lines().map(str::trim).collect::<Vec<_>>().join("\n"))
}

/// A script without its lines of comments and without the space before lines. It must hold no text of several lines.
pub fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Imports are the keys of an object, exports the fields of `wasm`.
fn renamed(glue: &str, names: &Names) -> Result<String> {
    let mut renamed = String::with_capacity(glue.len());
    let mut rest = glue;
    let mut known = 0;
    while let Some(start) = rest.find("__wb") {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(from.len());
        let (name, after) = from.split_at(end);
        renamed += before;
        let short = match (before.ends_with("wasm."), after.starts_with(':') || after.starts_with('(')) {
            (true, _) => names.exports.get(name),
            (false, true) => names.imports.get(name),
            (false, false) => None,
        };
        known += usize::from(short.is_some());
        renamed += short.map_or(name, |short| short);
        rest = after;
    }
    ensure!(known >= names.imports.len(), "the glue names only {known} of {} imports", names.imports.len());
    Ok(renamed + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_people_read_is_left_out_of_a_script() {
        let script = "// Why.\n\nif (a) {\n  // Because.\n  b(\"// no comment\");\n}\n";
        assert_eq!(without_comments(script), "if (a) {\nb(\"// no comment\");\n}");
    }
}
