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

  close(): void {
    this.#socket.terminate();
  }
}

export function documentId(url: string): string {
  return parseAutomergeUrl(url as AutomergeUrl).documentId;
}
