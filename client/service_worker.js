// Keeps the whole app on the device, so that it opens without a network, and brings a new version without forcing it.
//
// One cache for each build. A new worker fills its own beside the old one and waits until the person chooses it;
// a page never runs a mixture of two builds. What the relay answers (`/api`, `/sync`, …) never passes through here.

const BUILD = "{{build_id}}";
const CACHE = `dialogtavle-${BUILD}`;
// Path -> hash of its bytes.
const FILES = JSON.parse('{{precache}}');
const RELAY = /^\/(api|sync|healthz|metrics)(\/|$)/;
// Which packs there are: the relay's to say, since a work-place may have its own.
const PACKS = "/packs/index.cbor";
// How long a relay that does not answer is waited for, in milliseconds.
const PATIENCE = 2000;
const NAMED_BY_CONTENT = /^\/assets\/|^\/packs\/.+\.[0-9a-f]{16}\.cbor$/;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data === "activate-update") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || RELAY.test(url.pathname)) return;
  if (request.mode === "navigate" && isPage(url.pathname)) event.respondWith(kept("/", event));
  else if (url.pathname === PACKS) event.respondWith(newest(PACKS, event));
  else if (url.pathname in FILES || NAMED_BY_CONTENT.test(url.pathname)) event.respondWith(kept(url.pathname, event));
});

// Every path without an extension is the app's one page.
function isPage(path) {
  return path === "/index.html" || !path.includes(".");
}

async function kept(path, event) {
  const cache = await caches.open(CACHE);
  // A page of the build before may still ask for a file of that build.
  const before = (await cache.match(path)) ?? (await caches.match(path));
  if (before) return before;
  const response = await fetch(event.request);
  // What few need, such as the letters of names from elsewhere, is kept from when it was first asked for.
  if (response.ok && NAMED_BY_CONTENT.test(path)) event.waitUntil(cache.put(path, response.clone()));
  return response;
}

// What the relay says now, or, where there is no network to ask it over, what it said last.
async function newest(path, event) {
  const cache = await caches.open(CACHE);
  const before = (await cache.match(path)) ?? (await caches.match(path));
  const asked = fetch(path, { cache: "no-cache" }).then(async (response) => {
    if (!response.ok) return before ?? response;
    await cache.put(path, response.clone());
    return response;
  });
  if (!before) return asked;
  // Kept for the next time, also when it comes too late for this one.
  event.waitUntil(asked.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, before.clone()));
  return Promise.race([asked.catch(() => before), late]);
}

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.keys(FILES).map((path) => keep(cache, path)));
  if (!registration.active) return;
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage("update-waiting");
}

async function keep(cache, path) {
  const isNamedByContent = NAMED_BY_CONTENT.test(path);
  const before = isNamedByContent ? await caches.match(path) : undefined;
  // What has a fixed name is asked for anew; the rest may come from what the page has just loaded.
  const response = before ?? (await fetch(path, { cache: isNamedByContent ? "default" : "reload" }));
  if (!response.ok) throw new Error(`${path}: the relay answered ${response.status}`);
  // The relay may have become newer in between: then this worker gives up, and the newer one is tried next.
  if (path === "/" && !(await response.clone().text()).includes(BUILD)) throw new Error("the page is of another build");
  await cache.put(path, response);
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("dialogtavle-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
}
