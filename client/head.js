// What must be settled before the first picture: whether the browser is new enough, language and light, and what the
// link in the address is for. Written in the JavaScript of 2009, so that old browsers can read it.
//
// It tells the page by attributes of <html>:
//   data-floor  too-old
//   data-device phone | computer | other, as `platform::environment::device_kind` tells them
//   data-role   the role that this tab will play, if the address says it
//   data-way    join: somebody is invited, and the app is not on this device yet, so that the page has the form
(function () {
  var root = document.documentElement;
  var theme = kept("theme");
  root.lang = kept("language") === "en" ? "en" : "da";
  if (theme) root.setAttribute("data-theme", theme);
  root.setAttribute("data-device", deviceKind(navigator.userAgent, navigator.maxTouchPoints > 1));

  // These came last in Chrome 100, Firefox 115 and Safari 16.4, and are there without https too.
  var isNewEnough =
    typeof WebAssembly === "object" &&
    typeof structuredClone === "function" &&
    typeof BroadcastChannel === "function" &&
    typeof CompressionStream === "function" &&
    typeof indexedDB === "object" &&
    typeof Array.prototype.findLast === "function";
  if (!isNewEnough) {
    root.setAttribute("data-floor", "too-old");
    document.addEventListener("DOMContentLoaded", function () {
      document.querySelector("[data-boot='too-old']").hidden = false;
    });
    return;
  }

  // The secret leaves the address bar at once: screens are projected, and histories are synced to other devices. The
  // app takes it from the state of this entry of the history, where it is also after a reload.
  var address = location.hash.slice(1);
  if (/^\/w\//.test(address)) history.replaceState({ link: address }, "", "#/");
  else address = (history.state && history.state.link) || address;

  var parts = address.split("/");
  var role = parts[1] === "t" ? parts[3] : parts[1] === "w" ? roleOf(parts[3] || "") : "";
  if (role) root.setAttribute("data-role", role);
  // From the device the app comes at once, and knows whether this person has joined already.
  var isHere = navigator.serviceWorker && navigator.serviceWorker.controller;
  if (parts[1] === "w" && (role === "participant" || role === "site") && !isHere) {
    root.setAttribute("data-way", "join");
    // A press before the form's own script is here would send the form; it is kept for that script.
    document.addEventListener("submit", function (event) {
      event.preventDefault();
      root.setAttribute("data-pressed", "true");
    });
  }

  function deviceKind(agent, isTouched) {
    if (/iPhone/.test(agent) || (/Android/.test(agent) && /Mobile/.test(agent))) return "phone";
    if (/Windows NT|CrOS/.test(agent) || (!isTouched && /Macintosh|X11/.test(agent))) return "computer";
    return "other";
  }

  // The first byte of the secret, as `shared/src/access/link.rs` writes it: 1 for the role, 16, and 4 of a checksum. Of
  // so large a number only the first digits are exact, and they are all that is asked for.
  function roleOf(secret) {
    var digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    var number = 0;
    for (var place = 0; place < secret.length; place++) number = number * 58 + digits.indexOf(secret.charAt(place));
    return ["", "facilitator", "site", "participant", "projector"][Math.floor(number / Math.pow(2, 160))] || "";
  }

  // A browser that forbids storage throws on the mere word.
  function kept(name) {
    try {
      return localStorage.getItem("dialogtavle." + name);
    } catch (error) {
      return null;
    }
  }
})();
