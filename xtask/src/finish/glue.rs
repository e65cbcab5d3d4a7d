use anyhow::{Result, bail};
use sha2::{Digest, Sha384};

/// Yew's names for what it keeps at nodes. With another Yew on the page, each would take the other's for its own.
const THEIRS: &str = "__yew_";
const OURS: &str = "__axp";

/// Where the program begins: what the wasm exports, as the rest of the glue calls it.
const EXPORTS: &str = ".exports";

/// At the border between JavaScript and the program. A program that has stopped is not called again: what it holds may be
/// half done. Whoever has asked to be told is told instead of the page, and the rest of the glue goes on with zeros.
const GUARD: &str = r#"
const nothing = [0, 0, 0, 0];
let stopped = false, whenStopped;
export function onStop(callback) { whenStopped = callback; }
export function hasStopped() { return stopped; }
export class ArticleExplorerError extends Error {
static [Symbol.hasInstance](error) { return error?.name === "ArticleExplorerError"; }
}
function guarded(exports) {
const calls = {};
for (const name of Object.keys(exports)) {
const value = exports[name];
calls[name] = typeof value !== "function" ? value : (...given) => {
if (stopped) return nothing;
try { return value(...given); } catch (error) {
if (!(error instanceof WebAssembly.RuntimeError)) throw error;
stopped = true;
if (!whenStopped) throw error;
whenStopped(error);
return nothing;
}
};
}
return calls;
}
"#;

const DEFAULT: &str = " as default";

/// However many ask for the program at the same time, it is fetched once; if that fails, it can be tried again.
const ONCE: &str = r#"let begun;
function once(...given) {
return begun ??= INIT(...given).catch((error) => { begun = undefined; throw error; });
}
export function hasBegun() { return begun !== undefined; }
"#;

/// The glue as it can be on any page.
pub fn finished(glue: &str, wasm: &[u8]) -> Result<String> {
    if glue.contains(OURS) {
        return Ok(glue.to_owned());
    }
    if !glue.contains(THEIRS) {
        bail!("it has none of Yew's names, {THEIRS}…");
    }
    // Two explorers may be on one page, and one in the other.
    let mark: String = Sha384::digest(wasm).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let glue = glue.replace(THEIRS, &format!("{OURS}{mark}_"));
    let [place] = glue.match_indices(EXPORTS).map(|(at, _)| at).collect::<Vec<_>>()[..] else {
        bail!("it should name {EXPORTS} once");
    };
    let instance = glue[..place].rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).map_or(0, |at| at + 1);
    let end = place + EXPORTS.len();
    let guarded = [&glue[..instance], "guarded(", &glue[instance..end], ")", &glue[end..]].concat();
    let [start] = guarded.match_indices(DEFAULT).map(|(at, _)| at).collect::<Vec<_>>()[..] else {
        bail!("it should export one thing{DEFAULT}");
    };
    let name = guarded[..start].rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).map_or(0, |at| at + 1);
    let once = ONCE.replace("INIT", &guarded[name..start]);
    Ok([&guarded[..name], "once", &guarded[start..], GUARD, &once].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_exports_are_guarded_and_names_our_own() {
        let glue = "a.__yew_id=1;function f(b){w=b.exports;return w}export{x,f as default};";
        let done = finished(glue, b"").unwrap();
        assert!(
            done.starts_with(
                "a.__axp38b060a7_id=1;function f(b){w=guarded(b.exports);return w}export{x,once as default};"
            ),
            "{done}"
        );
        assert!(done.contains("begun ??= f(...given)"), "{done}");
        assert_eq!(finished(&done, b"other").unwrap(), done);
        assert!(finished("a.__yew_id=1", b"").is_err() && finished("b.exports", b"").is_err());
    }
}
