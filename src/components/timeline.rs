use yew::prelude::*;

use super::filters::{name_of, shown_as};
use super::{Scene, choosing};
use crate::browser::intl;
use crate::state::{Bar, Timeline};

/// How the articles lie in time, as bars for the eye and as a table for the ear; each bar can be chosen.
pub fn timeline(scene: Scene, timeline: &Timeline) -> Html {
    let words = scene.edition.words();
    let bars = timeline.bars.iter().map(|time| bar(scene, timeline, time));
    let ends = [timeline.bars.first().map(|bar| &bar.ends[0]), timeline.bars.last().map(|bar| &bar.ends[1])];
    let ends = ends.into_iter().flatten().map(|end| shown_as(words, timeline.facet, end));
    html! {
        <fieldset class="timeline" key={timeline.facet as u32}>
            <legend>{ name_of(words, timeline.facet) }</legend>
            <div class="bars" role="table" aria-label={words.articles_in_time}>{ for bars }</div>
            <div class="ends" aria-hidden="true">{ for ends.map(|end| html! { <span>{ end }</span> }) }</div>
        </fieldset>
    }
}

fn bar(scene: Scene, timeline: &Timeline, bar: &Bar) -> Html {
    let words = scene.edition.words();
    let change = choosing(scene.act, timeline.facet, bar.values.clone(), !bar.chosen);
    let [first, last] = bar.ends.each_ref().map(|end| shown_as(words, timeline.facet, end));
    let name = if first == last { first } else { [&*first, "–", &last].concat().into() };
    let count = intl::number(bar.count, words.locale);
    html! {
        <div class="bar" role="row" key={bar.ends[0].clone()} title={[&*name, ": ", &count].concat()}>
            <span role="rowheader">
                <input type="checkbox" checked={bar.chosen} onchange={change} aria-label={name} disabled={bar.values.is_empty()} />
            </span>
            <span class="unseen" role="cell">{ count }</span>
            <svg viewBox="0 0 1 100" preserveAspectRatio="none" aria-hidden="true">
                <rect y={(100 - bar.height).to_string()} width="1" height={bar.height.to_string()} />
            </svg>
        </div>
    }
}
