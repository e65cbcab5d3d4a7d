//! What JavaScript sees. It translates and decides nothing.

mod api;
mod page;
