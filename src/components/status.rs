use engine::search::Answer;
use yew::prelude::*;

use super::element::{attributed, element, written};
use super::{Edition, Scene, filled};
use crate::browser::intl;

/// How many articles there are, and how long it took to find them: at once for the eye, once per pause for the ear.
pub fn status(scene: Scene) -> Html {
    let words = scene.edition.words();
    let mut shown = vec![written(&sentence(scene.edition, &scene.state.answer))];
    if !scene.state.route.text.is_empty() {
        let time = intl::number(scene.state.took, words.locale());
        shown.push(element("span", "", filled(words.took(), &[("time", written(&time))])));
    }
    let values = [Some("status"), Some("true"), Some("unseen")];
    let parts = [
        attributed(
            "p",
            &["aria-hidden", "class", "part"],
            &[Some("true"), Some("count"), scene.edition.part("status")],
            shown,
        ),
        attributed("p", &["role", "aria-atomic", "class"], &values, vec![written(scene.said)]),
    ];
    parts.into_iter().collect()
}

/// "3 articles, 12 more with some of the words".
pub fn sentence(edition: Edition, answer: &Answer) -> String {
    let words = edition.words();
    let partly = answer.total - answer.complete.min(answer.total);
    if answer.complete == 0 && partly > 0 {
        return edition.counted(words.none_with_all(), partly);
    }
    let mut sentence = edition.counted(words.count(), answer.complete);
    if partly > 0 {
        sentence += words.comma();
        sentence += " ";
        sentence += &edition.counted(words.more_with_some(), partly);
    }
    sentence
}
