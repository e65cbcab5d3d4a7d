//! Puts the functions of a wasm into an order in which they compress well: each after one that it is like. The order
//! means nothing to the program, and brotli finds again what it has seen a moment ago for fewer bits.

use crate::size;
use anyhow::{Context, Result, ensure};
use std::collections::{HashMap, HashSet};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{Error, Reencode},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// The same program with its functions in the best of some orders: which of them that is, nobody can tell before.
pub fn arranged(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut best: Option<(u64, Vec<u8>)> = None;
    for likeness in LIKENESSES {
        let arranged = arranged_by(wasm, likeness)?;
        let weight = size::compressed(without_data(&arranged)?);
        if best.as_ref().is_none_or(|(least, _)| weight < *least) {
            best = Some((weight, arranged));
        }
    }
    best.map(|(_, arranged)| arranged).context("there is no order to try")
}

/// What stands before the articles, which take long to compress and are as heavy after one order as after another.
fn without_data(wasm: &[u8]) -> Result<&[u8]> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionStart { range, .. } = payload? {
            return Ok(&wasm[..range.end]);
        }
    }
    Ok(wasm)
}

fn arranged_by(wasm: &[u8], likeness: Likeness) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(&wasm[body.range()]),
            _ => {}
        }
    }
    let order = order(&bodies, likeness);
    let mut places = vec![0; order.len()];
    for (place, function) in order.iter().enumerate() {
        places[*function] = place as u32;
    }
    let mut module = Module::new();
    Arranger { imported, order, places }.parse_core_module(&mut module, Parser::new(0), wasm)?;
    let arranged = module.finish();
    ensure!(wasmparser::validate(&arranged).is_ok(), "the functions were put in order and are no program any more");
    Ok(arranged)
}

/// How alike two functions are.
#[derive(Clone, Copy)]
struct Likeness {
    /// Bytes in a row by which they are compared.
    gram: usize,
    /// The larger, the less it counts that a small function is all alike.
    small: usize,
}

/// Those that were best of many, for the program as it was at one time or another.
const LIKENESSES: [Likeness; 4] = [
    Likeness { gram: 4, small: 20 },
    Likeness { gram: 4, small: 150 },
    Likeness { gram: 5, small: 150 },
    Likeness { gram: 3, small: 20 },
];

/// What more functions than this have in common says nothing about two of them.
const COMMON: usize = 200;

/// From the largest on always the one that has most in common with the one before.
fn order(bodies: &[&[u8]], Likeness { gram, small }: Likeness) -> Vec<usize> {
    let grams: Vec<HashSet<&[u8]>> = bodies.iter().map(|body| body.windows(gram).collect()).collect();
    let mut having: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (function, grams) in grams.iter().enumerate() {
        grams.iter().for_each(|gram| having.entry(gram).or_default().push(function));
    }
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    // The largest is the last.
    left.sort_by_key(|function| (bodies[*function].len(), *function));
    let mut taken = vec![false; bodies.len()];
    let mut order: Vec<usize> = Vec::with_capacity(bodies.len());
    let mut like = vec![0_usize; bodies.len()];
    loop {
        let mut near = Vec::new();
        if let Some(last) = order.last() {
            for others in grams[*last].iter().map(|gram| &having[gram]).filter(|others| others.len() < COMMON) {
                for other in others.iter().filter(|other| !taken[**other]) {
                    if like[*other] == 0 {
                        near.push(*other);
                    }
                    like[*other] += 1;
                }
            }
        }
        // A small function that is all alike is nearer than a large one with a like part.
        let nearness = |function: &usize| (like[*function] * 1_000_000 / (grams[*function].len() + small), *function);
        let next = near.iter().copied().max_by_key(nearness);
        near.into_iter().for_each(|function| like[function] = 0);
        let next = next.or_else(|| {
            left.truncate(left.iter().rposition(|function| !taken[*function])? + 1);
            left.last().copied()
        });
        let Some(next) = next else { return order };
        taken[next] = true;
        order.push(next);
    }
}

struct Arranger {
    imported: u32,
    /// The old place of each function that is not imported, and the new one.
    order: Vec<usize>,
    places: Vec<u32>,
}

impl Reencode for Arranger {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(match function.checked_sub(self.imported) {
            Some(own) => self.imported + self.places[own as usize],
            None => function,
        })
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            functions.function(self.type_index(types[function])?);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Result<(), Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_functions_are_neighbours() {
        let bodies: [&[u8]; 5] =
            [b"abcdefghij", b"0123456789", b"abcdefghix", b"012345678x, the largest", b"~~~~~~~~~"];
        let order = order(&bodies, Likeness { gram: 5, small: 60 });
        assert_eq!(order, [3, 1, 2, 0, 4]);
    }
}
