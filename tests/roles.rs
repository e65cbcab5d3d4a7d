//! The tests see the page as the browser shows it to assistive technology.

mod support;

use support::{Explorer, Site, any, needs};

#[tokio::test]
async fn roles_and_names_are_those_that_the_browser_computes() {
    needs!(SameRoles);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/roles");
    let page = Explorer::open_at(Site::serve(folder).await, "").await;
    page.by_role("contentinfo", any()).until_there().await;
    assert_eq!(page.disagreements().await, [""; 0]);
    assert_eq!(page.by_role("list", "In the shadow").by_role("link", any()).names().await, ["Slotted"]);
    assert_eq!(page.by_role("button", any()).count().await, 6);
}
