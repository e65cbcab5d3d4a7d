// In Node the program is read from the package's own folder.
import { readFile } from "node:fs/promises";
import start from "./article-explorer.js";

export * from "./article-explorer.js";

export default async function init(options) {
  const read = (name) => readFile(new URL(name, import.meta.url));
  const own = async () => ({
    module_or_path: await read("article-explorer_bg.wasm"),
    deferred: await read("article-explorer_deferred.wasm"),
  });
  return start(options ?? (await own()));
}
