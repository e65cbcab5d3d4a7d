use engine::search::Sort;
use yew::prelude::*;

use super::element::{attributed, button_for, element, written};
use super::filters::shown_as;
use super::status::status;
use super::{Scene, deferred, doing};
use crate::browser;
use crate::state::{Action, Sheet};

/// Above the list: how many there are, in what order, and by which filters.
pub fn toolbar(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    let filters = html! {
        <button class="filter" type="button" aria-haspopup="dialog"
            onclick={doing(scene.act, Action::Show(Some(Sheet::Filters)))}>{ words.filters() }</button>
    };
    let chips =
        if state.is_whole() && !state.route.choices.is_empty() { deferred::chips(scene) } else { Html::default() };
    [element("div", "toolbar", vec![status(scene), order(scene), filters]), chips].into_iter().collect()
}

const ORDERS: [Sort; 4] = [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Title];

fn order(scene: Scene) -> Html {
    let (state, words) = (scene.state, scene.edition.words());
    // Where nothing is searched for nothing is best, and the newest come first.
    let first = usize::from(state.route.text.is_empty());
    let now = ORDERS.iter().position(|order| *order == state.route.sort).unwrap_or(0).max(first);
    let act = scene.act.clone();
    let change = Callback::from(move |event: Event| {
        // One digit: to read any number is more of the program.
        let place =
            browser::value_of(&event).bytes().next().map_or(first, |digit| usize::from(digit.wrapping_sub(b'0')));
        act.emit(Action::Sort(ORDERS[place.min(ORDERS.len() - 1)]));
    });
    let option = |place: usize| {
        html! { <option value={place.to_string()} selected={place == now}>{ words.orders().get(place) }</option> }
    };
    html! {
        <select class="order" aria-label={words.order()} onchange={change}>
            { for (first..ORDERS.len()).map(option) }
        </select>
    }
}

/// The filters that are in force; a click takes one away.
pub fn chips(scene: Scene) -> Html {
    let words = scene.edition.words();
    let choices = &scene.state.route.choices;
    let chosen = choices.iter().flat_map(|choice| choice.values.iter().map(|value| (choice.facet, value)));
    let chip = |(facet, value): (_, &String)| {
        let shown = shown_as(words, facet, value);
        let remove = doing(scene.act, Action::Choose(facet, vec![value.clone()], false));
        let label = words.without_filter().replacen("{filter}", &shown, 1);
        element("li", "", vec![button_for(None, Some(label), remove, written(&shown))])
    };
    let values = [Some("chips"), Some("list"), Some(words.filters())];
    attributed("ul", &["class", "role", "aria-label"], &values, chosen.map(chip).collect())
}
