// Says in words when a browser is too old. Written in the JavaScript of 2009, so that old browsers can read it.
// What it looks for came last in Chrome 100, Firefox 115 and Safari 16.4, and is there without https too.
(function () {
  var isNewEnough =
    typeof WebAssembly === "object" &&
    typeof structuredClone === "function" &&
    typeof BroadcastChannel === "function" &&
    typeof CompressionStream === "function" &&
    typeof indexedDB === "object" &&
    typeof Array.prototype.findLast === "function";
  if (isNewEnough) return;
  document.documentElement.setAttribute("data-floor", "too-old");
  document.querySelector("[data-app]").hidden = true;
  document.querySelector("[data-boot='too-old']").hidden = false;
})();
