// Hocuspocus with a file for each document, stored when it pauses, as it is set up by default.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import { asked, endAfter, say } from "./listen.js";

const { host, port, folder } = asked();
const file = (name) => join(folder, encodeURIComponent(name));
const server = new Server({
  address: host,
  port,
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      fetch: ({ documentName }) => readFile(file(documentName)).catch(() => null),
      store: ({ documentName, state }) => writeFile(file(documentName), state),
    }),
  ],
});
await server.listen();
say(server.httpServer);
endAfter(() => server.destroy());
