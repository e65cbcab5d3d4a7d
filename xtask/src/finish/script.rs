use anyhow::{Result, bail};
use oxc::{
    allocator::Allocator,
    codegen::{Codegen, CodegenOptions},
    minifier::{MangleOptions, Minifier, MinifierOptions},
    parser::Parser,
    span::SourceType,
};

/// A script that does the same in as few bytes as possible; what it exports keeps its name.
pub fn small(script: &str) -> Result<String> {
    made_small(script, MangleOptions::default())
}

/// The same for a script that others may be written behind, which know it by the names that it declares.
pub fn small_with_names(script: &str) -> Result<String> {
    made_small(script, MangleOptions { top_level: Some(false), ..MangleOptions::default() })
}

fn made_small(script: &str, mangle: MangleOptions) -> Result<String> {
    let memory = Allocator::default();
    let mut parsed = Parser::new(&memory, script, SourceType::mjs()).parse();
    if let Some(problem) = parsed.diagnostics.first() {
        bail!("it is no JavaScript: {problem}");
    }
    let options = MinifierOptions { mangle: Some(mangle), ..MinifierOptions::default() };
    let names = Minifier::new(options).minify(&memory, &mut parsed.program).scoping;
    let written = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(names).build(&parsed.program);
    Ok(written.code)
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
    fn a_small_script_does_the_same() {
        let script = "// a\nconst given = 1;\nexport function twice(number) {\n  return number * 2 + given;\n}\n\
             icon.href = icon.href;\nlate();\nfunction late() { twice(given); }\n";
        let short = small(script).unwrap();
        for kept in ["export function twice(", "icon.href=icon.href"] {
            assert!(short.contains(kept), "{kept} in {short}");
        }
        assert!(!short.contains("number") && !short.contains("late") && !short.contains("// a"), "{short}");
        assert!(small_with_names(script).unwrap().contains("function late()"));
        assert!(small("const = 1;").is_err());
    }

    #[test]
    fn a_name_that_is_not_known_is_an_error() {
        let values = [("a", "1".to_owned())];
        assert_eq!(filled("x = \"{a}\"", &values).unwrap(), "x = \"1\"");
        assert!(filled("x = \"{b}\"", &values).is_err());
    }
}
