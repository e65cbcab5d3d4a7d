//! What a reader typed into a plan. Never fails: what can't be understood is searched as text.

/// What to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The query as it was typed.
    pub text: String,
}

/// The plan for `text`. Unless `finished`, its last word may be the beginning of one.
pub fn parse(text: &str, finished: bool) -> Plan {
    let _ = finished;
    Plan {
        text: text.to_owned(),
    }
}
