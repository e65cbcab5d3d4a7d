use engine::article::Kind;
use engine::search::{Facet, FacetCount, FacetCounts};
use yew::prelude::*;

use super::element::{attributed, button_for, element, said, written};
use super::{Scene, choosing, deferred, doing};
use crate::browser::intl;
use crate::state::Action;
use crate::words::Words;

/// How many values of a facet are shown at once; the others on demand.
const SHOWN: usize = 6;

/// The facts by which the articles can be told apart, each a group of checkboxes.
pub fn filters(scene: Scene) -> Html {
    let facets = &scene.state.counted.facets;
    let times = if scene.state.is_whole() { deferred::times(scene) } else { Html::default() };
    let groups = facets.iter().filter(|counts| tells_apart(counts, scene.state.counted.total));
    element("div", "filters", vec![times, groups.map(|counts| group(scene, counts)).collect()])
}

/// Where all articles have one value there is nothing to choose, but one wants to see the source.
fn tells_apart(counts: &FacetCounts, total: u32) -> bool {
    let only = |value: &FacetCount| value.count == total && !value.chosen;
    match (counts.facet, &*counts.values) {
        (Facet::Year | Facet::Month, _) => false,
        (Facet::Source, _) => true,
        (_, [value]) => !only(value),
        _ => true,
    }
}

fn group(scene: Scene, counts: &FacetCounts) -> Html {
    let words = scene.edition.words();
    // What is chosen stays in sight.
    let most = counts.values.iter().rposition(|value| value.chosen).map_or(SHOWN, |last| SHOWN.max(last + 1));
    let most = if scene.state.unfolded == Some(counts.facet) { usize::MAX } else { most };
    let (first, more) = counts.values.split_at(most.min(counts.values.len()));
    let mut parts = vec![element("legend", "", vec![said(name_of(words, counts.facet))])];
    parts.push(first.iter().map(|value| choice(scene, counts.facet, value)).collect());
    if !more.is_empty() {
        let more = written(&scene.edition.counted(words.more_values(), more.len() as u32));
        parts.push(button_for(None, None, doing(scene.act, Action::Unfold(counts.facet)), more));
    }
    let unfolded = (scene.state.unfolded == Some(counts.facet)).then_some("");
    html! { <fieldset class="facet" key={counts.facet as u32} data-unfolded={unfolded}>{ for parts }</fieldset> }
}

fn choice(scene: Scene, facet: Facet, value: &FacetCount) -> Html {
    let words = scene.edition.words();
    let change = choosing(scene.act, facet, vec![value.value.clone()], !value.chosen);
    html! {
        <div class="choice" key={value.value.clone()}>
            <label>
                <input type="checkbox" checked={value.chosen} onchange={change} />
                { attributed("span", &["dir"], &[Some("auto")], vec![written(&listed_as(words, facet, &value.value))]) }
            </label>
            { element("span", "count", vec![written(&intl::number(value.count, words.locale()))]) }
        </div>
    }
}

/// What a facet is called.
pub fn name_of(words: &'static Words, facet: Facet) -> &'static str {
    match facet {
        Facet::Source => words.source(),
        Facet::Author => words.author(),
        Facet::Tag => words.tag(),
        Facet::Language => words.language(),
        Facet::Kind => words.kind(),
        Facet::Year | Facet::Month => words.date(),
    }
}

/// A value of a facet as readers know it.
pub fn shown_as(words: &'static Words, facet: Facet, value: &str) -> AttrValue {
    match facet {
        Facet::Month => intl::month(value, words.locale()).into(),
        _ => listed_as(words, facet, value),
    }
}

/// The same for those that are groups of checkboxes.
fn listed_as(words: &'static Words, facet: Facet, value: &str) -> AttrValue {
    match facet {
        Facet::Kind if value == Kind::Brief.name() => words.brief().into(),
        Facet::Kind => words.article().into(),
        Facet::Language => intl::language(value, words.locale()).into(),
        Facet::Source | Facet::Author | Facet::Tag | Facet::Year | Facet::Month => value.to_owned().into(),
    }
}
