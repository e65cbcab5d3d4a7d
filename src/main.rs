//! The program in the page. Nothing starts by itself: the page's script calls what `embed` exports.

use article_explorer as _;

fn main() {}
