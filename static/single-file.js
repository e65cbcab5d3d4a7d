// How the program of the one-file edition comes by its parts: they stand in the page, packed. Nothing is fetched.
const onePage = (() => {
  const part = (name) => document.querySelector(`script[data-file="${CSS.escape(name)}"]`);
  const bytes = ({ textContent }) => Uint8Array.fromBase64?.(textContent) ?? Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  const unpacked = (name) => {
    const packed = new Blob([bytes(part(name))]).stream();
    return new Response(packed.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
  };

  // The words of other languages, as the program asks for them, and the script above, which knows where the page is.
  globalThis.fetch = async (address) => {
    const [name] = /words\/\w+\.txt/.exec(address) ?? [];
    return name && part(name) ? new Response(await unpacked(name)) : new Response("", { status: 404 });
  };

  const pictures = new Map();
  const { setAttribute } = Element.prototype;
  HTMLImageElement.prototype.setAttribute = function (name, value) {
    const picture = name === "src" ? part(value) : undefined;
    if (picture && !pictures.has(value)) {
      pictures.set(value, URL.createObjectURL(new Blob([bytes(picture)], { type: picture.dataset.type })));
    }
    setAttribute.call(this, name, picture ? pictures.get(value) : value);
  };

  const rest = import.meta.deferred;
  import.meta.deferred = async () => rest(await unpacked("article-explorer_deferred.wasm"));
  return { mountPage, start: async () => start({ module_or_path: await unpacked("article-explorer_bg.wasm") }) };
})();
