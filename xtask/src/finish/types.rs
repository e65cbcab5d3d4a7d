//! The TypeScript types of the interface, from the Rust sources of what crosses to JavaScript.

use crate::project;
use anyhow::{Context, Result, bail};
use std::fs;
use syn::{
    Attribute, Expr, Fields, FnArg, GenericArgument, Item, ItemEnum, ItemFn, ItemStruct, Lit, Meta, PathArguments, Type,
};

const OPENING: &str = "\
// The search of the article explorer, for programs. Made from src/embed/ by the build.

/** Brings the program, once however often it is called. Node needs its bytes; browsers know where they are. */
export default function init(options?: Init | Promise<Init>): Promise<unknown>;
/** Where the two parts of the program are, if not beside this file: addresses, or what was fetched from there. */
export interface Init {
  module_or_path?: unknown;
  deferred?: unknown;
}

/** What every function here throws. */
export class ArticleExplorerError extends Error {
  name: \"ArticleExplorerError\";
  /** `corpus`: the articles can't be opened. `option`: an option has a value that it does not take. `texts`: some
   * texts can't be fetched. */
  code: \"corpus\" | \"option\" | \"texts\";
}
";

/// `article-explorer.d.ts`.
pub fn declarations() -> Result<String> {
    let mut text = OPENING.to_owned();
    for name in ["api", "types"] {
        for item in items(name)? {
            text += &declared(&item).with_context(|| format!("in src/embed/{name}.rs"))?;
        }
    }
    Ok(text)
}

/// The names of the functions that it declares.
pub fn functions() -> Result<Vec<String>> {
    let name = |item: Item| match item {
        Item::Fn(item) => attribute(&item.attrs, "wasm_bindgen").map(|written| exported(&item, &written)),
        _ => None,
    };
    Ok(items("api")?.into_iter().filter_map(name).collect())
}

fn items(name: &str) -> Result<Vec<Item>> {
    let file = project::root().join(format!("src/embed/{name}.rs"));
    let source = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    Ok(syn::parse_file(&source).with_context(|| format!("{} is not Rust", file.display()))?.items)
}

/// What JavaScript calls a function.
fn exported(item: &ItemFn, written: &str) -> String {
    value(written, "js_name").unwrap_or_else(|| item.sig.ident.to_string())
}

fn declared(item: &Item) -> Result<String> {
    Ok(match item {
        Item::Fn(item) if attribute(&item.attrs, "wasm_bindgen").is_some() => function(item)?,
        Item::Struct(item) => interface(item)?,
        Item::Enum(item) => union(item)?,
        Item::Type(item) => format!("\n{}export type {} = {};\n", doc(&item.attrs, ""), item.ident, of(&item.ty)?),
        _ => String::new(),
    })
}

fn function(item: &ItemFn) -> Result<String> {
    let written = attribute(&item.attrs, "wasm_bindgen").unwrap_or_default();
    let name = exported(item, &written);
    let returned = value(&written, "unchecked_return_type").context("a function has no unchecked_return_type")?;
    let mut parameters = Vec::new();
    for input in &item.sig.inputs {
        let FnArg::Typed(input) = input else { bail!("a method is exported") };
        let syn::Pat::Ident(name) = &*input.pat else { bail!("a parameter has no name") };
        let written = attribute(&input.attrs, "wasm_bindgen").unwrap_or_default();
        let optional = value(&written, "unchecked_optional_param_type");
        parameters.push(match (optional, value(&written, "unchecked_param_type")) {
            (Some(kind), _) => format!("{}?: {kind}", name.ident),
            (None, Some(kind)) => format!("{}: {kind}", name.ident),
            (None, None) => format!("{}: {}", name.ident, of(&input.ty)?),
        });
    }
    let parameters = parameters.join(", ");
    Ok(format!("\n{}export function {name}({parameters}): {returned};\n", doc(&item.attrs, "")))
}

fn interface(item: &ItemStruct) -> Result<String> {
    let mut text = format!("\n{}export interface {} {{\n", doc(&item.attrs, ""), item.ident);
    let given = !is_serialized(&item.attrs);
    let serde = attribute(&item.attrs, "serde").unwrap_or_default();
    for field in &item.fields {
        let name = field.ident.as_ref().context("a field has no name")?.to_string();
        let name = if serde.contains("camelCase") { camel(&name) } else { name };
        let left_out = attribute(&field.attrs, "serde").is_some_and(|serde| serde.contains("skip_serializing_if"));
        let kind = of(&field.ty)?;
        let kind = if given || left_out { kind.trim_end_matches(" | null").to_owned() } else { kind };
        let mark = if given || left_out { "?" } else { "" };
        text += &format!("{}  {name}{mark}: {kind};\n", doc(&field.attrs, "  "));
    }
    Ok(text + "}\n")
}

fn union(item: &ItemEnum) -> Result<String> {
    let serde = attribute(&item.attrs, "serde").unwrap_or_default();
    let tag = value(&serde, "tag");
    let mut kinds = Vec::new();
    for variant in &item.variants {
        let name = kebab(&variant.ident.to_string());
        kinds.push(match (&variant.fields, &tag) {
            (Fields::Unit, None) => format!("\"{name}\""),
            (Fields::Named(fields), Some(tag)) => {
                let mut object = format!("{{ {tag}: \"{name}\"");
                for field in &fields.named {
                    object += &format!("; {}: {}", field.ident.as_ref().context("no name")?, of(&field.ty)?);
                }
                object + " }"
            }
            _ => bail!("{} is written as nothing that is known here", item.ident),
        });
    }
    Ok(format!("\n{}export type {} = {};\n", doc(&item.attrs, ""), item.ident, kinds.join(" | ")))
}

/// A type as TypeScript writes it.
fn of(kind: &Type) -> Result<String> {
    Ok(match kind {
        Type::Reference(reference) => of(&reference.elem)?,
        Type::Array(array) => {
            let Expr::Lit(length) = &array.len else { bail!("an array has no plain length") };
            let Lit::Int(length) = &length.lit else { bail!("an array has no plain length") };
            format!("[{}]", vec![of(&array.elem)?; length.base10_parse()?].join(", "))
        }
        Type::Path(path) => {
            let last = path.path.segments.last().context("a type has no name")?;
            let inner = || match &last.arguments {
                PathArguments::AngleBracketed(given) => match given.args.first() {
                    Some(GenericArgument::Type(inner)) => of(inner),
                    _ => bail!("{} of nothing", last.ident),
                },
                _ => bail!("{} of nothing", last.ident),
            };
            match &*last.ident.to_string() {
                "Option" => format!("{} | null", inner()?),
                "Vec" => format!("{}[]", inner()?),
                "String" | "str" => "string".to_owned(),
                "bool" => "boolean".to_owned(),
                "u8" | "u32" | "usize" | "f64" => "number".to_owned(),
                other => other.to_owned(),
            }
        }
        _ => bail!("a type that is not known here"),
    })
}

fn is_serialized(attributes: &[Attribute]) -> bool {
    attribute(attributes, "derive").is_some_and(|derived| derived.contains("Serialize"))
}

/// What is written in an attribute, if there is such a one.
fn attribute(attributes: &[Attribute], name: &str) -> Option<String> {
    let found = attributes.iter().find(|attribute| attribute.path().is_ident(name))?;
    Some(match &found.meta {
        Meta::List(list) => list.tokens.to_string(),
        _ => String::new(),
    })
}

/// The value of `name = value` in an attribute, without quotes.
fn value(attribute: &str, name: &str) -> Option<String> {
    let (_, rest) = attribute.split_once(&format!("{name} = "))?;
    let value = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?.0,
        None => rest.split(',').next()?.trim(),
    };
    Some(value.to_owned())
}

fn doc(attributes: &[Attribute], indent: &str) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(text) => match &text.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let text = lines.collect::<Vec<_>>().join(" ");
    if text.is_empty() { text } else { format!("{indent}/** {text} */\n") }
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + &part[..1].to_uppercase() + &part[1..])
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rust: &str, expected: &str) {
        assert_eq!(declared(&syn::parse_str(rust).unwrap()).unwrap().trim(), expected);
    }

    #[test]
    fn types_are_as_typescript_writes_them() {
        check(
            "#[derive(Serialize)] #[serde(rename_all = \"camelCase\")] struct A<'a> { /// Words.\n two_words: Option<&'a str>,
                #[serde(skip_serializing_if = \"Option::is_none\")] b: Option<Vec<Mark>> }",
            "export interface A {\n  /** Words. */\n  twoWords: string | null;\n  b?: Mark[];\n}",
        );
        check("struct Given { limit: Option<u32> }", "export interface Given {\n  limit?: number;\n}");
        check("type Mark = [usize; 2];", "export type Mark = [number, number];");
        check("enum Order { Newest, ByTitle }", "export type Order = \"newest\" | \"by-title\";");
        check(
            "#[serde(tag = \"kind\")] enum Note { AsText { part: &'static str } }",
            "export type Note = { kind: \"as-text\"; part: string };",
        );
    }

    #[test]
    fn functions_have_the_types_that_their_attributes_name() {
        check(
            "#[wasm_bindgen(js_name = find, unchecked_return_type = \"A | null\")] fn f(q: &str,
                #[wasm_bindgen(unchecked_optional_param_type = \"O\")] o: JsValue) -> JsValue { o }",
            "export function find(q: string, o?: O): A | null;",
        );
        check("fn private() {}", "");
    }

    #[test]
    fn the_projects_own_interface_is_whole() {
        let text = declarations().unwrap();
        for name in ["search", "suggest", "articles", "article", "related"] {
            assert!(text.contains(&format!("export function {name}(")), "{name} is missing in\n{text}");
        }
        assert!(text.contains("hits: Article[];") && text.contains("tookMs: number;"), "{text}");
    }
}
