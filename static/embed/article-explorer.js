// The element <article-explorer>: the explorer on any page. Nothing is fetched and nothing runs before one is near what
// the reader sees. All that it does stays in its own shadow tree; what it shows is kept here, so that it outlives the
// program.

const HERE = new URL(".", import.meta.url).href;
const HOME = new URL("../../", HERE).href;
const VERSION = "{version}";

// Time for a page to put a removed element somewhere else.
const GRACE = 1000;
// As many stopped programs are replaced by new ones.
const LIVES = 2;
const IDLE = 4;

const FIRST_STYLE = `:host{display:block;inline-size:100%}
:host([hidden]){display:none!important}
.room{block-size:100%;inline-size:100%}
.grow{min-block-size:var(--ax-min-height,100vh)}
:host([view=search]) .grow{min-block-size:48px}
.root{all:initial;display:block;block-size:100%;color:inherit;font-family:inherit}
.ready slot{display:none}
.trouble{padding:1em;font-size:16px;line-height:1.5}
.trouble :is(a,button){font:inherit;padding:.5em 1em}`;

const styles = new Map();
let styleText = FIRST_STYLE;
let program;
let generation = 0;
let lives = LIVES;

// One program for all elements, however many ask for it.
function load() {
  const number = generation;
  program ??= (async () => {
    // A file that could not be had is asked for under another address, since browsers remember the failure.
    const { start } = await import("./start.js" + (number ? "?" + number : ""));
    const { glue, style } = await start(HOME, number, (error) => number == generation && stopped(error));
    styleText = FIRST_STYLE + style;
    styles.forEach((sheet) => sheet.replaceSync(styleText));
    return { glue, idle: [] };
  })().catch((error) => {
    generation++;
    program = undefined;
    throw error;
  });
  return program;
}

const nextTask = () => new Promise((done) => setTimeout(done));
const elements = new Set();

// All explorers of a program stop with it; new ones take their places, with the same on show.
function stopped(error) {
  generation++;
  program = undefined;
  const again = lives-- > 0;
  console.error("article-explorer: stopped", error);
  for (const element of [...elements]) element[STOPPED](again);
}

const STOPPED = Symbol();
const MAY = Symbol();
const SHOWN = Symbol();
// These are kept in the address; the others are attributes and nothing else.
const KEYS = { query: "q", article: "article" };
const PLAIN = ["home", "theme", "label", "heading-level", "loading", "routing", "shortcut", "view"];

// Where there are no elements the file can be imported all the same.
class ArticleExplorer extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = [...PLAIN, "lang", "article", "query"];
  static version = VERSION;

  #room = make("div", { className: "room" });
  #root = make("div", { className: "root", part: "base" });
  #settle;
  #ready = new Promise((resolve) => (this.#settle = resolve));
  #state = "waiting";
  // What is on show, as the address of our own page says it.
  #address = "";
  #total = 0;
  // The place of the program in the shadow tree, while there is one.
  #app;
  #pushing = false;
  #leaving;
  #near;
  #release;
  #route;
  #focused;
  #scrolled = new Map();

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    this.#room.append(make("slot"), this.#root);
    shadow.append(this.#room);
    this.#dress();
    shadow.addEventListener("keydown", (event) => this.#onKey(event));
    for (const kind of ["keypress", "keyup"]) shadow.addEventListener(kind, (event) => isTyping(event) && event.stopPropagation());
    shadow.addEventListener("click", (event) => this.#onClick(event));
    shadow.addEventListener("focusin", ({ target }) => (this.#focused = target));
    // A page that puts the element somewhere else takes the focus from it, but does all that at once.
    shadow.addEventListener("focusout", () => setTimeout(() => (this.#focused = shadow.activeElement)));
    shadow.addEventListener("scroll", ({ target }) => this.#scrolled.set(target, target.scrollTop), true);
    for (const kind of ["pointerover", "focusin"]) this.addEventListener(kind, () => this.#start(), { once: true });
  }

  connectedCallback() {
    clearTimeout(this.#leaving);
    // What was set before this class was known.
    for (const name of ["article", "query", ...PROPERTIES.keys()]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    elements.add(this);
    this.#listen();
    if (this.#app) {
      this.connectedMoveCallback();
      this.#focused?.focus({ preventScroll: true });
      return;
    }
    this.#reserve();
    this.#near ??= new IntersectionObserver((entries) => {
      // Pages put elements in and take them out again at once.
      if (this.loading == "eager" || entries.some((entry) => entry.isIntersecting)) setTimeout(() => this.#start(), 20);
    }, { rootMargin: "200px" });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#near?.disconnect();
    this.#release?.abort();
    this.#leaving = setTimeout(() => {
      elements.delete(this);
      this.#unmount();
    }, GRACE);
  }

  // So that a page's moveBefore() is no removal.
  connectedMoveCallback() {
    this.#scrolled.forEach((top, scroller) => (scroller.scrollTop = top));
  }

  adoptedCallback() {
    this.#dress();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (name == "article" || name == "query") this.#go(name, now);
    else if (name == "routing" || name == "shortcut") this.isConnected && this.#listen();
    else if (name == "theme") this.#dye();
    else if (name == "loading") now == "eager" && this.#start();
    else if (name != "view" && this.#app) this.reload();
  }

  /** Resolves once the explorer can be used. */
  get ready() {
    return this.#ready;
  }

  /** `waiting`, `loading`, `ready` or `failed`; what is searched for; the article; how many match. */
  get state() {
    return { status: this.#state, query: this.query, article: this.article, total: this.#total };
  }

  get query() {
    return this.#param("q") ?? "";
  }

  set query(value) {
    this.#go("query", value);
  }

  get article() {
    return this.#param("article");
  }

  set article(value) {
    this.#go("article", value);
  }

  search(query) {
    this.#start();
    this.#go("query", query);
  }

  open(article) {
    this.#start();
    this.#go("article", article);
  }

  showList() {
    this.#go("article", null);
  }

  focus(options) {
    const field = this.#root.querySelector("input[type=search], .heading");
    if (field) return field.focus(options);
    this.#start();
    this.ready.then(() => this.#root.querySelector("input[type=search]")?.focus(options));
  }

  /** Once more from the beginning, with the same on show. */
  reload() {
    this.#unmount();
    this.#reserve();
    this.#state = "waiting";
    this.#start();
  }

  #param(name) {
    return new URLSearchParams(this.#address).get(name);
  }

  #go(name, value) {
    const params = new URLSearchParams(this.#address);
    params.delete("passage");
    if (value == null || value === "") params.delete(KEYS[name]);
    else params.set(KEYS[name], value);
    this.#show(params.toString());
  }

  #show(address) {
    address = address && "?" + address.replace(/^\?/, "");
    if (address === this.#address) return;
    this.#address = address;
    if (this.#pushing) return;
    this.#pushing = true;
    // Whatever the page sets at once is one change, and none while the program is at work.
    queueMicrotask(() => {
      this.#pushing = false;
      if (this.#state == "ready") this.#app.glue.update(this.#app.handle, this.#address);
    });
  }

  async #start() {
    this.#near?.disconnect();
    if (this.#state == "loading" || this.#state == "ready" || !this.isConnected) return;
    this.#state = "loading";
    try {
      const loaded = await load();
      // The page's own work comes between.
      await nextTask();
      if (!this.isConnected) {
        this.#state = "waiting";
        return;
      }
      await this.#mount(loaded);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #mount({ glue, idle }) {
    const options = {
      home: this.home || HOME,
      languages: this.#languages(),
      label: this.label || undefined,
      level: Math.min(6, Math.max(2, parseInt(this.headingLevel) || 2)),
    };
    const key = JSON.stringify(options);
    // Yew keeps what it was mounted into for ever, so that is used again.
    const at = idle.findIndex((app) => app.key == key);
    const app = at < 0 ? { key, glue, idle, place: document.createElement("div") } : idle.splice(at, 1)[0];
    app.owner = this;
    this.#app = app;
    this.#total = app.total ?? 0;
    app.place.className = "place";
    this.#dye();
    this.#root.replaceChildren(app.place);
    const address = this.#address;
    if (at < 0) {
      options.address = address;
      options.may = (article) => app.owner?.[MAY](article);
      options.shown = (...shown) => app.owner?.[SHOWN](app, ...shown);
      app.handle = await glue.mount(app.place, options);
    } else {
      glue.update(app.handle, address);
    }
    if (this.#app != app) return this.#spare(app);
    // The first content is there after a task.
    await nextTask();
    if (this.#app != app) return;
    // What was asked for meanwhile.
    if (address != this.#address) glue.update(app.handle, this.#address);
    this.#room.classList.add("ready");
    this.#state = "ready";
    this.#settle(this);
    this.#emit("ready");
  }

  #unmount() {
    const app = this.#app;
    this.#app = undefined;
    if (!app) return;
    this.#state = "waiting";
    app.owner = undefined;
    app.place.remove();
    if (app.handle != null) this.#spare(app);
  }

  #spare(app) {
    app.owner = undefined;
    if (app.glue.hasStopped?.()) return;
    if (app.idle.length < IDLE) {
      app.glue.update(app.handle, "");
      app.idle.push(app);
    } else {
      // What that takes comes with the rest of the program.
      app.glue.whole().then(() => app.glue.destroy(app.handle), () => {});
    }
  }

  [STOPPED](again) {
    if (this.#state != "ready" && this.#state != "loading") return;
    this.#app = undefined;
    this.#state = "waiting";
    if (again) this.#start();
    else this.#fail({ code: "stopped", message: "The explorer has stopped." });
  }

  [MAY](article) {
    const detail = { article: article ?? null };
    return this.#emit("navigate", detail, true);
  }

  [SHOWN](app, address, total, byReader) {
    app.total = total;
    if (this.#pushing) return;
    const [query, article] = [this.query, this.article];
    this.#address = address;
    this.#total = total;
    if (!byReader) return;
    const searched = this.query != query;
    const went = this.article != article;
    // The program is at work until this task ends.
    queueMicrotask(() => {
      if (searched || went) this.#route?.(went);
      if (searched) this.#emit("search", { query: this.query, total });
      if (!went) return;
      if (this.article && this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: "start", behavior: "instant" });
      else if (!this.article) this.shadowRoot.activeElement?.scrollIntoView({ block: "nearest", behavior: "instant" });
      this.#emit("navigated", { article: this.article });
    });
  }

  #fail(error) {
    this.#app = undefined;
    this.#state = "failed";
    const { code, message, cause } = !navigator.onLine ? { code: "offline", message: "Your device is offline. The articles come once it is connected." }
      : typeof error.code == "string" ? error : { code: "load", message: "A part of the explorer did not arrive.", cause: error };
    const box = make("div", { className: "trouble", part: "error", role: "alert" });
    const again = make("button", { type: "button", textContent: "Try again" });
    again.addEventListener("click", () => {
      lives = LIVES;
      this.reload();
    });
    const home = make("a", { href: (this.home || HOME) + this.#address, textContent: "Open the articles on their own page" });
    const details = make("details");
    details.append(make("summary", { textContent: "Details" }), make("p", { textContent: `${code}: ${cause ?? message}` }));
    box.append(make("p", { textContent: message }), again, home, details);
    this.#room.classList.remove("ready");
    this.#root.replaceChildren(box);
    import("./trouble.js").then(({ translate }) => translate(box, this.#languages(), this.home || HOME)).catch(() => {});
    if (code == "offline") addEventListener("online", () => this.#state == "failed" && this.reload(), { once: true });
    if (code != "stopped") console.error(`article-explorer: ${message}`, cause ?? "");
    this.#emit("error", { code, message, recoverable: code != "unsupported" });
  }

  // As much room as the list will take, so that nothing below moves, unless the page gives it a height of its own.
  #reserve() {
    this.#room.style.display = "none";
    const given = this.offsetHeight > 0;
    this.#room.style.display = "";
    this.#room.classList.toggle("grow", !given);
    this.#room.classList.toggle("fixed", given);
  }

  #dress() {
    const owner = this.ownerDocument;
    let sheet = styles.get(owner);
    if (!sheet) {
      sheet = new owner.defaultView.CSSStyleSheet();
      sheet.replaceSync(styleText);
      styles.set(owner, sheet);
    }
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }

  // The page's colours, font and language where nothing else is said.
  #dye() {
    const { colorScheme, fontFamily } = getComputedStyle(this);
    const theme = this.theme;
    this.#root.style.colorScheme = theme == "light" || theme == "dark" ? theme : colorScheme == "normal" ? "light dark" : "inherit";
    this.#root.style.setProperty("--host-font", fontFamily);
  }

  #languages() {
    let place = this;
    while (place && !place.lang) place = place.parentElement ?? place.getRootNode().host;
    return [place?.lang, ...navigator.languages].filter(Boolean).join(" ");
  }

  #emit(name, detail = {}, cancelable = false) {
    return this.dispatchEvent(new CustomEvent("article-explorer-" + name, { bubbles: true, composed: true, cancelable, detail }));
  }

  // Outside there is nothing to listen to or to change, unless the page asks for it.
  async #listen() {
    this.#release?.abort();
    this.#route = undefined;
    if (!this.routing && !this.shortcut) return;
    this.#release = new AbortController();
    const { signal } = this.#release;
    const { listen } = await import("./outside.js");
    if (signal.aborted) return;
    const element = this;
    const explorer = { isWriting, get address() { return element.#address; }, show: (address) => this.#show(address) };
    this.#route = listen(this, explorer, signal);
  }

  #onKey(event) {
    const used = event.defaultPrevented;
    if (event.key == "Escape" ? used : isTyping(event)) event.stopPropagation();
  }

  // A jump within the article would change the page's address.
  #onClick(event) {
    const link = event.composedPath().find((node) => node.localName == "a");
    const name = link?.getAttribute("href");
    if (!name?.startsWith("#") || event.defaultPrevented) return;
    event.preventDefault();
    const target = this.shadowRoot.getElementById(name.slice(1));
    target?.scrollIntoView({ block: "start" });
    target?.focus({ preventScroll: true });
  }
}

const PROPERTIES = new Map(PLAIN.map((name) => [name.replace(/-(.)/, (_, letter) => letter.toUpperCase()), name]));
for (const [property, attribute] of PROPERTIES) {
  Object.defineProperty(ArticleExplorer.prototype, property, {
    get() {
      return this.getAttribute(attribute) ?? "";
    },
    set(value) {
      if (value == null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
    enumerable: true,
    configurable: true,
  });
}

function make(name, properties) {
  const { part, ...others } = properties ?? {};
  const element = Object.assign(document.createElement(name), others);
  if (part) element.part = part;
  return element;
}

function isWriting(node) {
  return node?.isContentEditable || /^(input|textarea|select)$/.test(node?.localName);
}

/** A plain key in a field is text, and no shortcut of the page's. */
function isTyping(event) {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key != "Tab" && event.key != "Escape";
  return plain && isWriting(event.composedPath()[0]);
}

/** Makes the element known under another name. A name that is taken stays as it is. */
export function define(name = "article-explorer") {
  if (!globalThis.customElements) return;
  const taken = customElements.get(name);
  if (!taken) customElements.define(name, name == "article-explorer" ? ArticleExplorer : class extends ArticleExplorer {});
  else if (taken.version != VERSION) console.info(`<${name}> is version ${taken.version}, not ${VERSION}`);
}

define();
export { ArticleExplorer };
