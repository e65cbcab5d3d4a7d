// In Node the program is read from the package's own folder.
import { readFile } from "node:fs/promises";
import start from "./article-explorer.js";

export * from "./article-explorer.js";

export default async function init(options) {
  return start(options ?? { module_or_path: await readFile(new URL("article-explorer_bg.wasm", import.meta.url)) });
}
