// Writes all that people wrote on this device into one file, without its links: on request, and as the way out when the app cannot start.

const DATABASE = "dialogtavle";

// Offers the file to the person. Gives false if the device holds nothing. `unkept` is what the app holds in memory
// alone: by store, pairs of key and value.
export async function exportDevice(unkept = {}) {
  const database = await open().catch((error) => {
    // A browser that keeps nothing has no database to read, and all the more in memory.
    if (!Object.keys(unkept).length) throw error;
    return null;
  });
  if (!database && !Object.keys(unkept).length) return false;
  const stores = database ? await kept(database) : {};
  for (const [name, pairs] of Object.entries(unkept)) {
    const own = pairs.map(([key, value]) => ({ key: plain(key), value: plain(value) }));
    const keys = new Set(own.map(({ key }) => String(key)));
    stores[name] = [...(stores[name] ?? []).filter(({ key }) => !keys.has(String(key))), ...own];
  }
  for (const name of Object.keys(stores)) stores[name] = stores[name].filter(({ key }) => !isSecret(name, key));
  const build = document.querySelector("meta[name=dialogtavle-build]").content;
  const content = { format: "dialogtavle-device", version: 1, build, schema: database?.version, stores };
  database?.close();
  save(JSON.stringify(content), `dialogtavle-${new Date().toISOString().slice(0, 10)}.json`);
  return true;
}

async function kept(database) {
  const stores = {};
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
    stores[name] = keys.map((key, index) => ({ key: plain(key), value: plain(values[index]) }));
  }
  return stores;
}

// What opens a workshop stays on the device: the file is sent to others, and what people wrote does not need it.
function isSecret(store, key) {
  return store === "workshops" && String(key[1]).startsWith("capability");
}

// Opens the database as it is. One that is not there must not be made: the app would take it for its own.
async function open() {
  const request = indexedDB.open(DATABASE);
  let isNew = false;
  request.onupgradeneeded = () => {
    isNew = true;
    request.transaction.abort();
  };
  try {
    return await result(request);
  } catch (error) {
    if (isNew) return null;
    throw error;
  }
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// JSON has no bytes: they become base64 under a key of their own.
function plain(value) {
  if (value instanceof ArrayBuffer) return { $bytes: base64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) return { $bytes: base64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (typeof value === "bigint") return { $bigint: value.toString() };
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}

function base64(bytes) {
  let binary = "";
  // In steps: too many arguments at once overflow the stack.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}

function save(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  // The browser reads the file after this returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
