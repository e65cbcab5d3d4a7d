import { createApp, h, ref } from "vue";
import "article-explorer/element";

const query = ref("huawei");
const shown = ref(true);
createApp({
  render: () => [
    h("button", { onClick: () => (query.value = "taiwan") }, "Taiwan"),
    h("button", { onClick: () => (shown.value = !shown.value) }, "Show or hide"),
    shown.value && h("article-explorer", { query: query.value, "onArticle-explorer-navigated": ({ detail }) => (document.title = detail.article ?? "list") }),
  ],
}).mount("#app");
