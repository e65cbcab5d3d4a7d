// The page's only script: brings the explorer into `#explorer`, or says plainly why it can't, or can't any more.

const place = document.getElementById("explorer");

// A program that has stopped can't say so itself.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError && !place.querySelector(".load-failed")) stopped();
});

try {
  // Not a static import: if the file is missing, this module has to be running to say so.
  const { start, default: whole, mountPage } = await import("./article-explorer.js");
  // `cargo xtask serve` leaves the program in one piece.
  await (start ?? whole)();
  await mountPage();
} catch (error) {
  console.error(error);
  show(message(error));
}

function message(error) {
  const again = element("a", { href: "", textContent: "Try again" });
  // Following the link would only jump within the page when its address ends in a #fragment.
  again.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  const details = element("details");
  details.append(element("summary", { textContent: "Details" }), element("p", { textContent: String(error) }));
  return box("The articles could not be loaded", reason(error), again, details);
}

// Ways on keep what is in the search field.
function stopped() {
  const again = new URL(location);
  again.searchParams.set("q", place.querySelector("input[type=search]")?.value ?? "");
  const all = element("a", { href: "?", textContent: "Show all articles" });
  const sentence = "The explorer has stopped. What you typed is kept.";
  show(box("Something went wrong", sentence, element("a", { href: again, textContent: "Try again" }), all));
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
    return "This browser can't run WebAssembly, or has it switched off (lockdown modes do that). Another browser will show them.";
  }
  if (!navigator.onLine) {
    return "Your device is offline. They load as soon as it is connected again.";
  }
  if (error instanceof WebAssembly.CompileError) {
    return /content security policy|unsafe-eval/i.test(error.message)
      ? "This site's security policy does not let WebAssembly run: its script-src needs 'wasm-unsafe-eval'."
      : "What the server sent is not the explorer, or was damaged on the way, or this browser is too old for it.";
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return "The explorer stopped unexpectedly while it started.";
  }
  return "A part of the page did not arrive: the connection broke, or the file is missing on the server.";
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
