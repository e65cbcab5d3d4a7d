//! What in a program nothing leads to but its doors.

use super::{
    cut::Doors,
    links::{self, Links, Named},
};
use anyhow::{Result, ensure};
use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};
use walrus::{
    ElementItems, ExportItem, FunctionId, FunctionKind, Module,
    ir::{Visitor, dfs_in_order},
};

/// What nothing leads to but the doors.
pub struct Behind {
    pub functions: BTreeSet<FunctionId>,
    /// Those of them that nothing leads to at all.
    pub needless: BTreeSet<FunctionId>,
    /// Pieces of data, by their addresses.
    pub data: Vec<Range<u32>>,
}

pub fn behind(module: &Module, links: &Links, doors: &Doors, interface: &[String]) -> Result<Behind> {
    let mut closed = BTreeSet::new();
    let mut missing: BTreeSet<&str> =
        doors.always.iter().copied().chain(interface.iter().map(|name| &**name)).collect();
    for function in module.funcs.iter() {
        let name = plain(function.name.as_deref().unwrap_or_default());
        for door in
            doors.always.iter().chain(doors.sometimes).chain(doors.inner).filter(|door| name.starts_with(**door))
        {
            closed.insert(function.id());
            missing.remove(door);
        }
    }
    let mut known: Vec<FunctionId> = module.start.into_iter().collect();
    let mut asked = Vec::new();
    for export in module.exports.iter() {
        match export.item {
            ExportItem::Function(function) if interface.contains(&export.name) => {
                closed.insert(function);
                missing.remove(&*export.name);
                asked.push(function);
            }
            ExportItem::Function(function) => known.push(function),
            _ => {}
        }
    }
    ensure!(missing.is_empty(), "the program has no functions called {missing:?}, behind which its rest would begin");
    let graph = Graph::of(module, links)?;
    // Whoever has a number that the linker knows nothing of may call it.
    for element in module.elements.iter() {
        match &element.items {
            ElementItems::Functions(functions) => {
                known.extend(functions.iter().filter(|function| !links.numbered.contains(&graph.names[function])));
            }
            ElementItems::Expressions(_, expressions) => {
                ensure!(expressions.is_empty(), "a table is filled in a way that is not known here");
            }
        }
    }
    let first = graph.reached(known.iter().copied(), &closed);
    let all = graph.reached(known.into_iter().chain(asked), &BTreeSet::new());
    let functions: BTreeSet<_> =
        module.funcs.iter_local().map(|(id, _)| id).filter(|id| !first.functions.contains(id)).collect();
    let needless = functions.difference(&all.functions).copied().collect();
    let pieces = all.pieces.difference(&first.pieces).map(|piece| links.pieces[*piece].place.clone());
    // A byte may be in several pieces.
    let stay: Vec<_> = first.pieces.iter().map(|piece| &links.pieces[*piece].place).collect();
    let moves = |piece: &Range<u32>| stay.iter().all(|other| piece.end <= other.start || other.end <= piece.start);
    Ok(Behind { functions, needless, data: pieces.filter(moves).collect() })
}

/// Whether wasm-bindgen made the function of this name, which then names no data.
fn made_by_bindgen(name: &str) -> bool {
    name.ends_with(" shim") || name.starts_with("__wbindgen_")
}

/// Who leads to whom in a program, by calling or by naming.
struct Graph<'a> {
    module: &'a Module,
    links: &'a Links,
    names: HashMap<FunctionId, String>,
    named: HashMap<String, Vec<FunctionId>>,
}

#[derive(Default)]
struct Reached {
    functions: BTreeSet<FunctionId>,
    /// By their numbers.
    pieces: BTreeSet<usize>,
}

impl<'a> Graph<'a> {
    /// Fails where there is a function that the linker did not see: what it names, nobody knows.
    fn of(module: &'a Module, links: &'a Links) -> Result<Graph<'a>> {
        let mut names = HashMap::new();
        let mut named: HashMap<String, Vec<FunctionId>> = HashMap::new();
        for function in module.funcs.iter() {
            let name = links::known_as(&plain(function.name.as_deref().unwrap_or_default())).to_owned();
            let local = matches!(function.kind, FunctionKind::Local(_));
            ensure!(
                !local || links.knows(&name) || made_by_bindgen(&name),
                "the linker knew no function called {name}"
            );
            named.entry(name.clone()).or_default().push(function.id());
            names.insert(function.id(), name);
        }
        Ok(Graph { module, links, names, named })
    }

    /// What these functions lead to, without going through those that are `closed`.
    fn reached(&self, from: impl Iterator<Item = FunctionId>, closed: &BTreeSet<FunctionId>) -> Reached {
        let mut reached = Reached::default();
        let (mut waiting, mut pieces) = (from.collect::<Vec<_>>(), Vec::new());
        loop {
            let named = if let Some(function) = waiting.pop() {
                if closed.contains(&function) || !reached.functions.insert(function) {
                    continue;
                }
                waiting.extend(callees(self.module, function));
                self.links.named_by(&self.names[&function])
            } else if let Some(piece) = pieces.pop() {
                if !reached.pieces.insert(piece) {
                    continue;
                }
                &self.links.pieces[piece].names
            } else {
                return reached;
            };
            for named in named {
                match named {
                    Named::Function(name) => waiting.extend(self.named.get(name).into_iter().flatten()),
                    Named::Piece(piece) => pieces.push(*piece),
                }
            }
        }
    }
}

/// A function's name without the hashes of crates: `yew[0123456789abcdef]::x` is `yew::x`.
pub fn plain(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() > 8 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                plain += rest
            }
            _ => plain.extend(["[", part]),
        }
    }
    plain
}

pub fn callees(module: &Module, function: FunctionId) -> Vec<FunctionId> {
    struct Callees(Vec<FunctionId>);
    impl Visitor<'_> for Callees {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(*function);
        }
    }
    let mut callees = Callees(Vec::new());
    if let FunctionKind::Local(function) = &module.funcs.get(function).kind {
        dfs_in_order(&mut callees, function, function.entry_block());
    }
    callees.0
}
