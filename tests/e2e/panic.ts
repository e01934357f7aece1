// Stops the app as a panic in it does: by a trap in wasm.

import type { Page } from "@playwright/test";

/** Where the guard says that `panic` happened: in function 0 of a module that holds nothing else. */
export const PLACE = /^0:0x[0-9a-f]+$/;

// (module (func (export "stop") unreachable))
const MODULE = "\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x07\x08\x01\x04stop\0\0\x0a\x05\x01\x03\0\0\x0b";

/** Traps in a module of its own, so that also a page whose app never came can be stopped. */
export async function panic(page: Page): Promise<void> {
  await page.evaluate((bytes) => {
    const module = new WebAssembly.Module(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    setTimeout(new WebAssembly.Instance(module).exports.stop as () => void);
  }, MODULE);
}

/** Traps in the app's own module, by asking it for more memory than there is. */
export async function panicInApp(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const url = document.querySelector<HTMLLinkElement>("link[rel=modulepreload]")?.href;
    const app = await (await import(url ?? "")).default();
    setTimeout(() => app.__wbindgen_malloc(-1, 1));
  });
}
