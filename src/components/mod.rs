//! What is seen: one file per component. They draw what they are given and tell what the reader meant.
//!
//! What has no hooks is a plain function: a component of its own costs about 4 kB of wasm, and the browser nothing less.

mod actions;
mod article;
mod blocks;
mod completions;
mod contents;
pub mod deferred;
pub mod element;
mod facts;
mod filters;
mod list;
mod matches;
mod notes;
mod overview;
mod pass_on;
mod related;
mod row;
mod search_box;
mod settings;
mod sheet;
mod shelf;
mod status;
mod text;
mod timeline;
mod toolbar;
mod unknown;
mod waiting;

pub use actions::passed_on;
pub use completions::completions;
use filters::filters;
pub use list::list;
pub use notes::notes;
pub use overview::overview;
pub use row::row;
pub use search_box::{search_box, typed};
pub use sheet::sheet;
pub use status::sentence;
pub use toolbar::toolbar;
pub use waiting::waiting;

use engine::article::Date;
use engine::search::Facet;
use yew::prelude::*;

use self::element::{button_for, said};
use crate::browser::{self, intl};
use crate::state::{Action, Articles, State};
use crate::words::{Language, Plural, Words};

/// What everything that is drawn needs: the articles and the language that the page speaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edition {
    pub articles: Articles,
    pub language: Language,
    /// Whether the device offers to share.
    pub shares: bool,
    pub host: Host,
}

/// On whose page the explorer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Ours, with an address bar, a title and a memory that are the explorer's to use.
    Ours,
    /// Somebody else's, where all of that is left alone, and where headings begin with this level.
    Another { level: u8 },
}

impl Edition {
    pub fn words(self) -> &'static Words {
        self.language.words()
    }

    pub fn is_ours(self) -> bool {
        self.host == Host::Ours
    }

    /// The name under which another page's style sheet finds an element.
    pub fn part(self, name: &'static str) -> Option<&'static str> {
        Some(name).filter(|_| !self.is_ours())
    }

    /// What `aria-level` says of a heading of this level of ours, where it has another among those of the page.
    pub fn level(self, ours: u8) -> Option<&'static str> {
        const LEVELS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
        match self.host {
            Host::Ours | Host::Another { level: 2 } => None,
            Host::Another { level } => LEVELS.get(usize::from((ours + level).saturating_sub(3))).copied(),
        }
    }

    /// "1 article", "74,000 articles".
    pub fn counted(self, plural: Plural, number: u32) -> String {
        let words = self.words();
        let text = intl::number(number, words.locale());
        words.counted(plural, number).replacen('#', &text, 1)
    }
}

/// What is drawn from, and where the reader's meanings go.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub edition: Edition,
    pub state: &'a State,
    pub act: &'a Callback<Action>,
    /// What a screen reader is told about the answer.
    pub said: &'a str,
}

/// A sentence with its `{names}` replaced.
fn filled(sentence: &'static str, parts: &[(&str, Html)]) -> Vec<Html> {
    let mut rest = sentence;
    let mut nodes = Vec::new();
    while let Some((before, tail)) = rest.split_once('{') {
        let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
        nodes.push(said(before));
        nodes.extend(parts.iter().find(|part| part.0 == name).map(|part| part.1.clone()));
        rest = after;
    }
    nodes.push(said(rest));
    nodes
}

/// A date as readers and machines read it.
fn time(words: &'static Words, date: Date) -> Html {
    html! { <time datetime={intl::machine_date(date)}>{ intl::date(date, words.locale()) }</time> }
}

/// What a click on a link within the page does, unless the reader asks the browser for something else.
pub fn going(act: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    let act = act.clone();
    Callback::from(move |click: MouseEvent| {
        if browser::is_plain(&click) {
            click.prevent_default();
            act.emit(action.clone());
        }
    })
}

/// What a checkbox does that chooses values of a facet, or gives them up.
fn choosing(act: &Callback<Action>, facet: Facet, values: Vec<String>, chosen: bool) -> Callback<Event> {
    let action = Action::Choose(facet, values, chosen);
    let act = act.clone();
    Callback::from(move |_| act.emit(action.clone()))
}

/// What a click on a button does.
pub fn doing(act: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    let act = act.clone();
    Callback::from(move |_| act.emit(action.clone()))
}

/// A button that says what it does.
fn button(scene: Scene, says: &'static str, action: Action) -> Html {
    button_for(None, None, doing(scene.act, action), said(says))
}

/// The direction of a language's writing, or that the text itself tells.
pub fn direction(language: Option<&str>) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 11] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
    match language.map(|tag| tag.split('-').next().unwrap_or_default()) {
        None => "auto",
        Some(language) if RIGHT_TO_LEFT.contains(&language) => "rtl",
        Some(_) => "ltr",
    }
}
