//! Elements as functions, for the many that have nothing of their own. Each use of `html!` costs a few hundred bytes of
//! wasm, each call of these a few dozen.
//!
//! Children that come and go leave `Html::default()` in their place: Yew tells siblings without keys apart by counting
//! from the end, and one that it takes for another loses the focus.

use std::rc::Rc;

use yew::html::onclick;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag, VText};

use crate::browser::home;

/// `<name class="class">`, with these children; without the class if that is empty.
pub fn element(name: &'static str, class: &'static str, children: Vec<Html>) -> Html {
    attributed(name, &["class"], &[Some(class).filter(|class| !class.is_empty())], children)
}

/// An element with these attributes, but for those whose value is `None`.
pub fn attributed(
    name: &'static str,
    keys: &'static [&'static str],
    values: &[Option<&'static str>],
    children: Vec<Html>,
) -> Html {
    build(name, keys, values, None, children).into()
}

/// A link that does something within the explorer, to an address of our own page. The first of its attributes is `href`,
/// whose value is not among `values`.
pub fn link_to(
    href: String,
    keys: &'static [&'static str],
    values: &[Option<&'static str>],
    on_click: Callback<MouseEvent>,
    says: Html,
) -> Html {
    let mut tag = build("a", keys, values, Some(home::to(&href)), vec![says]);
    tag.add_listener(Rc::new(onclick::Wrapper::new(on_click)));
    tag.into()
}

/// A button that does something. Its attributes are `class` and `aria-label`; what says enough by itself has no label.
pub fn button_for(
    class: Option<&'static str>,
    label: Option<String>,
    on_click: Callback<MouseEvent>,
    says: Html,
) -> Html {
    let keys = if label.is_some() { &["aria-label", "type", "class"] } else { &["type", "class"][..] };
    let mut tag = build("button", keys, &[Some("button"), class], label, vec![says]);
    tag.add_listener(Rc::new(onclick::Wrapper::new(on_click)));
    tag.into()
}

/// A text that is always the same.
pub fn said(text: &'static str) -> Html {
    VText::new(text).into()
}

/// Any text.
pub fn written(text: &str) -> Html {
    VText::new(text.to_owned()).into()
}

/// `first` is the value of the first attribute, if that is not among the others.
fn build(
    name: &'static str,
    keys: &'static [&'static str],
    values: &[Option<&'static str>],
    first: Option<String>,
    children: Vec<Html>,
) -> VTag {
    let mut tag = VTag::new(name);
    let mut all = Vec::with_capacity(keys.len());
    all.extend(first.map(|first| Some(AttributeOrProperty::Attribute(first.into()))));
    all.extend(values.iter().map(|value| value.map(|value| AttributeOrProperty::Attribute(value.into()))));
    tag.set_attributes(Attributes::Dynamic { keys, values: all.into() });
    children.into_iter().for_each(|child| tag.add_child(child));
    tag
}
