use yew::prelude::*;

use super::element::{attributed, element, said};
use super::{Scene, deferred, filters};
use crate::state::Shelf;
use crate::words::Several;

/// What stands beside the list while no article is open: what there is, and how to search in it.
pub fn overview(scene: Scene) -> Html {
    let words = scene.edition.words();
    let heading = |name| attributed("h2", &["aria-level"], &[scene.edition.level(2)], vec![said(name)]);
    let kept = scene.edition.is_ours() && scene.state.is_whole() && *scene.state.shelf != Shelf::default();
    let kept = if kept { deferred::kept(scene) } else { Html::default() };
    let parts = vec![filters(scene), kept, heading(words.ways_to_search), explained(&WAYS, words.ways)];
    element("div", "page overview", parts)
}

/// The keys and what they do.
pub fn keys(scene: Scene) -> Html {
    explained(&KEYS, scene.edition.words().keys)
}

/// Queries as examples.
const WAYS: [&str; 7] =
    ["nuclear test", "\"test ban\"", "nuclear -test", "test OR trial", "nucle*", "title:treaty", "date:2019..2021"];

const KEYS: [&str; 6] = ["/", "Esc", "j  k", "Enter", "n  p", "?"];

/// Things to type with what they do.
fn explained(what: &'static [&'static str], does: Several) -> Html {
    let pair = |(what, does): (&&'static str, &'static str)| {
        let what = attributed("kbd", &["dir"], &[Some("ltr")], vec![said(what)]);
        element("div", "", vec![element("dt", "", vec![what]), element("dd", "", vec![said(does)])])
    };
    element("dl", "keys", what.iter().zip(does.iter()).map(pair).collect())
}
