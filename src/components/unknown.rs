use yew::prelude::*;

use super::Scene;
use super::article::back;
use super::element::{attributed, element, said};

/// In the place of an article that is not here: says so, and leads on.
pub fn unknown(scene: Scene) -> Html {
    let words = scene.edition.words();
    let heading = [Some("heading"), Some("-1")];
    let parts = vec![
        attributed("h2", &["class", "tabindex"], &heading, vec![said(words.unknown_article())]),
        element("p", "", vec![said(words.unknown_article_help())]),
        element("p", "", vec![back(scene, None)]),
    ];
    element("div", "page", parts)
}
