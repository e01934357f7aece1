// A stock automerge-repo client, as anyone gets it from npm: what it can do, others can build on.

import { Repo, type AnyDocumentId, type DocHandle } from "@automerge/automerge-repo";
import { WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";

export class StockPeer {
  private constructor(
    readonly repo: Repo,
    readonly adapter: WebSocketClientAdapter,
  ) {}

  // Dials one of the `sync` addresses that the relay gave out.
  static dial(sync: string): StockPeer {
    const adapter = new WebSocketClientAdapter(sync);
    return new StockPeer(new Repo({ network: [adapter] }), adapter);
  }

  async find<T>(document: string): Promise<DocHandle<T>> {
    return this.repo.find<T>(document as AnyDocumentId);
  }

  async close(): Promise<void> {
    await this.repo.shutdown();
    this.adapter.disconnect();
  }
}
