// The relay as it will be after an update: the same answers, under another build id.

import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";

export class NewVersion {
  // Until it is set, answers pass unchanged.
  #rename: { from: string; to: string } | undefined;
  #server: Server;

  private constructor(readonly relayPort: () => number) {
    this.#server = createServer((asked, answer) => this.#answer(asked, answer));
    this.#server.on("upgrade", (asked, socket, head) => {
      const relay = connect(relayPort(), "127.0.0.1");
      const headers = asked.rawHeaders.map((part, index) => (index % 2 ? `${part}\r\n` : `${part}: `)).join("");
      relay.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${headers}\r\n`);
      relay.write(head);
      socket.pipe(relay).pipe(socket);
      for (const end of [socket, relay]) end.on("error", () => [socket, relay].forEach((other) => other.destroy()));
    });
  }

  static async of(relayPort: () => number): Promise<NewVersion> {
    const version = new NewVersion(relayPort);
    version.#server.listen(0, "127.0.0.1");
    await once(version.#server, "listening");
    return version;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  // From now on the build `from` calls itself `to`.
  publish(from: string, to: string): void {
    this.#rename = { from, to };
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  #answer(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, headers } = asked;
    const named = path === "/" || path === "/service_worker.js";
    const forwarded = { ...headers, ...(named && { "accept-encoding": "identity", "if-none-match": "" }) };
    const options = { host: "127.0.0.1", port: this.relayPort(), method, path, headers: forwarded };
    const onward = request(options, (relay) => {
      const { statusCode = 502, headers } = relay;
      if (!named || !this.#rename) {
        answer.writeHead(statusCode, headers);
        relay.pipe(answer);
        return;
      }
      const { from, to } = this.#rename;
      let text = "";
      relay.setEncoding("utf8").on("data", (part: string) => (text += part));
      relay.on("end", () => {
        const { "content-length": _, etag: __, "last-modified": ___, ...kept } = headers;
        answer.writeHead(statusCode, kept).end(text.replaceAll(from, to));
      });
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  }
}
