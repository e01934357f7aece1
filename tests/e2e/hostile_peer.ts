// A peer that holds a good link and means no good: it speaks the frames itself.

import { once } from "node:events";
import { cbor, parseAutomergeUrl, type AutomergeUrl } from "@automerge/automerge-repo";
import { WebSocket } from "ws";

type Frame = { type: string } & Record<string, unknown>;

export class HostilePeer {
  readonly frames: Frame[] = [];
  #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (bytes: Buffer) => this.frames.push(cbor.decode(new Uint8Array(bytes))));
  }

  static async dial(url: string): Promise<HostilePeer> {
    const socket = new WebSocket(url);
    const peer = new HostilePeer(socket);
    await once(socket, "open");
    return peer;
  }

  join(senderId = `hostile-${crypto.randomUUID()}`): void {
    this.send({ type: "join", senderId, peerMetadata: {}, supportedProtocolVersions: ["1"] });
  }

  send(frame: Frame): void {
    this.sendBytes(cbor.encode(frame));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  sendWords(words: string): void {
    this.#socket.send(words);
  }

  // Waits until the relay has ended the line, and gives its last frames.
  async isEnded(): Promise<Frame[]> {
    if (this.#socket.readyState !== WebSocket.CLOSED) await once(this.#socket, "close", { signal: AbortSignal.timeout(10_000) });
    return this.frames;
  }

  async close(): Promise<void> {
    this.#socket.terminate();
  }

  // All that a stranger at this URL learns who asks for a document: frames in words, and how the line ended.
  static async learns(url: string, document: string): Promise<string[]> {
    const socket = new WebSocket(url);
    const learnt: string[] = [];
    const senderId = "stranger";
    socket.on("unexpected-response", (_, response) => {
      learnt.push(`HTTP ${response.statusCode}`);
      socket.terminate();
    });
    socket.on("error", () => {});
    socket.on("open", () => {
      socket.send(cbor.encode({ type: "join", senderId, peerMetadata: {}, supportedProtocolVersions: ["1"] }));
      // An empty sync message, as one sends who has nothing.
      const data = new Uint8Array([0x42, 0, 0, 0, 0]);
      socket.send(cbor.encode({ type: "request", senderId, targetId: "relay", documentId: document, data }));
    });
    socket.on("message", (bytes: Buffer) => {
      const { type, message, code, data } = cbor.decode(new Uint8Array(bytes)) as Frame;
      learnt.push([type, message, code, data && "with data"].filter(Boolean).join(": "));
      if (type === "doc-unavailable" || type === "sync") socket.close();
    });
    const [code] = (await once(socket, "close", { signal: AbortSignal.timeout(10_000) })) as [number];
    return [...learnt, `closed with ${code}`];
  }
}

export function documentId(url: string): string {
  return parseAutomergeUrl(url as AutomergeUrl).documentId;
}
