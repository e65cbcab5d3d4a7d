import { createElement, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import "article-explorer/element";

function App() {
  const [query, setQuery] = useState("huawei");
  const [shown, setShown] = useState(true);
  return createElement(
    "section",
    null,
    createElement("button", { onClick: () => setQuery("taiwan") }, "Taiwan"),
    createElement("button", { onClick: () => setShown(!shown) }, "Show or hide"),
    shown && createElement("article-explorer", { query, "onarticle-explorer-navigated": ({ detail }) => (document.title = detail.article ?? "list") }),
  );
}

createRoot(document.getElementById("app")).render(createElement(StrictMode, null, createElement(App)));
