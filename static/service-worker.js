// Keeps the explorer for reading without a network. Each build has a cache of its own; what readers have open stays with the
// build that it came from until they ask for the new one.

const VERSION = "{version}";
const FILES = "{files}";

const { scope } = registration;
const OURS = `article-explorer ${scope} `;
const CACHE = OURS + VERSION;
const place = (name) => new URL(name, scope).href;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const name = request.url.slice(scope.length).split(/[?#]/)[0];
  // What others embed is theirs to keep.
  if (name.startsWith("embed/")) return;
  if (request.mode === "navigate") event.respondWith(page(request, name));
  else event.respondWith(file(event, name));
});

// All of it or nothing: parts of two builds don't fit each other, so each is compared with its hash.
async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(FILES).map(async ([name, integrity]) => {
    const response = await fetch(place(name), { cache: "no-cache", ...(integrity && { integrity }) });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    await cache.put(place(name), response);
  }));
}

// The caches of older builds, unless another page may still need the rest of its own.
async function tidy() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length > 1) return;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

async function page(request, name) {
  await tidy();
  const cache = await caches.open(CACHE);
  const start = () => cache.match(place(""));
  if (name === "" || name === "index.html") return (await start()) ?? fetch(request);
  try {
    const response = await fetch(request);
    if (response.ok && /^(articles|list)\//.test(name)) await cache.put(place(name), response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(place(name));
    if (kept) return kept;
    // The program has every article, whether its page was kept or not.
    const [, slug] = /^articles\/([^/]+)\/(?:index\.html)?$/.exec(name) ?? [];
    if (slug) return Response.redirect(place("?article=" + slug + new URL(request.url).search.replace("?", "&")));
    throw error;
  }
}

async function file(event, name) {
  const { request } = event;
  const client = await clients.get(event.clientId);
  if (client?.url.startsWith(place("embed/"))) return fetch(request);
  const kept = (await (await caches.open(CACHE)).match(place(name))) ?? (await older(name));
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && /^(images|texts)\//.test(name)) await (await caches.open(CACHE)).put(place(name), response.clone());
  return response;
}

// A page of an older build may ask for the rest of its program.
async function older(name) {
  if (!name.startsWith("assets/")) return;
  return caches.match(place(name));
}
