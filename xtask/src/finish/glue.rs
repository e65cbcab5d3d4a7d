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
    fn keys_and_fields_get_their_short_names_and_other_words_stay() {
        let names = Names {
            module: "./glue_bg.js".into(),
            imports: [("__wbg_log_0123".to_owned(), "a".to_owned())].into(),
            exports: [("__wbindgen_free".to_owned(), "b_".to_owned())].into(),
        };
        let glue = "function __wbg_get_imports(){return{\"./glue_bg.js\":{__wbg_log_0123:x}}}wasm.__wbindgen_free(1);";
        let finished = finished(&[glue, END, "\n"].concat(), &names).unwrap();
        assert!(finished.starts_with("function __wbg_get_imports(){return{\"a\":{a:x}}}wasm.b_(1);"), "{finished}");
        assert!(finished.contains("export default"));
        assert!(super::finished(glue, &names).is_err(), "another end");
    }
}
