export const start = (...given) => begun ??= __wbg_init(...given).catch((error) => { begun = undefined; throw error; });
export const hasBegun = () => begun !== undefined;
let begun, deferred, failed;
import.meta.deferred = (from = new URL("article-explorer_deferred.wasm", import.meta.url)) => deferred ??= (async () => {
  try {
    if (typeof from == "string" || from instanceof URL) from = await fetch(from, { integrity: "{rest-hash}", cache: failed });
    await __wbg_load(from, { ...__wbg_get_imports(), b: raw });
  } catch (error) {
    deferred = undefined;
    failed = "reload";
    throw error;
  }
})();
export const whole = () => import.meta.deferred();
export default async (given = {}) => {
  const from = await given;
  const exports = await start("module_or_path" in from ? { module_or_path: from.module_or_path } : undefined);
  await import.meta.deferred(from.deferred);
  return exports;
};
