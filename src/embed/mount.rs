//! The explorer in an element of any page.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

use super::api;
use crate::app::{App, Outside, Props, Shown};
use crate::browser::history::Memory;
use crate::browser::{self, deferred, files, home, pass_on};
use crate::components::{Edition, Host};
use crate::state::{Action, Clock, Kept, Program, ROWS, Route, Settings};
use crate::words::Language;

#[wasm_bindgen]
extern "C" {
    /// What the element of another's page says about itself.
    pub type Options;

    /// The address of our own page, which links lead to and files come from.
    #[wasm_bindgen(method, getter, structural)]
    fn home(this: &Options) -> String;
    /// The tags of the languages that the reader may know, best first, parted by spaces.
    #[wasm_bindgen(method, getter, structural)]
    fn languages(this: &Options) -> String;
    /// What the region is called, if it has a name of its own.
    #[wasm_bindgen(method, getter, structural)]
    fn label(this: &Options) -> Option<String>;
    /// The level of the first headings.
    #[wasm_bindgen(method, getter, structural)]
    fn level(this: &Options) -> u8;
    /// What to show, as in the address of our own page: `?q=huawei&article=some-slug`.
    #[wasm_bindgen(method, getter, structural)]
    fn address(this: &Options) -> String;
    /// Called with the slug of the article that the reader wants to open, or `undefined` for closing; `false` forbids it.
    #[wasm_bindgen(method, getter, structural)]
    fn may(this: &Options) -> Function;
    /// Called with what is shown now: its address, how many articles match, and whether the reader did it.
    #[wasm_bindgen(method, getter, structural)]
    fn shown(this: &Options) -> Function;
}

struct Mounted {
    app: AppHandle<App>,
    outside: Outside,
}

thread_local! {
    /// By their handles.
    static MOUNTED: RefCell<Vec<Option<Mounted>>> = const { RefCell::new(Vec::new()) };
}

/// Puts an explorer into `root`, in the place of all that is there, and returns the handle for [`update`] and
/// [`destroy`]. It touches nothing of the page outside of `root`.
#[wasm_bindgen]
pub async fn mount(root: Element, options: Options) -> Result<u32, JsValue> {
    home::set(options.home(), false);
    let language = Language::of(options.languages().split(' '));
    files::learn(language).await;
    let articles = api::opened()?;
    let host = Host::Another { level: options.level() };
    let edition = Edition { articles, language, shares: pass_on::can_share(), host };
    let (may, shown) = (options.may(), options.shown());
    let outside = Outside::new(
        move |slug| {
            let slug = slug.map_or(JsValue::UNDEFINED, JsValue::from);
            may.call1(&JsValue::UNDEFINED, &slug).is_ok_and(|answer| answer != JsValue::FALSE)
        },
        move |Shown { address, total, by_reader }| {
            _ = shown.call3(&JsValue::UNDEFINED, &address.into(), &(*total).into(), &(*by_reader).into());
        },
    );
    // Single letters are the page's.
    let settings = Settings { keys: false, ..Settings::default() };
    let props = Props {
        edition,
        kept: Kept { settings, ..Kept::default() },
        name: options.label().unwrap_or_else(|| language.words().articles().to_owned()).into(),
        route: Route::parse(&options.address()),
        memory: Memory { rows: ROWS, ..Memory::default() },
        place: home::home().into(),
        clock: Clock(browser::now),
        program: Program::at_first(deferred::is_cut()),
        outside: outside.clone(),
    };
    if let Some(coming) = props.awaited() {
        coming.await;
    }
    let app = yew::Renderer::<App>::with_root_and_props(root, props).render();
    MOUNTED.with_borrow_mut(|mounted| {
        mounted.push(Some(Mounted { app, outside }));
        Ok(mounted.len() as u32 - 1)
    })
}

/// Lets a mounted explorer show what `address` says.
#[wasm_bindgen]
pub fn update(handle: u32, address: &str) {
    let outside = MOUNTED.with_borrow(|mounted| {
        let mounted = mounted.get(handle as usize)?.as_ref()?;
        Some(mounted.outside.clone())
    });
    if let Some(outside) = outside {
        outside.act(Action::Arrive(Route::parse(address), ROWS));
    }
}

/// Takes an explorer out of its root. The handle means nothing from now on.
#[wasm_bindgen]
pub fn destroy(handle: u32) {
    let mounted = MOUNTED.with_borrow_mut(|mounted| mounted.get_mut(handle as usize)?.take());
    if let Some(mounted) = mounted {
        mounted.app.destroy();
    }
}
