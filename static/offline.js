// Lets the page be read without a network, and offers a new version of it when there is one. The page brings this after it
// is ready, and only where the site was built to be kept.

const workers = navigator.serviceWorker;

// A page in a frame is part of another's; that one decides what is kept.
if (workers && self === top) {
  const registration = await workers.register(new URL("service-worker.js", import.meta.url)).catch(() => undefined);
  if (registration) watch(registration);
}

function watch(registration) {
  const look = (worker) => {
    if (worker?.state === "installed" && registration.active) offer(worker);
  };
  look(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => look(worker));
  });
  // Whoever reads for days should hear of it too.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
}

// Nothing happens to what is being read until the reader wants it.
async function offer(worker) {
  document.querySelector(".new-version")?.remove();
  const bar = element("div", { className: "new-version", role: "status", dir: "auto" });
  const [sentence, now, later] = await said("A new version of this page is there.", "Use it now", "Later");
  const use = element("button", { type: "button", textContent: now });
  use.addEventListener("click", () => {
    workers.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("take over");
  });
  const close = element("button", { type: "button", textContent: later });
  close.addEventListener("click", () => bar.remove());
  style();
  document.body.append(bar);
  // A status is read out when its content changes.
  bar.append(element("p", { textContent: sentence }), use, close);
}

// In the reader's language, as boot.js has its sentences.
async function said(...sentences) {
  const { lang } = document.querySelector("#explorer [lang]") ?? { lang: "en" };
  if (lang === "en") return sentences;
  try {
    const words = await (await fetch(new URL(`words/${lang}.txt`, import.meta.url))).text();
    const known = new Map(words.split("\n").map((line) => line.split(" → ")));
    return sentences.map((sentence) => known.get(sentence) ?? sentence);
  } catch {
    return sentences;
  }
}

function style() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .new-version {
      position: fixed; z-index: 9; inset-block-end: 0; inset-inline: 0; display: flex; flex-wrap: wrap; gap: 0.5rem 1rem;
      align-items: center; justify-content: center; padding: 0.75rem; color-scheme: light dark; color: CanvasText;
      background: Canvas; border-block-start: 1px solid; font: 1rem/1.4 system-ui, sans-serif;
    }
    .new-version p { margin: 0 }
    .new-version button { font: inherit; min-block-size: 2.75rem; padding-inline: 1rem }
    @media print { .new-version { display: none } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
