//! The script between the wasm and the browser, which wasm-bindgen writes and Trunk minifies.

use super::{
    cut::{INTERNAL, Names},
    script,
};
use anyhow::{Result, bail, ensure};
use sha2::{Digest, Sha384};

/// How wasm-bindgen's script ends.
const END: &str = "export{initSync,__wbg_init as default};";

/// From here to there is what starts the program from bytes at once, which no browser does with so large a one.
const UNUSED: [&str; 2] = ["function initSync(", "async function __wbg_init("];

/// What can be shorter, by how it begins and ends, and what takes its place: an encoder for browsers that have none and do not
/// run this program, a warning of a way to start it that nobody goes, and one of a server.
const WORDY: [[&str; 3]; 3] = [
    ["`encodeInto`in cachedTextEncoder||", "}});", ""],
    [":console.warn(`using deprecated parameters", "instead`)", ":0"],
    [r#""`WebAssembly.instantiateStreaming` failed"#, r#"error:\n""#, "`A .wasm is to be sent as application/wasm`"],
];

/// Yew's names for what it keeps at nodes. With another Yew on the page, each would take the other's for its own.
const THEIRS: &str = "__yew_";
const OURS: &str = "__axp";

/// Where the program begins: what the wasm exports, as the rest of the glue calls it.
const EXPORTS: &str = ".exports";

/// At the border between JavaScript and the program. A program that has stopped is not called again: what it holds may be
/// half done. Whoever has asked to be told is told instead of the page, and the rest of the glue goes on with zeros.
const GUARD: &str = include_str!("guard.js");

/// Starts the program, once however many ask for it at the same time, and again if that failed; and fetches the rest of it.
/// Whoever imports this script for its interface starts with all of it. Only the rest that was cut off this very program
/// fits it, so its bytes are compared.
const DEFERRED: &str = include_str!("deferred.js");

/// The glue as it can be on any page.
pub fn finished(glue: &str, wasm: &[u8], names: &Names, rest_hash: &str) -> Result<String> {
    let Some(glue) = glue.trim_end().strip_suffix(END) else {
        bail!("it does not end in `{END}`: another wasm-bindgen or Trunk wrote it than the one known here");
    };
    let Some((before, after)) =
        glue.split_once(UNUSED[0]).and_then(|(before, rest)| Some((before, rest.split_once(UNUSED[1])?.1)))
    else {
        bail!("it has nothing from `{}` to `{}`", UNUSED[0], UNUSED[1]);
    };
    let glue = [before, UNUSED[1], after].concat();
    let module = format!("\"{}\"", names.module);
    ensure!(glue.contains(&module), "it has no {module}");
    let glue = renamed(&glue.replace(&module, "\"a\""), names)?;
    ensure!(glue.contains(THEIRS), "it has none of Yew's names, {THEIRS}…");
    // Two explorers may be on one page, and one in the other.
    let mark: String = Sha384::digest(wasm).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let glue = guarded(&glue.replace(THEIRS, &format!("{OURS}{mark}_")))?;
    let more = script::filled(&[GUARD, DEFERRED].concat(), &[("rest-hash", rest_hash.to_owned())])?;
    // What is wordy is found by names.
    let mut small = script::small_with_names(&[&glue, "\n", &more].concat())?;
    for [start, end, instead] in WORDY {
        let Some(from) = small.find(start) else { bail!("it has nothing that begins with {start}") };
        // They are sentences, so that an end far away is another's.
        let length = small[from..].find(end).filter(|length| *length < 400);
        let Some(length) = length else { bail!("what begins with {start} does not end with {end}") };
        small.replace_range(from..from + length + end.len(), instead);
    }
    script::small(&small)
}

/// The glue calls what the wasm exports through [`GUARD`].
fn guarded(glue: &str) -> Result<String> {
    let [place] = glue.match_indices(EXPORTS).map(|(at, _)| at).collect::<Vec<_>>()[..] else {
        bail!("it should name {EXPORTS} once");
    };
    let instance = glue[..place].rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).map_or(0, |at| at + 1);
    let end = place + EXPORTS.len();
    Ok([&glue[..instance], "guarded(", &glue[instance..end], ")", &glue[end..]].concat())
}

/// Imports are the keys of an object, exports the fields of `wasm`, and what calls one of these for a closure has its name.
fn renamed(glue: &str, names: &Names) -> Result<String> {
    let mut renamed = String::with_capacity(glue.len());
    let mut rest = glue;
    let mut known = 0;
    while let Some(start) = INTERNAL.iter().filter_map(|name| rest.find(name)).min() {
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
        match (short, names.exports.get(name)) {
            (Some(short), _) => renamed += short,
            // No name of the glue's own begins like this.
            (None, Some(short)) => renamed.extend(["$", short]),
            (None, None) => renamed += name,
        }
        rest = after;
    }
    ensure!(known >= names.imports.len(), "it names only {known} of {} imports", names.imports.len());
    Ok(renamed + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_or_our_own_and_exports_are_guarded() {
        let names = Names {
            module: "./glue_bg.js".into(),
            imports: [("__wbg_log_0123".to_owned(), "a".to_owned())].into(),
            exports: [("__wbindgen_free", "b_"), ("wasm_bindgen_0123_invoke", "c_")]
                .map(|(long, short)| (long.to_owned(), short.to_owned()))
                .into(),
        };
        let glue = "function __wbg_get_imports(){return{\"./glue_bg.js\":{__wbg_log_0123:x}}}wasm.__wbindgen_free(1);\
            function wasm_bindgen_0123_invoke(f){wasm.wasm_bindgen_0123_invoke(f)}g(wasm_bindgen_0123_invoke);\
            console.warn(\"`WebAssembly.instantiateStreaming` failed. Original error:\\n\",w);\
            let cachedTextEncoder=new TextEncoder;\"encodeInto\"in cachedTextEncoder||(cachedTextEncoder.encodeInto=function(a,b){return{written:a(b)}});let w=f(w);\
            a.__yew_id=1;export function f(b){return wasm=b.exports}function initSync(){}\
            async function __wbg_init(c){c!==void 0&&(c===Object?{c}=c:console.warn(\"using deprecated parameters; pass one instead\"))}";
        let done = finished(&[glue, END, "\n"].concat(), b"", &names, "sha384-x").unwrap();
        for expected in
            ["{a:{a:x}}", "wasm.b_(1)", "(e){wasm.c_(e)}g(", "a.__axp38b060a7_id=1", "(e.exports)", "`sha384-x`"]
        {
            assert!(done.contains(expected), "{expected} in {done}");
        }
        for needless in ["=e.exports", "initSync", "encodeInto", "deprecated", "instantiateStreaming"] {
            assert!(!done.contains(needless), "{needless} in {done}");
        }
        assert!(finished(glue, b"", &names, "").is_err(), "another end");
    }
}
