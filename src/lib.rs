//! The article explorer as a Yew app.

pub mod corpus;
