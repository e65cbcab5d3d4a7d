const nothing = [0, 0, 0, 0];
let stopped = false, whenStopped, raw;
export function onStop(callback) { whenStopped = callback; }
export function hasStopped() { return stopped; }
export class ArticleExplorerError extends Error {
  static [Symbol.hasInstance](error) { return error?.name === "ArticleExplorerError"; }
}
function guarded(exports) {
  raw = exports;
  const calls = {};
  for (const name of Object.keys(exports)) {
    const value = exports[name];
    // What is for the rest of the program begins with a point.
    if (name[0] == ".") continue;
    calls[name] = typeof value !== "function" ? value : (...given) => {
      if (stopped) return nothing;
      try {
        return value(...given);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        stopped = true;
        if (!whenStopped) throw error;
        whenStopped(error);
        return nothing;
      }
    };
  }
  return calls;
}
