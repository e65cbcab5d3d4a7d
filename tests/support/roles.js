// What is on the page as a person meets it: roles and accessible names, shadow trees included, hidden things left
// out. The rules are those of WAI-ARIA, HTML-AAM and AccName, as far as this page goes; `tests/roles.rs` holds them
// against the browser's own.

/** The elements that `path` leads to: each step is a role and a name to be found inside of the one before. */
function find(path) {
  let found = [document.documentElement];
  for (const { role, name } of path) {
    const inside = found.flatMap((place) => descendants(place));
    found = [...new Set(inside)].filter((element) => roleOf(element) === role && fits(nameOf(element), name) && isExposed(element));
  }
  return found;
}

/** Every element with a role, each with its role and name. */
function everything() {
  const elements = descendants(document.body).filter((element) => roleOf(element) && isExposed(element));
  return elements.map((element) => [element, roleOf(element), nameOf(element)]);
}

/** What a test may want to know about `element`. */
function look(element) {
  const box = element.getBoundingClientRect();
  return {
    name: nameOf(element),
    text: element.innerText?.trim() ?? element.textContent,
    content: element.textContent,
    value: element.value ?? null,
    checked: element.checked ?? element.getAttribute("aria-checked") === "true",
    focused: focused() === element,
    in_view: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}

/** The element that has the focus, in whatever shadow tree it is. */
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** As in `link "Read more"`. */
function describe(element) {
  const name = nameOf(element);
  return `${roleOf(element) ?? element.localName}${name ? ` ${JSON.stringify(name)}` : ""}`;
}

/** The page as an indented list of what it holds, for the message of a test that failed. */
function outline() {
  const lines = [];
  const visit = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data.trim()) lines.push("  ".repeat(depth) + JSON.stringify(tidy(node.data).slice(0, 100)));
    } else if (node.nodeType === Node.ELEMENT_NODE && !UNSEEN.has(node.localName) && isExposed(node)) {
      const role = roleOf(node);
      if (role) lines.push("  ".repeat(depth) + describe(node));
      const named = role && NAMED_BY_CONTENT.has(role) && nameOf(node) === tidy(node.textContent);
      if (!named) for (const child of childrenOf(node)) visit(child, role ? depth + 1 : depth);
    }
  };
  visit(document.body, 1);
  return lines.length ? lines.slice(0, 200).join("\n") : "  (nothing)";
}

/** Not for eyes, and without the hidden markers that would say so. */
const UNSEEN = new Set(["script", "style", "noscript", "template"]);

const ROLES = {
  article: "article", aside: "complementary", blockquote: "blockquote", button: "button", details: "group",
  dialog: "dialog", em: "emphasis", fieldset: "group", figure: "figure", h1: "heading", h2: "heading", h3: "heading",
  h4: "heading", h5: "heading", h6: "heading", hr: "separator", mark: "mark", main: "main", meter: "meter",
  nav: "navigation", ol: "list", optgroup: "group", option: "option", output: "status", p: "paragraph",
  progress: "progressbar", search: "search", strong: "strong", table: "table", td: "cell",
  textarea: "textbox", th: "columnheader", time: "time", tr: "row", ul: "list",
};

const INPUT_ROLES = {
  button: "button", checkbox: "checkbox", image: "button", number: "spinbutton", radio: "radio", range: "slider",
  reset: "button", search: "searchbox", submit: "button", text: "textbox", email: "textbox", tel: "textbox", url: "textbox",
};

const NAMED_BY_CONTENT = new Set([
  "button", "cell", "checkbox", "columnheader", "heading", "link", "menuitem", "option", "radio", "rowheader",
  "switch", "tab", "tooltip", "treeitem",
]);

/** Roles that have no name whatever their author wrote. */
const NAMELESS = new Set(["paragraph", "emphasis", "strong", "mark", "none", "presentation", "generic"]);

function roleOf(element) {
  const written = element.getAttribute("role")?.trim().split(/\s+/)[0];
  return written || ownRole(element);
}

function ownRole(element) {
  const scoped = () => element.closest("article, aside, main, nav, section");
  switch (element.localName) {
    case "a":
    case "area":
      return element.hasAttribute("href") ? "link" : null;
    case "footer":
      return scoped() ? null : "contentinfo";
    case "form":
      return writtenName(element) ? "form" : null;
    case "header":
      return scoped() ? null : "banner";
    case "img":
      return element.getAttribute("alt") === "" ? null : "img";
    case "input": {
      const role = INPUT_ROLES[element.type] ?? null;
      return element.list && ["searchbox", "textbox"].includes(role) ? "combobox" : role;
    }
    case "li":
      return element.parentElement && roleOf(element.parentElement) === "list" ? "listitem" : null;
    case "section":
      return writtenName(element) ? "region" : null;
    case "select":
      return element.multiple || element.size > 1 ? "listbox" : "combobox";
    case "th":
      return element.scope === "row" ? "rowheader" : "columnheader";
    default:
      return ROLES[element.localName] ?? null;
  }
}

function nameOf(element) {
  const role = roleOf(element);
  if (NAMELESS.has(role)) return "";
  const name = writtenName(element) || nativeName(element);
  if (name) return name;
  const content = NAMED_BY_CONTENT.has(role) ? contentOf(element) : "";
  return content || tidy(element.title ?? "") || tidy(element.placeholder ?? "");
}

/** The name that the author gave by ARIA. */
function writtenName(element) {
  const root = element.getRootNode();
  const ids = element.getAttribute("aria-labelledby")?.trim().split(/\s+/) ?? [];
  const named = ids.map((id) => root.getElementById?.(id)).filter(Boolean);
  return tidy(named.map((other) => tidy(other.getAttribute("aria-label") ?? "") || contentOf(other, true)).join(" "))
    || tidy(element.getAttribute("aria-label") ?? "");
}

/** The name that HTML gives. */
function nativeName(element) {
  if (element.labels?.length) return tidy([...element.labels].map((label) => contentOf(label)).join(" "));
  switch (element.localName) {
    case "area":
    case "img":
      return tidy(element.alt);
    case "fieldset":
      return captioned(element, "legend");
    case "figure":
      return captioned(element, "figcaption");
    case "table":
      return captioned(element, "caption");
    case "input":
      return ["button", "reset", "submit"].includes(element.type) ? tidy(element.value) : "";
    default:
      return "";
  }
}

function captioned(element, caption) {
  const child = [...element.children].find((other) => other.localName === caption);
  return child ? contentOf(child) : "";
}

/** The text that a screen reader finds in `element`; in all of it, if `evenHidden`, as one asks for by its id. */
function contentOf(element, evenHidden = false) {
  const parts = [];
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return parts.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.localName)) return;
    if (node !== element) {
      if (!evenHidden && !isExposed(node)) return;
      const own = tidy(node.getAttribute("aria-label") ?? "") || (node.localName === "img" ? tidy(node.alt) : "");
      if (own) return parts.push(` ${own} `);
    }
    const apart = !getComputedStyle(node).display.startsWith("inline");
    if (apart) parts.push(" ");
    for (const child of childrenOf(node)) visit(child);
    if (apart) parts.push(" ");
  };
  visit(element);
  return tidy(parts.join(""));
}

/** Assistive technology meets `element`. */
function isExposed(element) {
  for (let place = element; place; place = place.parentElement ?? place.getRootNode().host) {
    if (place.inert || place.getAttribute("aria-hidden") === "true") return false;
  }
  // What has no box of its own is to be seen if its parent is.
  if (getComputedStyle(element).display === "contents") return isExposed(element.parentElement);
  return element.checkVisibility({ visibilityProperty: true });
}

/** `name` is what a test asked for: "any", or { exactly } or { containing }. */
function fits(name, wanted) {
  if (wanted === "any") return true;
  if (wanted.exactly !== undefined) return name === tidy(wanted.exactly);
  return name.includes(tidy(wanted.containing));
}

function descendants(element) {
  return childrenOf(element)
    .filter((child) => child.nodeType === Node.ELEMENT_NODE)
    .flatMap((child) => [child, ...descendants(child)]);
}

function childrenOf(node) {
  if (node.localName === "slot" && node.assignedNodes().length) return node.assignedNodes();
  return [...(node.shadowRoot ?? node).childNodes];
}

function tidy(text) {
  return text.replace(/\s+/g, " ").trim();
}
