//! The page: the state, drawn, and kept in step with the browser around it.

mod address;
mod deeds;
mod keys;
mod place;

#[cfg(test)]
mod tests;

use yew::prelude::*;

use crate::browser::history::Memory;
use crate::browser::{self, files, storage};
use crate::components::{
    Edition, Scene, SearchBox, Sheet, article, completions, direction, doing, filters, going, keys, list, notes,
    overview, pass_on, settings, shelf, toolbar, unknown,
};
use crate::state::{self, Action, Clock, Kept, Open, Route, Settings, State};
use crate::words::Language;

pub use deeds::shelf_name;

/// The name under which the browser keeps the reader's settings.
pub const SETTINGS: &str = "article-explorer";

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    pub kept: Kept,
    /// What the collection is called.
    pub name: AttrValue,
    /// What the address says at the beginning, and what is remembered with it.
    pub route: Route,
    pub memory: Memory,
    /// The address of the page up to the question mark.
    pub place: AttrValue,
    pub clock: Clock,
}

/// The whole explorer.
#[component]
pub fn App(props: &Props) -> Html {
    let state = use_reducer(|| {
        let (route, kept) = (props.route.clone(), props.kept.clone());
        State::new(props.edition.articles, props.place.clone(), props.clock, props.memory.rows, route, kept)
    });
    let explorer = use_node_ref();
    let act = address::use_address(&state, &explorer, props.memory);
    place::use_place(&state, &explorer, &props.name);
    keys::use_keys(&state, &explorer, &act);
    deeds::use_selection(&explorer, &act);
    deeds::use_shelf(&state, &act);
    {
        let explorer = explorer.clone();
        use_effect_with(state.settings.clone(), move |settings| {
            storage::write(SETTINGS, &settings.text());
            browser::set_property(&explorer, "--share", &[&*settings.width.to_string(), "%"].concat());
        });
    }
    let language = use_language(state.settings.language.as_deref(), props.edition.language);
    let edition = Edition { language, ..props.edition };
    let (tag, _) = language.names();
    let act = deeds::doer(&state, edition.words(), &act);
    let scene = Scene { edition, state: &state, act: &act };
    let home = going(&act, Action::Home);
    html! {
        <div ref={explorer} class="explorer" data-open={(state.open != Open::Nothing).then_some("")}
            data-searching={state.is_searching().then_some("")} lang={tag} dir={direction(Some(tag))}
            data-theme={state.settings.theme.name()} data-size={state.settings.size.to_string()}>
            <header class="masthead">
                <h1 class="name"><a href="?" onclick={home}>{ &props.name }</a></h1>
                { search_box(scene) }
                { opener(scene, "ribbon", edition.words().shelf, state::Sheet::Shelf) }
                { opener(scene, "letters", edition.words().settings, state::Sheet::Settings) }
            </header>
            <main class="desk">
                { findings(scene) }
                { divider(scene) }
                <div class="reader">{ reader(scene) }</div>
            </main>
            { sheet(scene) }
        </div>
    }
}

/// The language that the reader chose, as soon as its texts are there, or else that of the browser.
#[hook]
fn use_language(chosen: Option<&str>, usual: Language) -> Language {
    let arrived = use_force_update();
    let wanted = chosen.map_or(usual, |tag| Language::of([tag]));
    use_effect_with(wanted, move |language| {
        let language = *language;
        if !language.is_known() {
            yew::platform::spawn_local(async move {
                files::learn(language).await;
                arrived.force_update();
            });
        }
    });
    if wanted.is_known() { wanted } else { usual }
}

fn search_box(scene: Scene) -> Html {
    let on_type = scene.act.reform(|text| match browser::is_narrow() {
        true => Action::TypeInstead(text),
        false => Action::Type(text),
    });
    let on_settle = scene.act.reform(|()| Action::Settle);
    html! { <SearchBox edition={scene.edition} text={scene.state.route.text.clone()} {on_type} {on_settle} /> }
}

/// A button that lays a sheet over the page.
fn opener(scene: Scene, look: &'static str, name: &'static str, sheet: state::Sheet) -> Html {
    let show = doing(scene.act, Action::Show(Some(sheet)));
    html! {
        <button class={look} type="button" aria-haspopup="dialog" aria-label={name} title={name} onclick={show} />
    }
}

/// Between list and article, where these stand side by side.
fn divider(scene: Scene) -> Html {
    let (act, now) = (scene.act.clone(), Settings::clone(&scene.state.settings));
    let value = now.width.to_string();
    let change = Callback::from(move |event: InputEvent| {
        let width = browser::value_of(&event).parse().unwrap_or_default();
        act.emit(Action::Set(Settings { width, ..now.clone() }.within_limits()));
    });
    html! {
        <input class="divider" type="range" min="0" max="100" {value} aria-label={scene.edition.words().list_width} oninput={change} />
    }
}

fn findings(scene: Scene) -> Html {
    html! {
        <section class="findings" aria-label={scene.edition.words().articles}>
            <div class="told">
                { toolbar(scene) }
                { completions(scene) }
                { notes(scene) }
            </div>
            <div>{ list(scene) }</div>
        </section>
    }
}

fn sheet(scene: Scene) -> Html {
    let words = scene.edition.words();
    let on_close = scene.act.reform(|()| Action::Show(None));
    let (title, content) = match scene.state.sheet {
        None => (None, Html::default()),
        Some(state::Sheet::Filters) => (Some(words.filters), filters(scene)),
        Some(state::Sheet::Shelf) => (Some(words.shelf), shelf(scene)),
        Some(state::Sheet::Pass(form)) => (Some(words.cite), pass_on(scene, form)),
        Some(state::Sheet::Settings) => (Some(words.settings), settings(scene)),
        Some(state::Sheet::Keys) => (Some(words.keys_heading), keys(scene)),
    };
    html! { <Sheet edition={scene.edition} {title} {on_close}>{ content }</Sheet> }
}

fn reader(scene: Scene) -> Html {
    match &scene.state.open {
        Open::Nothing => overview(scene),
        Open::Unknown(_) => unknown(scene),
        Open::Article(reading) => html! { <div key={reading.id.0}>{ article(scene, reading) }</div> },
    }
}
