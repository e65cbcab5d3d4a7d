//! Options as JavaScript gives them. What is left out is as usual; what is not understood is an error that names it.

use engine::search::{Choice, Facet, Sort};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use super::api::error;
use super::types::{Filters, ListOptions, Order, SearchOptions};

impl SearchOptions {
    pub fn read(given: &JsValue) -> Result<SearchOptions, JsValue> {
        let filters = get(given, "filters")?;
        Ok(SearchOptions {
            limit: whole(given, "limit")?,
            offset: whole(given, "offset")?,
            sort: get(given, "sort")?.map(|value| Order::read(&value)).transpose()?,
            prefix: get(given, "prefix")?.map(|value| value.is_truthy()),
            filters: filters.map(|value| Filters::read(&value)).transpose()?,
            facets: get(given, "facets")?.map(|value| value.is_truthy()),
        })
    }
}

impl ListOptions {
    pub fn read(given: &JsValue) -> Result<ListOptions, JsValue> {
        Ok(ListOptions { limit: whole(given, "limit")? })
    }
}

impl Order {
    fn read(value: &JsValue) -> Result<Order, JsValue> {
        Ok(match value.as_string().as_deref() {
            Some("relevance") => Order::Relevance,
            Some("newest") => Order::Newest,
            Some("oldest") => Order::Oldest,
            Some("title") => Order::Title,
            _ => return Err(wrong("sort")),
        })
    }
}

impl From<Order> for Sort {
    fn from(order: Order) -> Sort {
        match order {
            Order::Relevance => Sort::Relevance,
            Order::Newest => Sort::Newest,
            Order::Oldest => Sort::Oldest,
            Order::Title => Sort::Title,
        }
    }
}

impl Filters {
    fn read(given: &JsValue) -> Result<Filters, JsValue> {
        let mut filters = Filters::default();
        if !given.is_object() {
            return Err(wrong("filters"));
        }
        for (name, values) in filters.named() {
            *values = get(given, name)?.map(|value| texts(&value).ok_or_else(|| wrong(name))).transpose()?;
        }
        Ok(filters)
    }

    pub fn choices(self) -> Vec<Choice> {
        let values = [self.source, self.author, self.tag, self.language, self.kind, self.year, self.month];
        let chosen = Facet::ALL.into_iter().zip(values);
        chosen.filter_map(|(facet, values)| Some(Choice { facet, values: values? })).collect()
    }

    /// In the order of [`Facet::ALL`].
    fn named(&mut self) -> [(&'static str, &mut Option<Vec<String>>); 7] {
        [
            ("source", &mut self.source),
            ("author", &mut self.author),
            ("tag", &mut self.tag),
            ("language", &mut self.language),
            ("kind", &mut self.kind),
            ("year", &mut self.year),
            ("month", &mut self.month),
        ]
    }
}

/// `None` also where there are no options at all.
fn get(given: &JsValue, name: &str) -> Result<Option<JsValue>, JsValue> {
    if given.is_undefined() || given.is_null() {
        return Ok(None);
    }
    if !given.is_object() {
        return Err(error("option", "options are an object, or left out"));
    }
    let value = Reflect::get(given, &name.into())?;
    Ok(Some(value).filter(|value| !value.is_undefined() && !value.is_null()))
}

fn whole(given: &JsValue, name: &str) -> Result<Option<u32>, JsValue> {
    let Some(value) = get(given, name)? else { return Ok(None) };
    let whole = value.as_f64().filter(|value| *value >= 0.0 && value.trunc() == *value);
    whole.map(|value| Some(value as u32)).ok_or_else(|| wrong(name))
}

fn texts(value: &JsValue) -> Option<Vec<String>> {
    Array::is_array(value).then(|| Array::from(value).iter().map(|value| value.as_string()).collect())?
}

fn wrong(option: &str) -> JsValue {
    error("option", &[option, " is not one of the values that this option takes"].concat())
}
