//! The page: the state, drawn, and kept in step with the browser around it.

mod address;
mod keys;
mod place;

#[cfg(test)]
mod tests;

use yew::prelude::*;

use crate::browser::history::Memory;
use crate::browser::{self, files, storage};
use crate::components::{
    Edition, Scene, SearchBox, Sheet, article, completions, direction, doing, filters, going, keys, list, notes,
    overview, settings, toolbar, unknown,
};
use crate::state::{self, Action, Open, Route, Settings, State};
use crate::words::Language;

/// The name under which the browser keeps the reader's settings.
pub const SETTINGS: &str = "article-explorer";

#[derive(PartialEq, Properties)]
pub struct Props {
    pub edition: Edition,
    pub settings: Settings,
    /// What the collection is called.
    pub name: AttrValue,
    /// What the address says at the beginning, and what is remembered with it.
    pub route: Route,
    pub memory: Memory,
}

/// The whole explorer.
#[component]
pub fn App(props: &Props) -> Html {
    let state = use_reducer(|| {
        State::new(props.edition.articles, props.route.clone(), props.memory.rows, props.settings.clone())
    });
    let explorer = use_node_ref();
    let act = address::use_address(&state, &explorer, props.memory);
    place::use_place(&state, &explorer, &props.name);
    keys::use_keys(&state, &explorer, &act);
    use_effect_with(state.settings.clone(), |settings| storage::write(SETTINGS, &settings.text()));
    let language = use_language(state.settings.language.as_deref(), props.edition.language);
    let edition = Edition { language, ..props.edition };
    let (tag, _) = language.names();
    let scene = Scene { edition, state: &state, act: &act };
    let home = going(&act, Action::Home);
    html! {
        <div ref={explorer} class="explorer" data-open={(state.open != Open::Nothing).then_some("")}
            data-searching={(!state.route.text.is_empty()).then_some("")} lang={tag} dir={direction(Some(tag))}
            data-theme={state.settings.theme.name()} data-size={state.settings.size.to_string()}>
            <header class="masthead">
                <h1 class="name"><a href="?" onclick={home}>{ &props.name }</a></h1>
                { search_box(scene) }
                { settings_button(scene) }
            </header>
            <main class="desk">
                { findings(scene) }
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

fn settings_button(scene: Scene) -> Html {
    let words = scene.edition.words();
    let show = doing(scene.act, Action::Show(Some(state::Sheet::Settings)));
    html! {
        <button class="setter" type="button" aria-haspopup="dialog" aria-label={words.settings} title={words.settings}
            onclick={show}>{ "Aa" }</button>
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
