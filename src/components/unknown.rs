use yew::prelude::*;

use super::{Scene, going};
use crate::state::Action;

/// In the place of an article that is not here: says so, and leads on.
pub fn unknown(scene: Scene) -> Html {
    let (route, words) = (&scene.state.route, scene.edition.words());
    let close = going(scene.act, Action::Close);
    html! {
        <div class="page">
            <h2 class="heading" tabindex="-1">{ words.unknown_article }</h2>
            <p>{ words.unknown_article_help }</p>
            <p><a href={route.to_list()} onclick={close}>{ words.back(&route.text) }</a></p>
        </div>
    }
}
