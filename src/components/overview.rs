use yew::prelude::*;

use super::element::{attributed, element, said, written};
use super::{Scene, deferred, filters};
use crate::state::Shelf;
use crate::words::Several;

/// What stands beside the list while no article is open: what there is, and how to search in it.
pub fn overview(scene: Scene) -> Html {
    let words = scene.edition.words();
    let heading = attributed("h2", &["aria-level"], &[scene.edition.level(2)], vec![said(words.ways_to_search())]);
    let kept = scene.edition.is_ours() && scene.state.is_whole() && *scene.state.shelf != Shelf::default();
    let kept = if kept { deferred::kept(scene) } else { Html::default() };
    let mut parts = vec![filters(scene), kept];
    let examples = scene.edition.articles.examples();
    if examples.clone().next().is_some() {
        parts.extend([heading, explained(examples, words.ways())]);
    }
    element("div", "page overview", parts)
}

/// The keys and what they do.
pub fn keys(scene: Scene) -> Html {
    explained(KEYS.into_iter(), scene.edition.words().keys())
}

const KEYS: [&str; 6] = ["/", "Esc", "j  k", "Enter", "n  p", "?"];

/// Things to type with what they do.
fn explained<'t>(what: impl Iterator<Item = &'t str>, does: Several) -> Html {
    let pair = |(what, does): (&str, &'static str)| {
        let what = attributed("kbd", &["dir"], &[Some("auto")], vec![written(what)]);
        element("div", "", vec![element("dt", "", vec![what]), element("dd", "", vec![said(does)])])
    };
    element("dl", "keys", what.zip(does.iter()).map(pair).collect())
}
