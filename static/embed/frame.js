// The explorer as a page within a page: the element, and a line to the page around it. It works without an origin of its
// own, and it keeps to itself: nothing is stored, and what is opened leaves no trace in the history.

import "./article-explorer.js";

const sheet = new CSSStyleSheet();
// Nothing in here may be as high as the frame, or the frame could not shrink.
sheet.replaceSync("body{margin:0}article-explorer{--ax-min-height:0}");
document.adoptedStyleSheets = [sheet];

const explorer = document.createElement("article-explorer");
explorer.setAttribute("loading", "eager");
for (const [name, value] of new URLSearchParams(location.search)) {
  if (customElements.get("article-explorer").observedAttributes.includes(name)) explorer.setAttribute(name, value);
}
// Of all this only the element is seen from outside.
explorer.removeAttribute("routing");
if (explorer.lang) document.documentElement.lang = explorer.lang;
if (explorer.label) document.title = explorer.label;
document.body.append(explorer);

if (parent !== window) {
  const hello = () => parent.postMessage({ ax: 1, type: "hello" }, "*");
  let end;
  addEventListener("message", ({ source, data, ports: [port] }) => {
    if (source !== parent || data?.ax !== 1) return;
    // The helper came later than the frame.
    if (data.type === "hello") hello();
    if (data.type !== "connect" || !port) return;
    end?.();
    end = report(port);
  });
  hello();
}

// Tells what happens through `port`; returns a function that ends it.
function report(port) {
  let told = 0;
  let waiting = false;
  const tell = () => {
    waiting = false;
    const height = Math.ceil(explorer.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    port.postMessage({ ax: 1, type: "height", payload: height });
  };
  // In the next frame, since what is told changes what is observed.
  const observer = new ResizeObserver(() => {
    if (!waiting) requestAnimationFrame(tell);
    waiting = true;
  });
  observer.observe(explorer);
  const listening = new AbortController();
  for (const name of ["ready", "search", "navigated", "error"]) {
    const pass = ({ detail }) => port.postMessage({ ax: 1, type: name, payload: detail });
    explorer.addEventListener("article-explorer-" + name, pass, listening);
  }
  port.onmessage = ({ data }) => {
    if (data?.ax !== 1) return;
    if (data.type === "search") explorer.search(String(data.payload));
    if (data.type === "open") explorer.open(String(data.payload));
  };
  return () => {
    observer.disconnect();
    listening.abort();
    port.close();
  };
}
