//! The doors to what the first look at the list can do without. `cargo xtask build` moves all that can be reached through
//! them alone into a second wasm, which is fetched when it is first needed; until then (`Program` in the state) nobody
//! may go through. Whatever is added here is found by the name of this module.

use engine::index::DocumentId;
use yew::prelude::*;

use super::element::{element, said};
use super::timeline::timeline;
use super::{Scene, article, completions, filters, notes, overview, pass_on, row, settings, shelf, toolbar, unknown};
use crate::browser::scroll;
use crate::state::{Action, Reading, Sheet, timelines};

/// The open article.
#[inline(never)]
pub fn reader(scene: Scene, reading: &Reading) -> Html {
    article::article(scene, reading)
}

/// In the place of an article that is not here.
#[inline(never)]
pub fn unknown(scene: Scene) -> Html {
    unknown::unknown(scene)
}

/// What a click on a button does that shows other rows of the list.
#[inline(never)]
pub fn turning(scene: Scene, action: Action) -> Callback<MouseEvent> {
    let act = scene.act.clone();
    Callback::from(move |click| scroll::holding(&click, action == Action::More, || act.emit(action.clone())))
}

/// What lies on a sheet.
#[inline(never)]
pub fn sheet(scene: Scene, sheet: Sheet) -> Html {
    match sheet {
        Sheet::Filters => filters::filters(scene),
        Sheet::Shelf => shelf::shelf(scene),
        Sheet::Settings => settings::settings(scene),
        Sheet::Keys => overview::keys(scene),
        Sheet::Pass(form) => pass_on::pass_on(scene, form),
    }
}

/// What the reader has saved and read, under its heading.
#[inline(never)]
pub fn kept(scene: Scene) -> Html {
    let heading = element("h2", "", vec![said(scene.edition.words().shelf())]);
    [heading, element("div", "shelf", vec![shelf::shelf(scene)])].into_iter().collect()
}

/// Ways in which the query may go on, and what there is to say about it.
#[inline(never)]
pub fn ways(scene: Scene) -> Html {
    [completions(scene), notes::notes(scene)].into_iter().collect()
}

/// The copies of an article in the list, which are found with the whole program alone.
#[inline(never)]
pub fn copies(scene: Scene, ids: &[DocumentId]) -> Html {
    row::copies(scene, ids)
}

/// The filters that are in force.
#[inline(never)]
pub fn chips(scene: Scene) -> Html {
    toolbar::chips(scene)
}

/// How the articles lie in time.
#[inline(never)]
pub fn times(scene: Scene) -> Html {
    let times = timelines(&scene.state.counted.facets);
    times.iter().enumerate().map(|(place, line)| timeline(scene, line, place == 0)).collect()
}
