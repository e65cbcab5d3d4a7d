use yew::prelude::*;

use super::{Scene, filters, shelf};
use crate::state::Shelf;
use crate::words::Several;

/// What stands beside the list while no article is open: what there is, and how to search in it.
pub fn overview(scene: Scene) -> Html {
    let words = scene.edition.words();
    html! {
        <div class="page overview">
            { filters(scene) }
            if *scene.state.shelf != Shelf::default() {
                <h2>{ words.shelf }</h2>
                <div class="shelf">{ shelf(scene) }</div>
            }
            <h2>{ words.ways_to_search }</h2>
            { explained(&WAYS, words.ways) }
        </div>
    }
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
        html! { <div><dt><kbd dir="ltr">{ *what }</kbd></dt><dd>{ does }</dd></div> }
    };
    html! { <dl class="keys">{ for what.iter().zip(does.iter()).map(pair) }</dl> }
}
