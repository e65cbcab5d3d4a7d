// Brings the program for the elements of a page, and says what is in the way if it can't.

/** Why an explorer can't be shown; `code` is for programs. */
export class ArticleExplorerError extends Error {
  name = "ArticleExplorerError";
  constructor(code, message, cause) {
    super(message, { cause });
    this.code = code;
  }
}

const WASM_HASH = "{wasm-hash}";
const STYLE_HASH = "{style-hash}";
const PROGRAM = "{program}";
const PATIENCE = 15000;

// A module that was imported stays as it is; another address is another module.
const glueOf = (home, generation) => import(home + PROGRAM + "article-explorer.js" + (generation ? "?" + generation : ""));
const wasmOf = (home) => home + PROGRAM + "article-explorer_bg.wasm";
const styleOf = () => new URL("article-explorer.css", import.meta.url).href;

/** The program's glue and the style sheet. Each `generation` is a program of its own; `onStop` is called when it stops. */
export async function start(home, generation, onStop) {
  const { origin } = new URL(home, import.meta.url);
  const stop = new AbortController();
  let violated, timer;
  const onViolation = ({ blockedURI, effectiveDirective }) => {
    if (blockedURI == "wasm-eval") violated ??= "script-src 'wasm-unsafe-eval'";
    else if (blockedURI.startsWith(origin)) violated ??= effectiveDirective;
  };
  document.addEventListener("securitypolicyviolation", onViolation);
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new ArticleExplorerError("timeout", "The articles did not arrive in time.")), PATIENCE);
  });
  try {
    return await Promise.race([late, bring(home, generation, onStop, stop.signal)]);
  } catch (error) {
    // The report of a violation is a task of its own.
    await new Promise((done) => setTimeout(done));
    throw explained(error, violated, origin);
  } finally {
    clearTimeout(timer);
    // Another try would wait for what is under way still.
    stop.abort();
    document.removeEventListener("securitypolicyviolation", onViolation);
  }
}

async function bring(home, generation, onStop, signal) {
  if (typeof WebAssembly != "object") {
    throw new ArticleExplorerError("unsupported", "This browser can't run WebAssembly, or has it switched off.");
  }
  const [glue, wasm, style] = await Promise.all([
    glueOf(home, generation),
    get(wasmOf(home), WASM_HASH, signal),
    get(styleOf(), STYLE_HASH, signal).then((response) => response.text()),
  ]);
  glue.onStop?.(onStop);
  await glue.start({ module_or_path: wasm });
  return { glue, style };
}

async function get(url, integrity, signal) {
  const options = { integrity, signal, mode: "cors", credentials: "omit" };
  // A copy that does not fit may be an old one in a cache.
  const again = () => fetch(url, { ...options, cache: "reload" });
  const response = await fetch(url, options).catch(again).catch(async (error) => {
    // What is not as expected is refused without a reason, and so is the page that says that there is no such file.
    const { ok, status } = await fetch(url, { method: "HEAD", credentials: "omit" });
    if (ok) throw new ArticleExplorerError("damaged", "What the server sent is not the explorer, or was damaged on the way.", error);
    return { ok, status };
  });
  if (!response.ok) throw new ArticleExplorerError("missing", "A part of the explorer is missing on the server:" + ` ${response.status} for ${url}`);
  return response;
}

function explained(error, violated, origin) {
  if (error.name == "ArticleExplorerError") return error;
  const say = (code, message) => new ArticleExplorerError(code, message, error);
  const refused = error instanceof WebAssembly.CompileError;
  if (refused && /security policy|unsafe-eval|CSP/i.test(error.message)) violated = "script-src 'wasm-unsafe-eval'";
  if (violated) return say("policy", "This page's security policy does not allow it. It lacks:" + ` ${violated} for ${origin}`);
  if (refused) return say("damaged", "This browser can't run what the server sent.");
  return say("load", "A part of the explorer did not arrive whole: the connection broke, or the server does not let this page have it.");
}
