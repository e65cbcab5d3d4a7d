//! A part of the page, known as a person knows it: by what it is and what it is called.

use super::{
    driver::Browser,
    explorer::{Explorer, Reference},
};
use fantoccini::{
    elements::Element,
    error::{CmdError, ErrorStatus},
    key::Key,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{fmt, panic::Location};

/// The accessible name that a [`Part`] has to have. White space counts as one space, at the ends as none.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Name {
    Any,
    Exactly(String),
    Containing(String),
}

/// Whatever it is called.
pub fn any() -> Name {
    Name::Any
}

/// A name with `part` in it.
pub fn containing(part: &str) -> Name {
    Name::Containing(part.to_owned())
}

impl From<&str> for Name {
    fn from(name: &str) -> Name {
        Name::Exactly(name.to_owned())
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Name {
        Name::from(name.as_str())
    }
}

/// What on the page has a role and a name, inside of another such part or anywhere.
///
/// It is looked for anew at each use, so that it may appear, go and come back. Methods that do something, or ask
/// about one thing, wait until there is exactly one; `count`, `texts`, `names` and `is_there` answer at once.
#[derive(Clone)]
pub struct Part<'page> {
    page: &'page Explorer,
    path: Vec<Step>,
    /// The line of the test, for the message if it fails.
    place: &'static Location<'static>,
}

#[derive(Clone, Debug, Serialize)]
struct Step {
    role: String,
    name: Name,
}

/// What the page tells about an element.
#[derive(Debug, Deserialize)]
struct Look {
    name: String,
    text: String,
    content: String,
    value: Value,
    checked: bool,
    focused: bool,
    in_view: bool,
}

impl<'page> Part<'page> {
    /// All of the page.
    pub(super) fn whole(page: &'page Explorer) -> Self {
        Part { page, path: Vec::new(), place: Location::caller() }
    }

    /// What is a `role` with this name inside of this part.
    #[track_caller]
    pub fn by_role(&self, role: &str, name: impl Into<Name>) -> Self {
        let step = Step { role: role.to_owned(), name: name.into() };
        let path = self.path.iter().cloned().chain([step]).collect();
        Part { page: self.page, path, place: Location::caller() }
    }

    /// Clicks in its middle.
    pub async fn click(&self) {
        self.act("click", async |element| match element.click().await {
            // WebKit's driver takes the inside of a field in a shadow tree for something that is in the way.
            Err(CmdError::Standard(error))
                if error.error == ErrorStatus::ElementClickIntercepted && Browser::asked_for() == Browser::WebKit =>
            {
                let this = serde_json::to_value(&element)?;
                let click = "arguments[0].focus(); arguments[0].click()";
                self.page.client().execute(click, vec![this]).await.map(drop)
            }
            done => done,
        })
        .await;
    }

    /// Types `text` into it, after what it holds already.
    pub async fn type_text(&self, text: &str) {
        self.act("type into", async |element| element.send_keys(text).await).await;
    }

    /// Types `text` over what it holds. Nothing, if `text` is empty: it is then cleared.
    pub async fn replace_text(&self, text: &str) {
        let new = if text.is_empty() { Key::Delete.to_string() } else { text.to_owned() };
        self.act("type into", async |element| {
            let this = serde_json::to_value(&element)?;
            // Once in a while Chromium's driver types behind what is selected instead of over it.
            for _ in 0..3 {
                let select = "arguments[0].focus(); arguments[0].select()";
                self.page.client().execute(select, vec![this.clone()]).await?;
                element.send_keys(&new).await?;
                if element.prop("value").await?.as_deref() == Some(text) {
                    break;
                }
            }
            Ok(())
        })
        .await;
    }

    /// Presses a key in it.
    pub async fn press(&self, key: Key) {
        self.act("press a key in", async |element| element.send_keys(&key.to_string()).await).await;
    }

    /// Its text as it is to be seen, line breaks included.
    pub async fn text(&self) -> String {
        self.look().await.text
    }

    /// All the text in it, character for character, whatever of it is to be seen.
    pub async fn content(&self) -> String {
        self.look().await.content
    }

    /// Its accessible name.
    pub async fn name(&self) -> String {
        self.look().await.name
    }

    /// What a field holds.
    pub async fn value(&self) -> String {
        self.look().await.value.as_str().unwrap_or_default().to_owned()
    }

    /// A checkbox is ticked.
    pub async fn is_checked(&self) -> bool {
        self.look().await.checked
    }

    /// It has the focus.
    pub async fn has_focus(&self) -> bool {
        self.look().await.focused
    }

    /// Some of it lies within the window.
    pub async fn is_in_view(&self) -> bool {
        self.look().await.in_view
    }

    /// An attribute as it is written.
    pub async fn attribute(&self, attribute: &str) -> Option<String> {
        self.act("read", async |element| element.attr(attribute).await).await
    }

    /// Whether there is such a part now.
    pub async fn is_there(&self) -> bool {
        self.count().await > 0
    }

    /// How many of them there are now.
    pub async fn count(&self) -> usize {
        self.looks().await.len()
    }

    /// The text of each of them now.
    pub async fn texts(&self) -> Vec<String> {
        self.looks().await.into_iter().map(|look| look.text).collect()
    }

    /// The name of each of them now.
    pub async fn names(&self) -> Vec<String> {
        self.looks().await.into_iter().map(|look| look.name).collect()
    }

    /// Waits until there is one, or several.
    pub async fn until_there(&self) {
        self.until(format!("{self}"), |looks| !looks.is_empty()).await;
    }

    /// Waits until there is none.
    pub async fn until_gone(&self) {
        self.until(format!("{self} to go"), |looks| looks.is_empty()).await;
    }

    /// Waits until there are `expected` of them.
    pub async fn until_count(&self, expected: usize) {
        self.until(format!("{expected} times {self}"), |looks| looks.len() == expected).await;
    }

    /// Waits until their names are these, in this order.
    pub async fn until_names(&self, expected: &[&str]) {
        let names = |looks: &[Look]| looks.iter().map(|look| look.name.clone()).collect::<Vec<_>>();
        self.until(format!("{self} to be called {expected:?}"), |looks| names(looks) == expected).await;
    }

    /// Waits until its text is `expected`.
    pub async fn says(&self, expected: &str) {
        self.until(format!("{self} to say {expected:?}"), |looks| looks.iter().any(|look| look.text == expected)).await;
    }

    /// Waits until `expected` is somewhere in its text.
    pub async fn mentions(&self, expected: &str) {
        let says = |looks: &[Look]| looks.iter().any(|look| look.text.contains(expected));
        self.until(format!("{self} to mention {expected:?}"), says).await;
    }

    /// Waits until its value is `expected`.
    pub async fn holds(&self, expected: &str) {
        self.until(format!("{self} to hold {expected:?}"), |looks| looks.iter().any(|look| look.value == expected))
            .await;
    }

    /// Waits until it has the focus.
    pub async fn until_focused(&self) {
        self.until(format!("{self} to have the focus"), |looks| looks.iter().any(|look| look.focused)).await;
    }

    async fn until(&self, what: String, holds: impl Fn(&[Look]) -> bool) {
        let mut looks = Vec::new();
        let found = async || {
            looks = self.looks().await;
            holds(&looks)
        };
        if !self.page.wait(found).await {
            panic!("{}: waited in vain for {what}; there was {}", self.place, seen(&looks));
        }
    }

    /// Waits until there is exactly one and looks at it.
    async fn look(&self) -> Look {
        let mut looks = Vec::new();
        let one = async || {
            looks = self.looks().await;
            looks.len() == 1
        };
        if !self.page.wait(one).await {
            panic!("{}: waited in vain for exactly one {self}; there was {}", self.place, seen(&looks));
        }
        looks.remove(0)
    }

    async fn looks(&self) -> Vec<Look> {
        self.page.ask("return find(arguments[0]).map(look)", vec![json!(self.path)]).await
    }

    /// Does `action` to the element as soon as there is exactly one and it lets itself be done.
    async fn act<T>(&self, what: &str, action: impl AsyncFn(Element) -> Result<T, CmdError>) -> T {
        let mut done = None;
        let mut obstacle = String::new();
        let attempt = async || {
            let mut found = self.elements().await;
            if found.len() != 1 {
                obstacle = format!("there were {}", found.len());
                return false;
            }
            match action(found.remove(0)).await {
                Ok(value) => done = Some(value),
                Err(error) => obstacle = error.to_string(),
            }
            done.is_some()
        };
        self.page.wait(attempt).await;
        done.unwrap_or_else(|| panic!("{}: could not {what} {self}: {obstacle}", self.place))
    }

    async fn elements(&self) -> Vec<Element> {
        let found: Vec<Reference> = self.page.ask("return find(arguments[0])", vec![json!(self.path)]).await;
        let client = self.page.client();
        found.iter().map(|element| Element::from_element_id(client.clone(), element.id().to_owned().into())).collect()
    }
}

/// As in `link "NATO takes Huawei security concerns seriously" in list "Results"`.
impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, Step { role, name }) in self.path.iter().rev().enumerate() {
            let within = if depth > 0 { " in " } else { "" };
            match name {
                Name::Any => write!(f, "{within}{role}")?,
                Name::Exactly(name) => write!(f, "{within}{role} {name:?}")?,
                Name::Containing(part) => write!(f, "{within}{role} \"…{part}…\"")?,
            }
        }
        Ok(())
    }
}

fn seen(looks: &[Look]) -> String {
    if looks.is_empty() {
        return "none".to_owned();
    }
    looks.iter().map(|look| format!("\n  {look:?}")).collect()
}
