// What the short journeys ask of a browser, so that one journey runs in engines that Playwright does not drive.

export interface Engine {
  readonly name: string;
  // Starts the browser with the profile that this device had before.
  start(): Promise<void>;
  // Ends it with SIGKILL: nothing is flushed.
  kill(): Promise<void>;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  // Runs a function's body in the page and gives its result, which must be JSON.
  run<T>(body: string, ...values: unknown[]): Promise<T>;
  // Real keys and a real click on the first element that the selector names.
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  // Ends it for good and removes what it stored.
  remove(): Promise<void>;
}

// Waits until the page says so; a bound, and no guess at how long it takes.
export async function until(engine: Engine, what: string, condition: string, ...values: unknown[]): Promise<void> {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    // A page that is being replaced cannot answer; the next one can.
    if (await engine.run<boolean>(`return Boolean(${condition})`, ...values).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const shown = await words(engine).catch((error: unknown) => String(error));
  throw new Error(`${engine.name}: waited 20 s in vain until ${what}; the page says:\n${shown}`);
}

// The words of the page, as a person would read them.
export async function words(engine: Engine): Promise<string> {
  return engine.run<string>("return document.body.innerText");
}
