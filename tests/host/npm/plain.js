import init, { search } from "article-explorer";
import "article-explorer/element";

await init();
document.getElementById("count").textContent = `${search("huawei").total} found by the library`;
const explorer = document.querySelector("article-explorer");
explorer.addEventListener("article-explorer-navigated", ({ detail }) => (document.title = detail.article ?? "list"));
explorer.query = "huawei";
