let deferred;
import.meta.deferred = (from = new URL("article-explorer_deferred.wasm", import.meta.url)) => deferred ??= (async () => {
  try {
    if (typeof from == "string" || from instanceof URL) from = await fetch(from);
    await __wbg_load(from, { ...__wbg_get_imports(), b: wasm });
  } catch (error) {
    deferred = undefined;
    throw error;
  }
})();
export { initSync, __wbg_init as start };
export default async (from = {}) => {
  let exports = await __wbg_init("module_or_path" in from ? { module_or_path: from.module_or_path } : undefined);
  await import.meta.deferred(from.deferred);
  return exports;
};
