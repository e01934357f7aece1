// Loads the app, and stands guard outside it.
//
// What the page and the app (wasm) tell each other goes by events on `window` and by attributes of <html>:
//   event dialogtavle:worker           here -> app: data-offline or data-update changed
//   event dialogtavle:activate-update  app -> here: the person chose the new version
//   event dialogtavle:export           app -> here: save all that the device holds; detail: what lies in memory alone
//   event dialogtavle:exported         here -> app: data-export says how that went: done | empty | failed
//   data-role     here the role that this tab will play, if the address says it (head.js)
//   data-started  true once the app draws
//   data-offline  pending | ready | failed | unavailable: whether the app opens without a network
//   data-update   none | waiting | taken: a new version waits; another tab has taken it, so this tab should reload

import { exportDevice } from "{{rescue.js}}";

const APP = "{{app.js}}";
const WASM = "{{app.wasm}}";
const WASM_BYTES = Number("{{app.wasm.bytes}}");
// What each module of the app takes, by its name in `client/src/modules.rs`.
const MODULES = JSON.parse('{{modules}}');
const PANICS = "dialogtavle.panics";

const root = document.documentElement;
const part = (name) => document.querySelector(`[data-boot='${name}']`);

let isStopped = false;

if (root.dataset.floor !== "too-old") {
  addEventListener("error", (event) => trapped(event.error));
  addEventListener("unhandledrejection", (event) => trapped(event.reason));
  for (const button of document.querySelectorAll("[data-boot-action='again']")) button.onclick = again;
  document.querySelector("[data-boot-action='export']").onclick = rescue;
  addEventListener("dialogtavle:export", (event) => saveCopy(event.detail));
  start();
}

async function start() {
  const ahead = MODULES[{ facilitator: "desk", projector: "wall" }[root.dataset.role]];
  if (ahead) preload([...ahead, document.querySelector("[data-later]").href]);
  let app;
  try {
    const [module, response] = await Promise.all([import(APP), download()]);
    app = { module, response };
  } catch {
    unreachable();
    return;
  }
  try {
    await app.module.default({ module_or_path: app.response });
    root.dataset.started = "true";
    performance.mark("dialogtavle:started");
  } catch (error) {
    // A line that breaks in the middle of the wasm ends here too, and is no fault of the app.
    if (error instanceof TypeError) unreachable();
    else panicked(placeOf(error) ?? "start", error);
  }
  keepOffline();
}

// Has the browser fetch files beside the app that the app will ask for.
function preload(paths) {
  for (const href of paths) {
    // Whether a file is asked for across origins must be as when it is used, or it is fetched twice.
    const use = href.endsWith(".css") ? { as: "style" } : { as: "fetch", crossOrigin: "anonymous" };
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", href, ...use }));
  }
}

// Fetches the wasm and shows how far it has come. From the service worker it is here at once, and is passed on
// untouched: a wrapped response costs the browser its cache of compiled code.
async function download() {
  const response = await fetch(WASM);
  if (!response.ok) throw new TypeError(`the relay answered ${response.status}`);
  if (navigator.serviceWorker?.controller || !response.body) return response;
  document.querySelector("[data-loading]").hidden = false;
  const bars = document.querySelectorAll("[data-boot] progress");
  let bytes = 0;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        for (const bar of bars) bar.value = Math.min(100, (100 * bytes) / WASM_BYTES);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { headers: { "content-type": "application/wasm" } });
}

function unreachable() {
  show("unreachable");
  addEventListener("online", again);
}

// A panic in the app is a trap in its wasm, and the module cannot be used again.
function trapped(error) {
  const place = placeOf(error);
  if (place) panicked(place, error);
}

// Where in the module a trap happened, from the innermost frame outwards: the outer ones tell panics apart in a build
// in which the innermost belong to Rust's own machinery.
function placeOf(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return null;
  const frames = [...(error.stack ?? "").matchAll(/wasm-function\[(\d+)\](?::(0x[0-9a-f]+))?/g)];
  return frames.slice(0, 10).map(([, index, offset]) => `${index}${offset ? `:${offset}` : ""}`).join(" ") || "wasm";
}

// Starts the app anew, which a person hardly notices; the second time at one place it would only go on in circles.
function panicked(place, error) {
  if (isStopped) return;
  isStopped = true;
  console.error(`the app stopped at ${place}:`, error);
  const storage = sessionStorageOrNone();
  const before = JSON.parse(read(storage, PANICS) ?? "[]");
  // Without a memory of the session, every panic could be the hundredth.
  const isAgain = !storage || before.includes(place) || before.length >= 4;
  if (!isAgain) {
    storage.setItem(PANICS, JSON.stringify([...before, place]));
    location.reload();
    return;
  }
  part("place").textContent = place;
  show("safe-mode");
}

function again() {
  sessionStorageOrNone()?.removeItem(PANICS);
  // A newer version may be the mend.
  if (root.dataset.update === "waiting") dispatchEvent(new Event("dialogtavle:activate-update"));
  else location.reload();
}

async function rescue() {
  part("nothing-kept").hidden = true;
  part("not-exported").hidden = true;
  try {
    part("nothing-kept").hidden = await exportDevice();
  } catch (error) {
    console.error(error);
    part("not-exported").hidden = false;
  }
}

async function saveCopy(unkept) {
  try {
    root.dataset.export = (await exportDevice(unkept)) ? "done" : "empty";
  } catch (error) {
    console.error(error);
    root.dataset.export = "failed";
  }
  dispatchEvent(new Event("dialogtavle:exported"));
}

// Puts one of the page's own screens in the app's place.
function show(name) {
  document.querySelector("[data-app]").hidden = true;
  for (const screen of document.querySelectorAll("main[data-boot]")) screen.hidden = screen !== part(name);
}

// Only now: what the service worker fetches must not be in the way of the first visit.
async function keepOffline() {
  const workers = navigator.serviceWorker;
  tell("update", "none");
  if (!workers) {
    tell("offline", "unavailable");
    return;
  }
  tell("offline", "pending");
  let isMine = false;
  let wasControlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (isMine) location.reload();
    else if (wasControlled) tell("update", "taken");
    wasControlled = true;
  });
  let registration;
  try {
    registration = await workers.register("/service_worker.js", { updateViaCache: "none" });
  } catch (error) {
    console.error("no service worker", error);
    tell("offline", "failed");
    return;
  }
  addEventListener("dialogtavle:activate-update", () => {
    isMine = true;
    if (registration.waiting) registration.waiting.postMessage("activate-update");
    else location.reload();
  });
  workers.addEventListener("message", (event) => {
    if (event.data === "update-waiting") tell("update", "waiting");
  });
  if (registration.waiting && registration.active) tell("update", "waiting");
  registration.addEventListener("updatefound", () => watch(registration, registration.installing));
  watch(registration, registration.installing);
  if (registration.active) tell("offline", "ready");
  addEventListener("visibilitychange", () => {
    // Refused when there is no network; the next look tries again.
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
}

function watch(registration, worker) {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && registration.active) tell("update", "waiting");
    if (worker.state === "activated") tell("offline", "ready");
    if (worker.state === "redundant" && !registration.active) tell("offline", "failed");
  });
}

function tell(name, value) {
  root.dataset[name] = value;
  dispatchEvent(new CustomEvent("dialogtavle:worker"));
}

// A browser that forbids storage throws on the mere word.
function sessionStorageOrNone() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function read(storage, key) {
  return storage?.getItem(key) ?? null;
}
