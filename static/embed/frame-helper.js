// For the page around an explorer's frame: gives the frame the height of what is in it, and passes on what happens there.
// <iframe data-article-explorer src="…/embed/v1/frame.html"></iframe> is connected by itself, others by connect(frame).

const LEAST = 60;
const MOST = 50000;

/** Connects a frame; returns a function that ends it. */
export function connect(frame) {
  let port;
  const hear = (event) => {
    // Without an origin of its own a frame is known by its window alone.
    const expected = frame.sandbox.length && !frame.sandbox.contains("allow-same-origin") ? "null" : new URL(frame.src, document.baseURI).origin;
    if (event.source !== frame.contentWindow || event.origin !== expected) return;
    if (event.data?.ax !== 1 || event.data.type !== "hello") return;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }) => take(frame, data);
    event.source.postMessage({ ax: 1, type: "connect" }, expected === "null" ? "*" : expected, [channel.port2]);
  };
  addEventListener("message", hear);
  // A frame that has said so already is asked to say it again.
  frame.contentWindow?.postMessage({ ax: 1, type: "hello" }, "*");
  return () => {
    removeEventListener("message", hear);
    port?.close();
  };
}

function take(frame, data) {
  if (data?.ax !== 1) return;
  const { type, payload } = data;
  if (type === "height") {
    if (Number.isInteger(payload) && payload > 0 && payload <= MOST) frame.style.height = Math.max(LEAST, payload) + "px";
  } else if (/^(ready|search|navigated|error)$/.test(type)) {
    frame.dispatchEvent(new CustomEvent("article-explorer-" + type, { bubbles: true, detail: payload }));
  }
}

document.querySelectorAll("iframe[data-article-explorer]").forEach(connect);
