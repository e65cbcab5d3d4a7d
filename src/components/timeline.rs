use yew::prelude::*;

use super::element::{attributed, element, written};
use super::filters::{name_of, shown_as};
use super::{Scene, choosing};
use crate::browser::intl;
use crate::state::{Bar, Timeline};

/// How the articles lie in time, as bars for the eye and as a table for the ear; each bar can be chosen. Below the first
/// stretch of time there may be parts of it, which are called by their years.
pub fn timeline(scene: Scene, timeline: &Timeline, first: bool) -> Html {
    let words = scene.edition.words();
    let bars = timeline.bars.iter().map(|time| bar(scene, timeline, time));
    let (Some(from), Some(to)) = (timeline.bars.first(), timeline.bars.last()) else {
        return Html::default();
    };
    let (from, to) = (&*from.ends[0], &*to.ends[1]);
    let year = |end: &str| end.get(..4).unwrap_or(end).to_owned();
    let name = if first { name_of(words, timeline.facet).into() } else { stretch(year(from).into(), year(to).into()) };
    let end = |end: &str| element("span", "", vec![written(&shown_as(words, timeline.facet, end))]);
    let values = [Some("bars"), Some("table"), Some(words.articles_in_time())];
    let parts = vec![
        element("legend", "", vec![written(&name)]),
        attributed("div", &["class", "role", "aria-label"], &values, bars.collect()),
        attributed("div", &["class", "aria-hidden"], &[Some("ends"), Some("true")], vec![end(from), end(to)]),
    ];
    html! { <fieldset class="timeline" key={name.to_string()}>{ for parts }</fieldset> }
}

/// "2018", "1950–1959".
fn stretch(first: AttrValue, last: AttrValue) -> AttrValue {
    if first == last { first } else { [&*first, "–", &last].concat().into() }
}

fn bar(scene: Scene, timeline: &Timeline, bar: &Bar) -> Html {
    let words = scene.edition.words();
    let change = choosing(scene.act, timeline.facet, bar.values.clone(), !bar.chosen);
    let [first, last] = bar.ends.each_ref().map(|end| shown_as(words, timeline.facet, end));
    let name = stretch(first, last);
    let count = intl::number(bar.count, words.locale());
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
