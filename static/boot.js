// The page's only script: brings the explorer into `#explorer`, in the place of what was drawn there when the page was
// made, or says plainly why it can't, or can't any more.

const place = document.getElementById("explorer");
// Where the list is, if each article has a page; a page of an article is called by that.
const { home, name = document.title } = place.dataset;
const root = home && new URL(home, location).href;
// A file of the site, which this script may be in a folder of.
const beside = (name) => new URL(name, root ?? import.meta.url).href;
const halted = "The explorer has stopped. What you typed is kept.";

// What the reader has chosen for good, `theme=dark size=1 …` to the program, goes for what is drawn already.
let chosen = {};
try {
  chosen = Object.fromEntries(localStorage["article-explorer"].split(" ").map((part) => part.split("=")));
  const drawn = place.querySelector(".explorer");
  for (const name of ["theme", "size"]) if (chosen[name]) drawn.dataset[name] = chosen[name];
  if (chosen.width) drawn.style.setProperty("--share", `${chosen.width}%`);
} catch {}

// What is drawn already is seen before the program takes time or bytes from it; a page in the background is not painted.
const seen = home && new Promise((done) => {
  new PerformanceObserver(done).observe({ type: "paint", buffered: true });
  setTimeout(done, 1000);
});

// A program that has stopped can't say so itself.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError && !place.querySelector(".load-failed")) stopped();
});

// Browsers look for it again at every address.
const icon = document.querySelector("[rel=icon]");
if (icon) icon.href = icon.href;
try {
  // Not a static import: if the file is missing, this module has to be running to say so.
  const { start, default: whole, mountPage } = await import("./article-explorer.js");
  await seen;
  // Where only Trunk has built it, the program is in one piece.
  await (start ?? whole)();
  // An article that is asked for may be the first that is drawn.
  if (location.search) dress();
  let settle;
  await mountPage(root, name, () => { settle = look(); });
  settle?.();
  dress();
  place.removeAttribute("data-home");
  // Costs nobody anything who waits for the articles.
  if (document.querySelector("link[rel=manifest]")) setTimeout(() => import(beside("offline.js")).catch(() => {}), 1000);
} catch (error) {
  console.error(error);
  show(message(error));
}

// Brings what articles and sheets look like, if it is not there from the start, as where only Trunk has built the page.
function dress() {
  const href = new URL("reading.css", import.meta.url).href;
  if (home && !document.querySelector("[href*='reading.css']")) document.head.append(element("link", { rel: "stylesheet", href }));
}

// Notes what the reader has done so far, and returns what does it again with what is drawn in the place of all that.
function look() {
  const all = (selector) => [...place.querySelectorAll(selector)];
  const halves = () => [document.scrollingElement, ...all(".findings, .reader")];
  const before = all("*"), [field] = all("[type=search]"), { activeElement } = document;
  const at = before.indexOf(activeElement), top = halves().map((half) => half.scrollTop);
  const typed = field?.value, caret = [field?.selectionStart, field?.selectionEnd, field?.selectionDirection];
  const open = all("details").map((details) => details.open), seen = all("img").map((image) => image.complete);
  const selection = getSelection(), selected = String(selection);
  // Texts may be in other pieces, but are the same.
  const ends = selected && place.contains(selection.anchorNode) && place.contains(selection.focusNode)
    && [[selection.anchorNode, selection.anchorOffset], [selection.focusNode, selection.focusOffset]].map((end) => {
      const range = document.createRange();
      range.selectNodeContents(place);
      range.setEnd(...end);
      return String(range).length;
    });
  const point = (length) => {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() && length > texts.currentNode.length) length -= texts.currentNode.length;
    return [texts.currentNode, length];
  };
  return () => {
    const [now] = all("[type=search]"), again = activeElement === field ? now : all("*")[at];
    all("details").forEach((details, place) => { details.open ||= open[place] ?? false; });
    // What was to be seen is seen at once again.
    all("img").forEach((image, place) => { if (seen[place]) Object.assign(image, { loading: "eager", decoding: "sync" }); });
    if (at >= 0 && again?.localName === activeElement.localName) again.focus({ preventScroll: true });
    // After the focus, which takes the selection along in some browsers.
    if (ends) {
      getSelection().setBaseAndExtent(...point(ends[0]), ...point(ends[1]));
      if (String(getSelection()) !== selected) getSelection().empty();
    }
    if (typed) {
      now.value = typed;
      now.setSelectionRange(...caret);
      now.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    // Where nothing was scrolled, the program may know better.
    halves().forEach((half, place) => { if (top[place]) half.scrollTop = top[place]; });
  };
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
  show(box("Something went wrong", halted, link(again, "Try again"), link(root ?? "?", "Show all articles")));
}

// In the reader's language, if it can be had: the words of the page end with these sentences.
async function show(box) {
  // What was drawn before the program came is in the language of the site.
  const program = place.dataset.home ? null : place.querySelector("[lang]");
  const lang = program?.lang ?? chosen.language ?? navigator.language.slice(0, 2);
  if (lang !== "en") {
    try {
      const words = await fetch(beside(`words/${lang}.txt`), { signal: AbortSignal.timeout(2000) });
      const said = new Map((await words.text()).split("\n").map((line) => line.split(" → ")));
      for (const part of box.querySelectorAll(":not(:has(*))")) part.textContent = said.get(part.textContent) ?? part.textContent;
      if (said.has("Try again")) Object.assign(box, { lang, dir: "auto" });
    } catch {}
  }
  // What can be read without the program stays.
  if (place.dataset.home) return place.prepend(box);
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
  // Firefox says of a program that was cut off that memory is out.
  if (error.code === "corpus" || /^(Compile|Range|Internal)Error/.test(error)) {
    return /security policy|unsafe-eval|CSP/i.test(error.message)
      ? "This site's security policy does not let WebAssembly run: its script-src needs 'wasm-unsafe-eval'."
      : "What the server sent is not the explorer, or was damaged on the way, or this browser is too old or has too little memory for it.";
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
