// The page's own join form, for whoever is invited and waits for the app; and the moment at which the app takes over.
//
// The page shows one of its screens until the app has drawn one of its own. If both are the join form, everything that
// was done in the page's is done in the app's: words, selection, focus, and a press that came too early.

const root = document.documentElement;
const app = document.querySelector("[data-app]");
const screens = document.querySelectorAll("[data-boot='welcome'], [data-boot='join']");
const page = document.querySelector("[data-boot='join']");
const form = page.querySelector("form");
const name = page.querySelector("[data-test='join-name']");
const anonymous = page.querySelector("[data-test='join-anonymous']");
const TYPED = "dialogtavle.typed";
const NAME_LIMIT = 40;

let isPressed = false;
let isComposing = false;

if (root.dataset.way === "join") begin();
const drawn = new MutationObserver(takeOver);
drawn.observe(app, { childList: true, subtree: true });
takeOver();

function begin() {
  form.addEventListener("submit", press);
  name.addEventListener("input", () => hideFaults());
  name.addEventListener("compositionstart", () => (isComposing = true));
  name.addEventListener("compositionend", () => {
    isComposing = false;
    // The last letters may come with an event after this one.
    setTimeout(takeOver);
  });
  anonymous.addEventListener("change", choose);
  speak();
  offerLanguage();
  restore();
  addEventListener("pagehide", keep);
  if (root.dataset.pressed) press();
}

function press() {
  hideFaults();
  const length = name.value.trim().length;
  if (!anonymous.checked && (length === 0 || length > NAME_LIMIT)) {
    const fault = page.querySelector(length === 0 ? "[data-fault='missing']" : "[data-fault='too-long']");
    const words = (length === NAME_LIMIT + 1 ? "one" : "other") + (root.lang === "en" ? "En" : "Da");
    if (length > 0) fault.textContent = fault.dataset[words].replace("{n}", String(length - NAME_LIMIT));
    fault.hidden = false;
    name.setAttribute("aria-invalid", "true");
    name.focus();
    return;
  }
  isPressed = true;
  page.querySelector("[data-state='waiting']").hidden = true;
  page.querySelector("[data-state='pressed']").hidden = false;
  takeOver();
}

function hideFaults() {
  for (const fault of page.querySelectorAll("[data-fault]")) fault.hidden = true;
  name.setAttribute("aria-invalid", "false");
}

function choose() {
  name.disabled = anonymous.checked;
  hideFaults();
}

function speak() {
  name.placeholder = name.dataset[root.lang];
}

// As the app offers it: where nobody has chosen, in the language that the browser prefers.
function offerLanguage() {
  const wanted = navigator.language.split("-")[0] === "da" ? "da" : "en";
  if (read(localStorageOrNone(), "dialogtavle.language") || wanted === root.lang) return;
  const offer = page.querySelector(`[data-offer='${wanted}']`);
  offer.hidden = false;
  offer.onclick = () => {
    // The app reads it there.
    localStorageOrNone()?.setItem("dialogtavle.language", wanted);
    root.lang = wanted;
    offer.hidden = true;
    speak();
  };
}

// What was typed outlives a page that is loaded anew because the app could not be fetched.
function keep() {
  const typed = { name: name.value, anonymous: anonymous.checked, pressed: isPressed };
  if (page.isConnected) sessionStorageOrNone()?.setItem(TYPED, JSON.stringify(typed));
}

function restore() {
  const typed = JSON.parse(read(sessionStorageOrNone(), TYPED) ?? "null");
  sessionStorageOrNone()?.removeItem(TYPED);
  if (!typed) return choose();
  // What was typed since this page came is newer.
  name.value ||= typed.name;
  anonymous.checked ||= typed.anonymous;
  choose();
  if (typed.pressed) press();
}

// Nothing is drawn between what is done here: no picture shows both, or neither.
function takeOver() {
  if (!app.querySelector("main")) return;
  const theirs = root.dataset.way === "join" ? app.querySelector("[data-join]") : null;
  if (theirs && isComposing && !isPressed) {
    // What is being composed cannot be handed over; until it is written out the page's form stays.
    app.hidden = true;
    return;
  }
  drawn.disconnect();
  removeEventListener("pagehide", keep);
  sessionStorageOrNone()?.removeItem(TYPED);
  app.hidden = false;
  if (theirs) handOver(theirs);
  for (const screen of screens) screen.remove();
}

function handOver(theirs) {
  const part = (test) => theirs.querySelector(`[data-test='${test}']`);
  const focused = document.activeElement;
  const { selectionStart, selectionEnd, selectionDirection } = name;
  const theirName = part("join-name");
  theirName.value = name.value;
  theirName.dispatchEvent(new InputEvent("input", { bubbles: true }));
  if (anonymous.checked) part("join-anonymous").click();
  if (page.contains(focused) && focused.dataset.test) part(focused.dataset.test)?.focus({ preventScroll: true });
  if (focused === name) theirName.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? "none");
  // After the app has drawn with what it was just given.
  if (isPressed) setTimeout(() => theirs.requestSubmit());
}

// A browser that forbids storage throws on the mere word.
function localStorageOrNone() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

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
