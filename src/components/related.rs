use engine::search::Related;
use yew::prelude::*;

use super::Scene;
use super::article::{aside, link};
use super::element::{attributed, element, said, written};
use crate::state::Reading;

/// Articles about the same, each with what it has in common with this one.
pub fn related(scene: Scene, reading: &Reading) -> Html {
    let words = scene.edition.words();
    let line = |related: &Related| {
        let shared =
            || attributed("span", &["lang"], &[reading.head.language], vec![written(&related.shared.join(", "))]);
        let reason = match related.copy {
            true => vec![said(words.a_copy())],
            false => vec![written(&[words.also_about(), " "].concat()), shared()],
        };
        vec![link(scene, related.id), element("p", "facts", reason)]
    };
    aside(scene, "explorer-related", words.related(), reading.related.iter().map(line).collect())
}
