//! Everything of the explorer that works without a screen: no DOM, no clock, no randomness, no I/O.
//!
//! In reading order: an [`article`] is read ([`ingest`], build time only), its text becomes terms ([`analysis`]),
//! terms become an [`index`] inside a corpus, what a reader types becomes a plan ([`query`]), and
//! [`search`] answers it. A publisher's own questions are [`search_tests`] (build time only). A [`snippet`] shows an
//! article on another page; a [`page`] is one of the site's own (build time only).

pub mod article;

pub mod analysis;
#[cfg(feature = "ingest")]
pub mod ingest;

pub mod index;
#[cfg(feature = "ingest")]
pub mod page;
pub mod query;

pub mod search;
#[cfg(feature = "ingest")]
pub mod search_tests;

pub mod snippet;
