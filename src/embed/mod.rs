//! What JavaScript sees. It translates and decides nothing.

mod api;
mod mount;
mod options;
mod page;
mod types;
