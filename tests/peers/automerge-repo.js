// automerge-repo as a sync server, as its own sync server puts it together.
import http from "node:http";
import { setImmediate } from "node:timers/promises";
import { Repo } from "@automerge/automerge-repo";
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { WebSocketServer } from "ws";
import { asked, endAfter, say } from "./listen.js";

const { host, port, folder } = asked();
const server = http.createServer();
const sockets = new WebSocketServer({ server });
const repo = new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(folder),
  peerId: "automerge-repo",
  sharePolicy: async () => false,
});
// The repo first reads its storage; a socket that came before would never be heard.
while (sockets.listenerCount("connection") === 0) await setImmediate();
endAfter(() => repo.flush());
server.listen(port, host, () => say(server));
