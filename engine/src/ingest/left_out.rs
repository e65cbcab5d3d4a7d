//! Counts of what does not get into articles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How often which kind of thing was left out: `<script>`, `javascript: links`, `attribute on…`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LeftOut(pub BTreeMap<String, u64>);

/// Kinds that are told apart; a file can invent any number of schemes and shortcodes.
const KINDS: usize = 200;

impl LeftOut {
    pub fn add(&mut self, kind: &str) {
        self.add_many(kind, 1);
    }

    pub fn add_all(&mut self, other: &LeftOut) {
        other.0.iter().for_each(|(kind, count)| self.add_many(kind, *count));
    }

    fn add_many(&mut self, kind: &str, count: u64) {
        match self.0.get_mut(kind) {
            Some(own) => *own += count,
            None => {
                let kind = if self.0.len() < KINDS { kind } else { "other" };
                *self.0.entry(kind.to_owned()).or_default() += count;
            }
        }
    }
}
