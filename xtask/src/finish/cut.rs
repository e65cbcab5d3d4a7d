//! Cuts a wasm in two: what has to be there at once, and what can follow.
//!
//! The second module is instantiated beside the first: it imports the first one's memory, tables, globals and those of its
//! functions that it calls, and puts its own functions into the first one's table. In the first module a function that is
//! a door is left as a call through that table, which traps as long as the slot is empty.

use super::{
    behind::{Behind, behind, callees, plain},
    links::{self, Links},
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportedFunction, LocalId, Module, TableId, ir::Value, passes,
};

/// The name by which the second module knows the first.
pub const FIRST: &str = "b";

/// How the names begin that wasm-bindgen gives to what only its glue calls.
pub const INTERNAL: [&str; 2] = ["__wb", "wasm_bindgen_"];

pub struct Cut {
    pub beginning: Vec<u8>,
    pub rest: Vec<u8>,
    /// The short names that replace those between the wasm and its glue.
    pub names: Names,
}

/// From long to short.
#[derive(Default)]
pub struct Names {
    pub module: String,
    pub imports: BTreeMap<String, String>,
    pub exports: BTreeMap<String, String>,
}

/// Functions, by what their names begin with.
pub struct Doors<'n> {
    pub always: &'n [&'n str],
    /// Those that not every program has.
    pub sometimes: &'n [&'n str],
    /// Those through which only what is behind others goes.
    pub inner: &'n [&'n str],
    /// Those behind which nobody goes: they become walls.
    pub never: &'n [&'n str],
}

/// Moves into the second module all that can be reached only through the doors, and through the exports in `interface`:
/// functions, and data.
///
/// # Errors
///
/// If one of these is not in the program that always is, or the program is not as wasm-bindgen leaves it.
pub fn in_two(wasm: &[u8], links: &Links, doors: &Doors, interface: &[String]) -> Result<Cut> {
    let mut whole = Module::from_buffer(wasm)?;
    links::SECTIONS.iter().for_each(|section| _ = whole.customs.remove_raw(section));
    wall_up(&mut whole, doors.never)?;
    let names = shorten(&mut whole)?;
    let whole = whole.emit_wasm();
    // The same functions have the same place in both.
    let (mut first, mut second) = (Module::from_buffer(&whole)?, Module::from_buffer(&whole)?);
    let place: HashMap<_, _> = first.funcs.iter().enumerate().map(|(place, function)| (function.id(), place)).collect();
    let there: Vec<_> = second.funcs.iter().map(|function| function.id()).collect();
    let twin = |function: FunctionId| there[place[&function]];

    let Behind { functions: moved, needless, data } = behind(&first, links, doors, interface)?;
    let borders = Borders::of(&first, &moved);
    borders.hold(&first, &moved, doors.inner)?;
    let table = first.tables.main_function_table()?.context("the program has no table of functions")?;
    let mut slots = empty_slots(&mut first, table, &moved);
    for door in &borders.doors {
        let slot = first.tables.get(table).initial;
        slots.push((slot as u32, *door));
        close(&mut first, table, *door, slot as i32);
        let table = first.tables.get_mut(table);
        table.initial += 1;
        table.maximum = table.maximum.map(|maximum| maximum + 1);
    }

    let mut fresh = (0..).map(|number| format!(".{}", short(number)));
    let mut fresh = || fresh.next().expect("numbers have no end");
    for function in &borders.called_back {
        let name = fresh();
        first.exports.add(&name, *function);
        let function = twin(*function);
        let ty = second.funcs.get(function).ty();
        let import = second.imports.add(FIRST, &name, function);
        second.funcs.get_mut(function).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
    empty(&mut second);
    share(&mut first, &mut second, &mut fresh);
    let size = (first.tables.get(table).initial, first.tables.get(table).maximum);
    slots.retain(|(_, function)| !needless.contains(function));
    fill(&mut second, size, slots.iter().map(|(slot, function)| (*slot, twin(*function))))?;
    move_data(&mut first, &mut second, &data)?;

    passes::gc::run(&mut first);
    passes::gc::run(&mut second);
    Ok(Cut { beginning: first.emit_wasm(), rest: second.emit_wasm(), names })
}

/// Leaves of functions that are never called nothing but a trap.
fn wall_up(module: &mut Module, never: &[&str]) -> Result<()> {
    let mut missing: BTreeSet<&str> = never.iter().copied().collect();
    for function in module.funcs.iter_local().map(|(function, _)| function).collect::<Vec<_>>() {
        let (name, ty) = (module.funcs.get(function).name.clone().unwrap_or_default(), module.funcs.get(function).ty());
        let name = plain(&name);
        let Some(known) = never.iter().find(|start| name.starts_with(**start)) else { continue };
        missing.remove(known);
        let (parameters, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
        let arguments = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
        let mut wall = FunctionBuilder::new(&mut module.types, &parameters, &results);
        wall.func_body().unreachable();
        module.funcs.get_mut(function).kind = FunctionKind::Local(wall.local_func(arguments));
    }
    ensure!(missing.is_empty(), "the program has no functions called {missing:?}, which would never be called");
    Ok(())
}

/// Gives short names to what the wasm has from its glue and the glue from it.
fn shorten(module: &mut Module) -> Result<Names> {
    let mut names = Names::default();
    for import in module.imports.iter_mut() {
        ensure!(names.module.is_empty() || import.module == names.module, "imports from {} too", import.module);
        names.module.clone_from(&import.module);
        let new = short(names.imports.len());
        names.imports.insert(std::mem::replace(&mut import.name, new.clone()), new);
        import.module = "a".into();
    }
    let long = |name: &str| INTERNAL.iter().any(|start| name.starts_with(start));
    for export in module.exports.iter_mut().filter(|export| long(&export.name)) {
        let new = short(names.exports.len()) + "_";
        names.exports.insert(std::mem::replace(&mut export.name, new.clone()), new);
    }
    Ok(names)
}

/// `a` to `z`, `ba` and so on.
fn short(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'a' + (number % 26) as u8);
        number /= 26;
        if number == 0 {
            break;
        }
    }
    letters.reverse();
    String::from_utf8(letters).expect("letters are text")
}

/// Instructions of a function that is copied instead of called. Tried: none, 7, 8, 10, 12, 14, 24; with more the first module gains
/// nothing and the second grows.
const SMALL: u64 = 12;

/// Where calls go from one module to the other.
struct Borders {
    /// Functions that move, and are called by others that stay or by JavaScript.
    doors: BTreeSet<FunctionId>,
    /// Functions that stay, and are called by others that move.
    called_back: BTreeSet<FunctionId>,
}

impl Borders {
    fn of(module: &Module, moved: &BTreeSet<FunctionId>) -> Borders {
        let mut borders = Borders { doors: BTreeSet::new(), called_back: BTreeSet::new() };
        for export in module.exports.iter() {
            if let ExportItem::Function(function) = export.item {
                borders.doors.extend(moved.get(&function));
            }
        }
        for (caller, _) in module.funcs.iter_local() {
            for callee in callees(module, caller) {
                match (moved.contains(&caller), moved.contains(&callee)) {
                    (false, true) => _ = borders.doors.insert(callee),
                    // What comes from the glue both import from there.
                    (true, false) if matches!(module.funcs.get(callee).kind, FunctionKind::Local(_)) => {
                        borders.called_back.insert(callee);
                    }
                    _ => {}
                }
            }
        }
        borders.copy_small(module, moved);
        borders
    }

    /// Leaves the smallest functions in both: what a name by which to call it takes weighs as much.
    fn copy_small(&mut self, module: &Module, moved: &BTreeSet<FunctionId>) {
        let local = |function: &FunctionId| match &module.funcs.get(*function).kind {
            FunctionKind::Local(local) if !moved.contains(function) => Some(local),
            _ => None,
        };
        let mut copied = BTreeSet::new();
        let mut waiting: Vec<FunctionId> = self.called_back.iter().copied().collect();
        while let Some(function) = waiting.pop() {
            if local(&function).is_none_or(|local| local.size() > SMALL) {
                self.called_back.extend(local(&function).map(|_| function));
            } else if copied.insert(function) {
                waiting.extend(callees(module, function));
            }
        }
        self.called_back.retain(|function| !copied.contains(function));
    }

    /// Fails if what stays goes through one of these doors.
    fn hold(&self, module: &Module, moved: &BTreeSet<FunctionId>, inner: &[&str]) -> Result<()> {
        let name = |function| plain(module.funcs.get(function).name.as_deref().unwrap_or_default());
        let is_inner = |door: &&FunctionId| inner.iter().any(|inner| name(**door).starts_with(inner));
        if let Some(door) = self.doors.iter().find(is_inner) {
            let stay = module.funcs.iter_local().map(|(function, _)| function).filter(|caller| !moved.contains(caller));
            let callers: Vec<_> = stay.filter(|caller| callees(module, *caller).contains(door)).map(name).collect();
            bail!("{} is for the rest of the program alone, and called by {}", name(*door), callers.join(", "));
        }
        Ok(())
    }
}

/// Puts a trap into the slots of functions that move, and returns which these were.
fn empty_slots(module: &mut Module, table: TableId, moved: &BTreeSet<FunctionId>) -> Vec<(u32, FunctionId)> {
    let mut trap = FunctionBuilder::new(&mut module.types, &[], &[]);
    trap.func_body().unreachable();
    let trap = trap.finish(Vec::new(), &mut module.funcs);
    let mut slots = Vec::new();
    for element in module.elements.iter_mut() {
        let (ElementKind::Active { table: of, offset }, ElementItems::Functions(functions)) =
            (&element.kind, &mut element.items)
        else {
            continue;
        };
        let ConstExpr::Value(Value::I32(start)) = offset else { continue };
        if *of == table {
            for (place, function) in functions.iter_mut().enumerate().filter(|(_, id)| moved.contains(id)) {
                slots.push((*start as u32 + place as u32, std::mem::replace(function, trap)));
            }
        }
    }
    slots
}

/// Leaves of a function no more than a call of what will be in the slot.
fn close(module: &mut Module, table: TableId, door: FunctionId, slot: i32) {
    let ty = module.funcs.get(door).ty();
    let (parameters, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let arguments: Vec<LocalId> = parameters.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut call = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let mut body = call.func_body();
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(slot).call_indirect(ty, table);
    module.funcs.get_mut(door).kind = FunctionKind::Local(call.local_func(arguments));
}

/// Takes from the second module what the first one does for both.
fn empty(second: &mut Module) {
    second.start = None;
    for export in second.exports.iter().map(|export| export.id()).collect::<Vec<_>>() {
        second.exports.delete(export);
    }
    for element in second.elements.iter().map(|element| element.id()).collect::<Vec<_>>() {
        second.elements.delete(element);
    }
    for data in second.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        second.data.delete(data);
    }
    second.tables.iter_mut().for_each(|table| table.elem_segments.clear());
    second.memories.iter_mut().for_each(|memory| memory.data_segments.clear());
}

/// Lets the second module have the memory, the tables and the globals of the first.
fn share(first: &mut Module, second: &mut Module, fresh: &mut impl FnMut() -> String) {
    for (ours, theirs) in shared(first).into_iter().zip(shared(second)) {
        let name = fresh();
        first.exports.add(&name, ours);
        let imports = &mut second.imports;
        match theirs {
            ExportItem::Memory(id) => second.memories.get_mut(id).import = Some(imports.add(FIRST, &name, id)),
            ExportItem::Table(id) => second.tables.get_mut(id).import = Some(imports.add(FIRST, &name, id)),
            ExportItem::Global(id) => {
                second.globals.get_mut(id).kind = GlobalKind::Import(imports.add(FIRST, &name, id));
            }
            _ => {}
        }
    }
}

fn shared(module: &Module) -> Vec<ExportItem> {
    let memories = module.memories.iter().map(|memory| memory.id().into());
    let tables = module.tables.iter().map(|table| table.id().into());
    memories.chain(tables).chain(module.globals.iter().map(|global| global.id().into())).collect()
}

/// Fills these slots of the table, which has this size, when the second module is instantiated.
fn fill(
    second: &mut Module,
    (initial, maximum): (u64, Option<u64>),
    slots: impl Iterator<Item = (u32, FunctionId)>,
) -> Result<()> {
    let table = second.tables.main_function_table()?.context("the program has no table of functions")?;
    for (start, run) in in_rows(slots.collect()) {
        let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(start as i32)) };
        let element = second.elements.add(kind, ElementItems::Functions(run));
        second.tables.get_mut(table).elem_segments.insert(element);
    }
    let table = second.tables.get_mut(table);
    (table.initial, table.maximum) = (initial, maximum);
    Ok(())
}

/// What has places next to each other together, with the first of these.
fn in_rows<T>(at: BTreeMap<u32, T>) -> Vec<(u32, Vec<T>)> {
    let mut rows: Vec<(u32, Vec<T>)> = Vec::new();
    for (place, thing) in at {
        match rows.last_mut() {
            Some((start, row)) if *start + row.len() as u32 == place => row.push(thing),
            _ => rows.push((place, vec![thing])),
        }
    }
    rows
}

/// Moves the bytes at these addresses from the first module's data to the second's.
fn move_data(first: &mut Module, second: &mut Module, places: &[Range<u32>]) -> Result<()> {
    let memory = second.get_memory_id()?;
    let mut bytes: BTreeMap<u32, u8> = BTreeMap::new();
    for data in first.data.iter().map(|data| data.id()).collect::<Vec<_>>() {
        let data = first.data.get_mut(data);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { continue };
        let (start, end) = (start as u32, start as u32 + data.value.len() as u32);
        for place in places.iter().filter(|place| start <= place.start && place.end <= end) {
            for address in place.clone() {
                // What is zero is there already, and the next tool leaves it out.
                bytes.insert(address, std::mem::take(&mut data.value[(address - start) as usize]));
            }
        }
    }
    for (start, run) in in_rows(bytes) {
        let kind = DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(start as i32)) };
        let data = second.data.add(kind, run);
        second.memories.get_mut(memory).data_segments.insert(data);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finish::links::Named;
    use walrus::{ModuleConfig, RefType, ValType};

    /// A program whose `main` calls `door`, which calls `only`, `both` and `tiny`; `main` calls these two as well. In the
    /// table are functions that `main` names, that `only` names, that nobody does, and one that the linker did not see.
    fn program() -> (Vec<u8>, Links) {
        let mut module = Module::with_config(ModuleConfig::new());
        let memory = module.memories.add_local(false, false, 1, None, None);
        let table = module.tables.add_local(false, 4, Some(4), RefType::FUNCREF);
        let ty = module.types.add(&[ValType::I32], &[ValType::I32]);
        let (log, _) = module.add_import_func("./glue.js", "__wbg_log_0123", ty);
        let function = |module: &mut Module, name: &str, calls: &[FunctionId]| {
            let argument = module.locals.add(ValType::I32);
            let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            let mut body = builder.name(name.to_owned()).func_body();
            body.local_get(argument);
            for callee in calls {
                body.call(*callee);
            }
            builder.finish(vec![argument], &mut module.funcs)
        };
        let both = function(&mut module, "a::both", &[log; SMALL as usize]);
        let tiny = function(&mut module, "a::tiny", &[log]);
        let only = function(&mut module, "a::only", &[log]);
        let door = function(&mut module, "a[0123456789abcdef]::doors::door", &[only, both, tiny]);
        let main = function(&mut module, "main", &[door, both, tiny]);
        let numbered = ["a::of_main", "a::of_only", "a::of_nobody", "x shim"];
        let numbered = numbered.map(|name| function(&mut module, name, &[log; SMALL as usize])).to_vec();
        let start = || ConstExpr::Value(Value::I32(0));
        let kind = ElementKind::Active { table, offset: start() };
        let element = module.elements.add(kind, ElementItems::Functions(numbered));
        module.tables.get_mut(table).elem_segments.insert(element);
        let data = module.data.add(DataKind::Active { memory, offset: start() }, b"mainonlyboth".to_vec());
        module.memories.get_mut(memory).data_segments.insert(data);
        module.exports.add("__wbindgen_main", main);
        module.exports.add("memory", memory);

        let links = Links::made_of(
            &[(0..4, "of_main"), (4..8, "of_only"), (8..12, "")].map(|(place, name)| {
                (place, (!name.is_empty()).then(|| Named::Function(format!("a::{name}"))).into_iter().collect())
            }),
            &[
                ("main", vec![Named::Piece(0), Named::Piece(2)]),
                ("a::only", vec![Named::Piece(1), Named::Piece(2)]),
                ("a::nobody", vec![Named::Function("a::of_nobody".into())]),
                ("a::both", Vec::new()),
                ("a::tiny", Vec::new()),
                ("a::doors::door", Vec::new()),
                ("a::of_main", Vec::new()),
                ("a::of_only", Vec::new()),
                ("a::of_nobody", Vec::new()),
            ],
        );
        (module.emit_wasm(), links)
    }

    fn named(wasm: &[u8]) -> Vec<String> {
        let module = Module::from_buffer(wasm).unwrap();
        let local = |(_, function): (FunctionId, &walrus::LocalFunction)| function.size() > 0;
        let mut names: Vec<_> = module
            .funcs
            .iter_local()
            .filter(|function| local(*function))
            .filter_map(|(id, _)| module.funcs.get(id).name.as_deref().map(plain))
            .collect();
        names.sort();
        names
    }

    fn data(wasm: &[u8]) -> Vec<(i32, Vec<u8>)> {
        let module = Module::from_buffer(wasm).unwrap();
        let place = |data: &walrus::Data| match data.kind {
            DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => start,
            _ => panic!("data without a place"),
        };
        module.data.iter().map(|data| (place(data), data.value.clone())).collect()
    }

    #[test]
    fn what_only_a_door_leads_to_moves_and_the_door_stays_as_a_call() {
        let always = Doors { always: &["a::doors::"], sometimes: &["a::hatches::"], inner: &[], never: &[] };
        let sometimes = Doors { always: &[], sometimes: &["a::hatches::", "a::doors::"], inner: &[], never: &[] };
        let (program, links) = program();
        let [cut, other] = [always, sometimes].map(|doors| in_two(&program, &links, &doors, &[]).unwrap());
        assert_eq!((&cut.beginning, &cut.rest), (&other.beginning, &other.rest));
        let first = ["a::both", "a::doors::door", "a::of_main", "a::tiny", "main", "x shim"];
        assert_eq!(named(&cut.beginning), first);
        assert_eq!(named(&cut.rest), ["a::doors::door", "a::of_only", "a::only", "a::tiny"]);
        for half in [&cut.beginning, &cut.rest] {
            wasmparser::validate(half).unwrap();
        }
        assert_eq!(data(&cut.beginning), [(0, b"main\0\0\0\0both".to_vec())]);
        assert_eq!(data(&cut.rest), [(4, b"only".to_vec())]);
        assert_eq!(cut.names.module, "./glue.js");
        assert_eq!(cut.names.imports["__wbg_log_0123"], "a");
        assert_eq!(cut.names.exports["__wbindgen_main"], "a_");
    }

    #[test]
    fn a_door_that_is_not_there_is_an_error() {
        let doors = Doors { always: &["a::gates::"], sometimes: &[], inner: &[], never: &[] };
        let (program, links) = program();
        let error = in_two(&program, &links, &doors, &["search".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("a::gates::") && error.contains("search"), "{error}");
    }

    #[test]
    fn what_is_for_the_rest_alone_is_not_called_by_what_stays() {
        let (program, links) = program();
        let cut = |inner: &str| {
            in_two(
                &program,
                &links,
                &Doors { always: &["a::doors::"], sometimes: &[], inner: &[inner], never: &[] },
                &[],
            )
        };
        assert!(cut("a::only").is_ok());
        let error = cut("a::tiny").err().unwrap().to_string();
        assert_eq!(error, "a::tiny is for the rest of the program alone, and called by main");
    }

    #[test]
    fn what_is_never_called_is_a_trap() {
        let (program, links) = program();
        let doors = |never| Doors { always: &["a::doors::"], sometimes: &[], inner: &[], never };
        let cut = in_two(&program, &links, &doors(&["a::both"]), &[]).unwrap();
        let first = Module::from_buffer(&cut.beginning).unwrap();
        let is_both = |function: &&walrus::Function| function.name.as_deref() == Some("a::both");
        let both = first.funcs.iter().find(is_both).unwrap().id();
        assert!(callees(&first, both).is_empty());
        assert!(in_two(&program, &links, &doors(&["a::neither"]), &[]).is_err());
    }

    #[test]
    fn a_function_that_the_linker_did_not_see_is_an_error() {
        let doors = Doors { always: &["a::doors::"], sometimes: &[], inner: &[], never: &[] };
        let error = in_two(&program().0, &Links::default(), &doors, &[]).err().unwrap().to_string();
        assert!(error.starts_with("the linker knew no function called "), "{error}");
    }

    #[test]
    fn short_names_are_different() {
        assert_eq!([0, 25, 26, 27, 701].map(short), ["a", "z", "ba", "bb", "baz"]);
    }
}
