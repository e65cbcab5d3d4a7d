//! What the linker knows of a program and nobody after it: which bytes are one piece of data, and who names which. It
//! writes that beside the program when it is asked for relocations:
//! <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use anyhow::{Context, Result, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry, RelocationType, SymbolInfo,
    TypeRef,
};

/// The sections that only this module reads. They grow stale with the first tool that changes the program, and go along.
pub const SECTIONS: [&str; 3] = ["linking", "reloc.CODE", "reloc.DATA"];

/// Who names whom, calls aside.
#[derive(Default)]
pub struct Links {
    /// The pieces of data, in the order of their addresses.
    pub pieces: Vec<Piece>,
    /// What functions name, by their own names. Several functions may share one.
    named: BTreeMap<String, Vec<Named>>,
    /// The functions whose numbers somebody knows, by their names.
    pub numbered: BTreeSet<String>,
}

/// A constant or a variable.
pub struct Piece {
    /// Its bytes, by their addresses.
    pub place: Range<u32>,
    pub names: Vec<Named>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Functions of this name, by their numbers in the table.
    Function(String),
    /// One of the pieces.
    Piece(usize),
}

impl Links {
    /// Reads what the linker wrote beside the program `linked`.
    ///
    /// # Errors
    ///
    /// If it wrote nothing, or what is not understood here, so that something might be named without being noticed.
    pub fn of(linked: &[u8]) -> Result<Links> {
        Parts::of(linked)?.links()
    }

    #[cfg(test)]
    pub fn made_of(pieces: &[(Range<u32>, Vec<Named>)], functions: &[(&str, Vec<Named>)]) -> Links {
        let mut links = Links::default();
        for (place, names) in pieces {
            links.pieces.push(Piece { place: place.clone(), names: names.clone() });
        }
        links.named.extend(functions.iter().map(|(name, named)| ((*name).to_owned(), named.clone())));
        let all = links.pieces.iter().map(|piece| &piece.names).chain(links.named.values()).flatten();
        let function = |named: &Named| if let Named::Function(name) = named { Some(name.clone()) } else { None };
        links.numbered = all.filter_map(function).collect();
        links
    }

    /// What functions of this name name.
    pub fn named_by(&self, function: &str) -> &[Named] {
        self.named.get(function).map_or(&[], Vec::as_slice)
    }

    /// Whether the linker saw a function of this name.
    pub fn knows(&self, function: &str) -> bool {
        self.named.contains_key(function)
    }
}

/// The name of a function as it is before and after wasm-bindgen: that takes a hash from the end of those it exports, and
/// counts those that are called the same.
pub fn known_as(name: &str) -> &str {
    let counted = name.strip_suffix(']').and_then(|name| name.rsplit_once('['));
    let name = counted.filter(|(_, number)| number.parse::<u32>().is_ok()).map_or(name, |(name, _)| name);
    let exported = name.rsplit_once('_');
    let hash = |text: &str| text.len() == 16 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    exported.filter(|(_, end)| hash(end)).map_or(name, |(name, _)| name)
}

/// A segment of data: where it is in memory, and its bytes in the file.
struct Segment {
    address: u32,
    bytes: Range<usize>,
}

/// The parts of a program that tell who names whom.
#[derive(Default)]
struct Parts<'a> {
    imported: usize,
    bodies: Vec<Range<usize>>,
    names: BTreeMap<usize, String>,
    segments: Vec<Segment>,
    symbols: Vec<SymbolInfo<'a>>,
    /// By the number of the section that they are about.
    relocations: Vec<(usize, RelocationEntry)>,
    /// Number and start of the sections of code and of data.
    code: (usize, usize),
    data: (usize, usize),
}

impl<'a> Parts<'a> {
    fn of(wasm: &'a [u8]) -> Result<Parts<'a>> {
        let mut parts = Parts::default();
        let mut section = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        parts.imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => parts.code = (section, range.start),
                Payload::CodeSectionEntry(body) => parts.bodies.push(body.range()),
                Payload::DataSection(segments) => {
                    parts.data = (section, segments.range().start);
                    for segment in segments.clone() {
                        let segment = segment?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { continue };
                        let end = segment.range.end;
                        let bytes = end - segment.data.len()..end;
                        parts.segments.push(Segment { address: value as u32, bytes });
                    }
                    ensure!(
                        parts.segments.len() == segments.count() as usize,
                        "some data has no fixed place in memory"
                    );
                }
                Payload::CustomSection(custom) => parts.read_custom(custom.as_known())?,
                _ => {}
            }
            let within = matches!(payload, Payload::Version { .. } | Payload::CodeSectionEntry(_) | Payload::End(_));
            section += usize::from(!within);
        }
        ensure!(!parts.symbols.is_empty(), "the linker wrote no relocations");
        Ok(parts)
    }

    fn read_custom(&mut self, custom: KnownCustom<'a>) -> Result<()> {
        match custom {
            KnownCustom::Linking(parts) => {
                for part in parts {
                    let Linking::SymbolTable(symbols) = part? else { continue };
                    for symbol in symbols {
                        self.symbols.push(symbol?);
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let section = relocations.section_index() as usize;
                for relocation in relocations.entries() {
                    self.relocations.push((section, relocation?));
                }
            }
            KnownCustom::Name(parts) => {
                for part in parts {
                    let Name::Function(functions) = part? else { continue };
                    for function in functions {
                        let function = function?;
                        let name = super::plain(&rustc_demangle::demangle(function.name).to_string());
                        self.names.insert(function.index as usize, known_as(&name).to_owned());
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn links(self) -> Result<Links> {
        // By their places in the file, with the numbers of their symbols.
        let mut pieces = Vec::new();
        for (number, symbol) in self.symbols.iter().enumerate() {
            if let SymbolInfo::Data { symbol: Some(data), .. } = symbol {
                let segment = self.segments.get(data.index as usize).context("a symbol is in no segment")?;
                let start = data.offset as usize;
                pieces.push((start + segment.bytes.start, data.size as usize, start as u32 + segment.address, number));
            }
        }
        pieces.sort_unstable();
        let places: BTreeMap<usize, usize> =
            pieces.iter().enumerate().map(|(place, (.., symbol))| (*symbol, place)).collect();
        let piece = |&(_, size, address, _): &_| Piece { place: address..address + size as u32, names: Vec::new() };
        let mut links = Links { pieces: pieces.iter().map(piece).collect(), ..Links::default() };
        for name in self.names.values() {
            links.named.entry(name.clone()).or_default();
        }
        for (section, relocation) in &self.relocations {
            let Some(named) = self.named(relocation, &places)? else { continue };
            if let Named::Function(name) = &named {
                links.numbered.insert(name.clone());
            }
            let offset = relocation.offset as usize;
            if *section == self.code.0 {
                let at = offset + self.code.1;
                let body = self.bodies.partition_point(|body| body.end <= at);
                let name = self.names.get(&(body + self.imported)).context("a function has no name")?;
                links.named.entry(name.clone()).or_default().push(named);
            } else if *section == self.data.0 {
                let at = offset + self.data.1;
                let mut around = (0..pieces.partition_point(|piece| piece.0 <= at)).rev();
                let around = around.find(|piece| at < pieces[*piece].0 + pieces[*piece].1);
                links.pieces[around.context("data outside of all symbols names something")?].names.push(named);
            }
        }
        Ok(links)
    }

    /// What a relocation names: the address of data, or the number of a function in the table.
    fn named(&self, relocation: &RelocationEntry, places: &BTreeMap<usize, usize>) -> Result<Option<Named>> {
        use RelocationType::{
            FunctionIndexLeb, GlobalIndexLeb, MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32,
            TableIndexSleb, TableNumberLeb, TypeIndexLeb,
        };
        match relocation.ty {
            // Calls are in the program for everybody to see.
            FunctionIndexLeb | GlobalIndexLeb | TableNumberLeb | TypeIndexLeb => return Ok(None),
            MemoryAddrI32 | MemoryAddrLeb | MemoryAddrSleb | TableIndexI32 | TableIndexSleb => {}
            other => anyhow::bail!("there are relocations of a kind that is not known here, {other:?}"),
        }
        let symbol = relocation.index as usize;
        Ok(match self.symbols.get(symbol).context("a relocation has no symbol")? {
            SymbolInfo::Func { index, .. } => {
                Some(Named::Function(self.names.get(&(*index as usize)).context("a function has no name")?.clone()))
            }
            // The linker's own, which are no data: where memory begins and ends.
            SymbolInfo::Data { symbol: None, .. } => None,
            SymbolInfo::Data { .. } => places.get(&symbol).map(|place| Named::Piece(*place)),
            other => anyhow::bail!("a relocation names {other:?}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_known_by_what_stays_of_their_names() {
        let known = [
            ("mountPage_0123456789abcdef", "mountPage"),
            ("<a::Vec<[u8]> as b>::drop[12]", "<a::Vec<[u8]> as b>::drop"),
            ("a::drop::<[u8]>", "a::drop::<[u8]>"),
            ("a::b_of_the_end", "a::b_of_the_end"),
            ("x externref shim", "x externref shim"),
        ];
        for (name, expected) in known {
            assert_eq!(known_as(name), expected);
        }
    }
}
