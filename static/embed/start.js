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
    get(styleOf(), STYLE_HASH, signal).then((bytes) => new TextDecoder().decode(bytes)),
  ]);
  glue.onStop?.(onStop);
  await glue.start({ module_or_path: wasm });
  return { glue, style };
}

async function get(url, integrity, signal) {
  // A browser compares what it fetched in one task, which stops the page for as long as a large program takes; its digests
  // are made elsewhere. Pages without encryption have none.
  const subtle = globalThis.crypto?.subtle;
  const bring = async (cache) => {
    const options = { integrity: subtle ? "" : integrity, cache, signal, mode: "cors", credentials: "omit" };
    const response = await fetch(url, options);
    const bytes = await response.arrayBuffer();
    const fits = !subtle || `sha384-${base64(await subtle.digest("SHA-384", bytes))}` == integrity;
    if (!response.ok || !fits) throw new TypeError(`${response.status} for ${url}`);
    return bytes;
  };
  // A copy that does not fit may be an old one in a cache.
  return bring("default").catch(() => bring("reload")).catch(async (error) => {
    // What is not as expected is refused without a reason, and so is the page that says that there is no such file.
    const { ok, status } = await fetch(url, { method: "HEAD", credentials: "omit" });
    if (ok) throw new ArticleExplorerError("damaged", "What the server sent is not the explorer, or was damaged on the way.", error);
    throw new ArticleExplorerError("missing", "A part of the explorer is missing on the server:" + ` ${status} for ${url}`);
  });
}

const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

function explained(error, violated, origin) {
  if (error.name == "ArticleExplorerError") return error;
  const say = (code, message) => new ArticleExplorerError(code, message, error);
  const refused = error instanceof WebAssembly.CompileError;
  if (refused && /security policy|unsafe-eval|CSP/i.test(error.message)) violated = "script-src 'wasm-unsafe-eval'";
  if (violated) return say("policy", "This page's security policy does not allow it. It lacks:" + ` ${violated} for ${origin}`);
  if (refused) return say("damaged", "This browser can't run what the server sent.");
  return say("load", "A part of the explorer did not arrive whole: the connection broke, or the server does not let this page have it.");
}
