//! What the bytes of the program are spent on: by crate, and for what is ours by module. Compressed, a group counts with
//! what the rest would weigh less without it.

use crate::{build, finish, progress, project, setup};
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fs};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::{AS_CODE, brotli_at, compressed, grouped};

/// Groups that weigh less than this are printed as one.
const SMALL: u64 = 200;

/// `cargo xtask size`
pub fn run(seeds: build::Seeds) -> Result<()> {
    let toolbox = setup::for_building()?;
    let site = project::target().join("size");
    build::unfinished(&toolbox, &seeds, &site)?;
    finish::program(&site, Some(&toolbox), finish::Keep::Names)?;
    for name in [finish::WASM, finish::REST] {
        let wasm = fs::read(site.join(name)).with_context(|| format!("there is no {name} to look into"))?;
        print(name, &wasm)?;
    }
    Ok(())
}

fn print(name: &str, wasm: &[u8]) -> Result<()> {
    let program = Program::of(wasm)?;
    let groups = program.groups();
    println!("\n{name:<48} {:>9} {:>9}", "bytes", "brotli");
    let mut rows = Vec::new();
    let whole = program.without(&[]);
    for (number, (group, functions)) in groups.iter().enumerate() {
        progress::show(number + 1, groups.len());
        let raw = functions.iter().map(|function| program.bodies[*function].len() as u64).sum::<u64>();
        rows.push((whole.saturating_sub(program.without(functions)), raw, functions.len(), group));
    }
    rows.sort_by(|one, other| other.cmp(one));
    let (large, small): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(brotli, ..)| *brotli >= SMALL);
    for (brotli, raw, count, group) in large {
        println!("{:<48} {:>9} {:>9}", format!("{group} ({count})"), grouped(raw), grouped(brotli));
    }
    let sum = |part: fn(&(u64, u64, usize, &String)) -> u64| small.iter().map(part).sum::<u64>();
    let others = format!("{} smaller groups", small.len());
    println!("{others:<48} {:>9} {:>9}", grouped(sum(|row| row.1)), grouped(sum(|row| row.0)));
    for (section, raw, brotli) in &program.sections {
        println!("{section:<48} {:>9} {:>9}", grouped(*raw), grouped(*brotli));
    }
    Ok(())
}

/// A program in functions with names.
struct Program<'a> {
    bodies: Vec<&'a [u8]>,
    names: Vec<String>,
    /// Whole sections: name, bytes, and compressed by itself.
    sections: Vec<(&'static str, u64, u64)>,
}

impl<'a> Program<'a> {
    fn of(wasm: &'a [u8]) -> Result<Program<'a>> {
        let (mut imported, mut bodies, mut names, mut sections) = (0, Vec::new(), BTreeMap::new(), Vec::new());
        let mut section = |name, range: std::ops::Range<usize>| {
            sections.push((name, range.len() as u64, compressed(&wasm[range])));
        };
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    section("the section of imports", imports.range());
                    for import in imports.into_imports() {
                        imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => section("the section of code", range),
                Payload::CodeSectionEntry(body) => bodies.push(&wasm[body.range()]),
                Payload::ElementSection(elements) => section("the section of elements", elements.range()),
                Payload::DataSection(data) => section("the section of data, corpus included", data.range()),
                Payload::CustomSection(custom) => {
                    let KnownCustom::Name(parts) = custom.as_known() else { continue };
                    for part in parts {
                        let Name::Function(functions) = part? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            names.insert(naming.index as usize, naming.name.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        let name = |own| names.remove(&(imported + own)).unwrap_or_default();
        Ok(Program { names: (0..bodies.len()).map(name).collect(), bodies, sections })
    }

    /// The functions of each crate or module, by their numbers.
    fn groups(&self) -> BTreeMap<String, Vec<usize>> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (function, name) in self.names.iter().enumerate() {
            groups.entry(group(name)).or_default().push(function);
        }
        groups
    }

    /// What the code weighs without these functions.
    fn without(&self, left_out: &[usize]) -> u64 {
        let bodies = self.bodies.iter().enumerate().filter(|(number, _)| !left_out.contains(number));
        // At its best it would take minutes for as many groups, and say much the same of them.
        let code: Vec<u8> = bodies.flat_map(|(_, body)| *body).copied().collect();
        brotli_at(9, AS_CODE, &code).len() as u64
    }
}

/// Where a function of this name comes from. What is generic belongs to us if it is made for a type of ours.
fn group(name: &str) -> String {
    let name = finish::plain(name);
    for ours in ["article_explorer::", "engine::"] {
        if let Some(at) = name.find(ours) {
            let parts: Vec<_> = name[at..].split("::").take(4).collect();
            // The last is no module but what is in it, and so is what a closure stands in.
            let inner = |next: &str| !next.starts_with('{');
            let modules = parts.windows(2).take_while(|pair| is_module(pair[0]) && inner(pair[1]));
            return modules.map(|pair| pair[0]).collect::<Vec<_>>().join("::");
        }
    }
    let start = name.find(|letter: char| letter.is_ascii_lowercase()).unwrap_or(name.len());
    let of_crate = name[start..].split(|letter: char| letter != '_' && !letter.is_alphanumeric()).next();
    of_crate.filter(|name| !name.is_empty()).unwrap_or("without a name").to_owned()
}

/// Types begin with a capital, and what is generic goes on with a bracket.
fn is_module(part: &str) -> bool {
    !part.is_empty()
        && part.chars().all(|letter| letter == '_' || letter.is_ascii_lowercase() || letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_belong_to_modules_of_ours_or_to_crates() {
        let names = [
            ("engine[0123456789abcdef]::search::rank::order", "engine::search::rank"),
            ("engine::search::search", "engine::search"),
            ("article_explorer::app::use_rest::{closure#0}", "article_explorer::app"),
            ("<alloc::vec::Vec<engine::index::Posting> as core::clone::Clone>::clone", "engine::index"),
            ("<yew::virtual_dom::vtag::VTag>::new", "yew"),
            ("core::fmt::write", "core"),
            ("", "without a name"),
        ];
        for (name, expected) in names {
            assert_eq!(group(name), expected, "{name}");
        }
    }
}
