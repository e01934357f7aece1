// What each server has in common: where it listens, where its data lie, and that SIGTERM ends it.

/** The host, port and folder that the load asks for. */
export function asked() {
  const [listen, folder] = process.argv.slice(2);
  const [host, port] = listen.split(":");
  return { host, port: Number(port), folder };
}

/** Tells the load where `server` listens. */
export function say(server) {
  console.log(`listening on http://${asked().host}:${server.address().port}`);
}

/** Ends on SIGTERM once `flush` is done. */
export function endAfter(flush) {
  process.once("SIGTERM", async () => {
    await flush();
    process.exit(0);
  });
}
