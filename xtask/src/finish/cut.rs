//! Cuts a wasm in two: what has to be there at once, and what can follow.
//!
//! The second module is instantiated beside the first: it imports the first one's memory, tables, globals and those of its
//! functions that it calls, and puts its own functions into the first one's table. In the first module a function that is
//! a door is left as a call through that table, which traps as long as the slot is empty.

use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportedFunction, LocalId, Module, TableId,
    ir::{Value, Visitor, dfs_in_order},
    passes,
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
}

/// Moves into the second module all that can be reached only through the doors, and through the exports in `interface`.
///
/// # Errors
///
/// If one of these is not in the program that always is, or the program is not as wasm-bindgen leaves it.
pub fn in_two(wasm: &[u8], doors: &Doors, interface: &[String]) -> Result<Cut> {
    let mut whole = Module::from_buffer(wasm)?;
    let names = shorten(&mut whole)?;
    let whole = whole.emit_wasm();
    // The same functions have the same place in both.
    let (mut first, mut second) = (Module::from_buffer(&whole)?, Module::from_buffer(&whole)?);
    let place: HashMap<_, _> = first.funcs.iter().enumerate().map(|(place, function)| (function.id(), place)).collect();
    let there: Vec<_> = second.funcs.iter().map(|function| function.id()).collect();
    let twin = |function: FunctionId| there[place[&function]];

    let moved = behind(&first, doors, interface)?;
    let borders = Borders::of(&first, &moved);
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
    fill(&mut second, size, slots.iter().map(|(slot, function)| (*slot, twin(*function))))?;

    passes::gc::run(&mut first);
    passes::gc::run(&mut second);
    Ok(Cut { beginning: first.emit_wasm(), rest: second.emit_wasm(), names })
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

/// The functions that nothing leads to but the doors.
fn behind(module: &Module, doors: &Doors, interface: &[String]) -> Result<BTreeSet<FunctionId>> {
    let mut closed = BTreeSet::new();
    let mut missing: BTreeSet<&str> =
        doors.always.iter().copied().chain(interface.iter().map(|name| &**name)).collect();
    for function in module.funcs.iter() {
        let name = plain(function.name.as_deref().unwrap_or_default());
        for door in doors.always.iter().chain(doors.sometimes).filter(|door| is_behind(&name, door)) {
            closed.insert(function.id());
            if name.starts_with(door) {
                missing.remove(door);
            }
        }
    }
    let mut waiting: Vec<FunctionId> = module.start.into_iter().collect();
    for export in module.exports.iter() {
        match export.item {
            ExportItem::Function(function) if interface.contains(&export.name) => {
                closed.insert(function);
                missing.remove(&*export.name);
            }
            ExportItem::Function(function) => waiting.push(function),
            _ => {}
        }
    }
    ensure!(missing.is_empty(), "the program has no functions called {missing:?}, behind which its rest would begin");
    // Whoever has its number may call it.
    for element in module.elements.iter() {
        match &element.items {
            ElementItems::Functions(functions) => waiting.extend(functions),
            ElementItems::Expressions(_, expressions) => {
                ensure!(expressions.is_empty(), "a table is filled in a way that is not known here");
            }
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(function) = waiting.pop() {
        if !closed.contains(&function) && reached.insert(function) {
            waiting.extend(callees(module, function));
        }
    }
    Ok(module.funcs.iter_local().map(|(id, _)| id).filter(|id| !reached.contains(id)).collect())
}

/// Whether a function's name begins as a door does, or it works on a closure that was made behind the door.
fn is_behind(name: &str, door: &str) -> bool {
    let path = |rest: &str| rest.find([',', '>', ' ']).map_or(rest.len(), |end| end);
    name.starts_with(door) || name.split(door).skip(1).any(|rest| rest[..path(rest)].contains("{closure"))
}

/// A function's name without the hashes of crates: `yew[0123456789abcdef]::x` is `yew::x`.
pub fn plain(name: &str) -> String {
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if hash.len() == 16 => plain += rest,
            _ => plain.extend(["[", part]),
        }
    }
    plain
}

fn callees(module: &Module, function: FunctionId) -> Vec<FunctionId> {
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
        borders
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
    let slots: BTreeMap<_, _> = slots.collect();
    let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (slot, function) in slots {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u32 == slot => run.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    for (start, run) in runs {
        let kind = ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(start as i32)) };
        let element = second.elements.add(kind, ElementItems::Functions(run));
        second.tables.get_mut(table).elem_segments.insert(element);
    }
    let table = second.tables.get_mut(table);
    (table.initial, table.maximum) = (initial, maximum);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{ModuleConfig, RefType, ValType};

    /// A program whose `main` calls `door`, which calls `only` and `both`; `main` calls `both` too.
    fn program() -> Vec<u8> {
        let mut module = Module::with_config(ModuleConfig::new());
        module.memories.add_local(false, false, 1, None, None);
        module.tables.add_local(false, 1, Some(1), RefType::FUNCREF);
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
        let both = function(&mut module, "a::both", &[log]);
        let only = function(&mut module, "a::only", &[log]);
        let door = function(&mut module, "a[0123456789abcdef]::doors::door", &[only, both]);
        let main = function(&mut module, "main", &[door, both]);
        module.exports.add("__wbindgen_main", main);
        module.exports.add("memory", module.memories.iter().next().unwrap().id());
        module.emit_wasm()
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

    #[test]
    fn what_works_on_a_closure_made_behind_a_door_is_behind_it() {
        let behind = |name: &str| is_behind(name, "app::deferred::");
        assert!(behind("app::deferred::pass"));
        assert!(behind("<pass_on::copy<app::deferred::pass::{closure#0}>::{closure#1} as FnOnce>::call"));
        assert!(!behind("core::drop_in_place::<Option<app::deferred::Text>>"), "there may be one before");
        assert!(!behind("f::<app::deferred::Text>::{closure#0}"), "a closure of somebody else");
    }

    #[test]
    fn what_only_a_door_leads_to_moves_and_the_door_stays_as_a_call() {
        let always = Doors { always: &["a::doors::"], sometimes: &["a::hatches::"] };
        let sometimes = Doors { always: &[], sometimes: &["a::hatches::", "a::doors::"] };
        let [cut, other] = [always, sometimes].map(|doors| in_two(&program(), &doors, &[]).unwrap());
        assert_eq!((&cut.beginning, &cut.rest), (&other.beginning, &other.rest));
        assert_eq!(named(&cut.beginning), ["a::both", "a::doors::door", "main"]);
        assert_eq!(named(&cut.rest), ["a::doors::door", "a::only"]);
        for half in [&cut.beginning, &cut.rest] {
            wasmparser::validate(half).unwrap();
        }
        assert_eq!(cut.names.module, "./glue.js");
        assert_eq!(cut.names.imports["__wbg_log_0123"], "a");
        assert_eq!(cut.names.exports["__wbindgen_main"], "a_");
    }

    #[test]
    fn a_door_that_is_not_there_is_an_error() {
        let doors = Doors { always: &["a::gates::"], sometimes: &[] };
        let error = in_two(&program(), &doors, &["search".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("a::gates::") && error.contains("search"), "{error}");
    }

    #[test]
    fn short_names_are_different() {
        assert_eq!([0, 25, 26, 27, 701].map(short), ["a", "z", "ba", "bb", "baz"]);
    }
}
