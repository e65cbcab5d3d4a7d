use yew::prelude::*;

use super::Scene;

/// What stands beside the list while no article is open: how to search, and the keys.
pub fn overview(scene: Scene) -> Html {
    let words = scene.edition.words();
    html! {
        <div class="page overview">
            <h2 class="heading">{ words.ways_to_search }</h2>
            { explained(&words.ways) }
            <h2>{ words.keys_heading }</h2>
            { explained(&words.keys) }
        </div>
    }
}

/// Things to type with what they do.
fn explained(pairs: &'static [(&'static str, &'static str)]) -> Html {
    let pair = |(what, does): &(&'static str, &'static str)| {
        html! { <div><dt><kbd dir="ltr">{ *what }</kbd></dt><dd>{ *does }</dd></div> }
    };
    html! { <dl>{ for pairs.iter().map(pair) }</dl> }
}
