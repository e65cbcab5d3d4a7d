// The page's only script: brings the explorer into `#explorer`, or says plainly why it can't, or can't any more.

const place = document.getElementById("explorer");
const halted = "The explorer has stopped. What you typed is kept.";

// A program that has stopped can't say so itself.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError && !place.querySelector(".load-failed")) stopped();
});

try {
  // Not a static import: if the file is missing, this module has to be running to say so.
  const { start, default: whole, mountPage } = await import("./article-explorer.js");
  // Where only Trunk has built it, the program is in one piece.
  await (start ?? whole)();
  await mountPage();
} catch (error) {
  console.error(error);
  show(message(error));
}

function message(error) {
  const details = element("details");
  details.append(element("summary", { textContent: "Details" }), element("p", { textContent: String(error) }));
  // With its #fragment it would only be a jump within the page.
  return box("The articles could not be loaded", reason(error), link(location.href.split("#")[0], "Try again"), details);
}

// Ways on keep what is in the search field.
function stopped() {
  const again = new URL(location);
  again.searchParams.set("q", place.querySelector("input[type=search]")?.value ?? "");
  show(box("Something went wrong", halted, link(again, "Try again"), link("?", "Show all articles")));
}

// In the reader's language, if it can be had: the words of the page end with these sentences.
async function show(box) {
  const { lang } = place.querySelector("[lang]") ?? { lang: navigator.language.slice(0, 2) };
  if (lang !== "en") {
    try {
      const words = await fetch(`words/${lang}.txt`, { signal: AbortSignal.timeout(2000) });
      const said = new Map((await words.text()).split("\n").map((line) => line.split(" → ")));
      for (const part of box.querySelectorAll(":not(:has(*))")) part.textContent = said.get(part.textContent) ?? part.textContent;
      if (said.has("Try again")) Object.assign(box, { lang, dir: "auto" });
    } catch {}
  }
  const main = element("main");
  main.append(box);
  place.replaceChildren(main);
}

function box(heading, sentence, ...ways) {
  const box = element("section", { className: "load-failed", role: "alert" });
  box.append(element("h1", { textContent: heading }), element("p", { textContent: sentence }), ...ways);
  return box;
}

function reason(error) {
  if (typeof WebAssembly !== "object") {
    return "This browser can't run WebAssembly, or has it switched off (lockdown modes do that).";
  }
  if (!navigator.onLine) {
    return "Your device is offline.";
  }
  if (error instanceof WebAssembly.CompileError) {
    return /content security policy|unsafe-eval/i.test(error.message)
      ? "This site's security policy does not let WebAssembly run: its script-src needs 'wasm-unsafe-eval'."
      : "What the server sent is not the explorer, or was damaged on the way, or this browser is too old for it.";
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return halted;
  }
  return "A part of the page did not arrive: the connection broke, or the file is missing on the server.";
}

function link(href, textContent) {
  return element("a", { href, textContent });
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
