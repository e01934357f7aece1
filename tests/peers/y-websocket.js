// y-websocket's own server, with its LevelDB.
import http from "node:http";
import { createRequire } from "node:module";
import { WebSocketServer } from "ws";
import { asked, endAfter, say } from "./listen.js";

const { host, port, folder } = asked();
// Read when the module is loaded.
process.env.YPERSISTENCE = folder;
const { getPersistence, setupWSConnection } = createRequire(import.meta.url)("y-websocket/bin/utils");

const server = http.createServer();
const sockets = new WebSocketServer({ server });
sockets.on("connection", setupWSConnection);
// What was asked of the database before is done before this answers.
endAfter(() => getPersistence().provider.getStateVector("sync"));
server.listen(port, host, () => say(server));
