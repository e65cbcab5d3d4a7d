//! The article explorer as a Yew app.
