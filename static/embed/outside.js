// What an explorer has to do with the page around it if the page asks for it: its address, and a key that leads here.

/** Listens outside of `element` until `signal` says otherwise; returns what to call when the reader went somewhere. */
export function listen(element, explorer, signal) {
  const { routing, shortcut } = element;
  if (shortcut) {
    document.addEventListener("keydown", (event) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key != shortcut || modified || event.defaultPrevented || explorer.isWriting(event.composedPath()[0])) return;
      event.preventDefault();
      element.focus();
    }, { signal });
  }
  if (routing != "query" && routing != "hash") return;
  // Several explorers on a page have each its own.
  const key = element.id ? "ax-" + element.id : "ax";
  const params = () => new URLSearchParams(routing == "hash" ? location.hash.slice(1) : location.search);
  const follow = () => {
    const address = params().get(key) ?? "";
    if (address != explorer.address.slice(1)) explorer.show(address);
  };
  addEventListener("popstate", follow, { signal });
  if (params().has(key)) follow();

  return (stepped) => {
    const place = params();
    if (explorer.address) place.set(key, explorer.address.slice(1));
    else place.delete(key);
    const url = new URL(location);
    url[routing == "hash" ? "hash" : "search"] = place;
    history[stepped ? "pushState" : "replaceState"]({ ...history.state, [key]: explorer.address }, "", url);
  };
}
