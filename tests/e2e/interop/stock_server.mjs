// A stock automerge-repo sync server, as its own documentation puts one together, for the client core to dial. It says
// where it listens, and ends with the test that started it.
import { createServer } from "node:http";
import { setImmediate } from "node:timers/promises";
import { Repo } from "@automerge/automerge-repo";
import { WebSocketServerAdapter } from "@automerge/automerge-repo-network-websocket";
import { WebSocketServer } from "ws";

const server = createServer();
const sockets = new WebSocketServer({ server });
new Repo({ network: [new WebSocketServerAdapter(sockets)], sharePolicy: async () => false });
// The repo takes a moment until it listens; a socket that came before would never be heard.
while (sockets.listenerCount("connection") === 0) await setImmediate();
server.listen(0, "127.0.0.1", () => console.log(`listening on 127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
