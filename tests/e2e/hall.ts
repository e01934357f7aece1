// The hall where a workshop is held: a relay of its own, one workshop, and a browser context for everyone who takes part.
//
//   test("…", async ({ hall }) => {
//     const phone = await hall.participant(), projector = await hall.projector();
//   });

import { expect, test as base, type Browser, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { DevicePage, type Power } from "./device_page.ts";
import { FacilitatorPage } from "./facilitator_page.ts";
import { Line } from "./line.ts";
import { NewVersion } from "./new_version.ts";
import { OwnBrowser } from "./own_browser.ts";
import { PhonePage } from "./phone_page.ts";
import { ProjectorPage } from "./projector_page.ts";
import { Relay } from "./relay.ts";
import { StockPeer } from "./stock_peer.ts";
import { makeWorkshop, type NewWorkshop, type Role, type Workshop } from "./workshop.ts";

// The smallest phone that the pictures are drawn for, a usual laptop, and the large screen.
export const PHONE = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  userAgent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
} as const;
export const LAPTOP = { viewport: { width: 1366, height: 768 } } as const;
export const SCREEN = { viewport: { width: 1920, height: 1080 } } as const;

export type Seat = {
  // What the device's traffic goes through, instead of straight to the relay.
  line?: { origin: string };
  options?: BrowserContextOptions;
  // True: a browser process and a profile of its own, which the test can close, kill and open again.
  ownBrowser?: boolean;
  // False: the device has its link in hand, and has not opened it yet.
  opens?: boolean;
};

export class Hall {
  // What no test may leave behind: script errors, breaches of the content policy, requests to anyone but the relay.
  readonly faults: string[] = [];
  // True in a test that makes pages panic.
  mayPanic = false;
  #workshop: Workshop | undefined;
  // Browsers and what stands between them and the relay, in the order in which they came.
  #between: { close(): Promise<void> }[] = [];

  constructor(
    readonly browser: Browser,
    readonly relay: Relay,
  ) {}

  // The workshop of this hall, made when it is first asked for.
  async workshop(wanted?: NewWorkshop): Promise<Workshop> {
    this.#workshop ??= await makeWorkshop(this.relay.origin, wanted);
    return this.#workshop;
  }

  async participant(seat: Seat = {}): Promise<PhonePage> {
    return this.#seat(PhonePage, "participant", PHONE, seat);
  }

  async facilitator(seat: Seat = {}): Promise<FacilitatorPage> {
    return this.#seat(FacilitatorPage, "facilitator", LAPTOP, seat);
  }

  async projector(seat: Seat = {}): Promise<ProjectorPage> {
    return this.#seat(ProjectorPage, "projector", SCREEN, seat);
  }

  // A phone that nobody gave a link: it opens the front page.
  async visitor(seat: Seat = {}): Promise<PhonePage> {
    return this.#place(PhonePage, `${(seat.line ?? this.relay).origin}/`, PHONE, seat);
  }

  // A laptop that nobody gave a link: whoever sits there may come to lead a workshop.
  async host(seat: Seat = {}): Promise<FacilitatorPage> {
    return this.#place(FacilitatorPage, `${(seat.line ?? this.relay).origin}/`, LAPTOP, seat);
  }

  // A phone that was given this link, whichever workshop it leads to.
  async guest(link: string, seat: Seat = {}): Promise<PhonePage> {
    return this.#place(PhonePage, link, PHONE, seat);
  }

  // A line of its own between a browser and the relay.
  async line(): Promise<Line> {
    const line = await Line.to(() => this.relay.port);
    this.#between.push(line);
    return line;
  }

  // A relay that can become newer under a browser's eyes.
  async newVersion(): Promise<NewVersion> {
    const version = await NewVersion.of(() => this.relay.port);
    this.#between.push(version);
    return version;
  }

  // A stock automerge-repo client with a role's rights.
  async stock(role: Role): Promise<StockPeer> {
    const { sync, documents } = await this.workshop();
    const peer = await StockPeer.dial(sync[role], documents);
    this.#between.push(peer);
    return peer;
  }

  // Has something closed when the hall closes, before what came earlier.
  closesLater(one: { close(): Promise<void> }): void {
    this.#between.push(one);
  }

  async close(): Promise<void> {
    // Browsers came after the lines they use, and go before them.
    for (const one of this.#between.reverse()) await one.close();
    await this.relay.close();
  }

  async #seat<T extends DevicePage>(kind: Kind<T>, role: Role, device: BrowserContextOptions, seat: Seat): Promise<T> {
    const { links } = await this.workshop();
    const link = links[role].replace(this.relay.origin, (seat.line ?? this.relay).origin);
    return this.#place(kind, link, device, seat);
  }

  async #place<T extends DevicePage>(kind: Kind<T>, link: string, screen: BrowserContextOptions, seat: Seat): Promise<T> {
    const options = { ...screen, ...seat.options };
    const power = seat.ownBrowser ? await this.#power(options, new URL(link).origin) : undefined;
    const context = power ? await power.open() : await this.#context(options, new URL(link).origin);
    const device = new kind(context, context.pages()[0] ?? (await context.newPage()), link, power);
    if (seat.opens ?? true) await device.goto();
    return device;
  }

  async #context(options: BrowserContextOptions, origin: string): Promise<BrowserContext> {
    const context = await this.browser.newContext(options);
    this.#between.push(context);
    this.#watch(context, origin);
    return context;
  }

  async #power(options: BrowserContextOptions, origin: string): Promise<Power> {
    const own = await OwnBrowser.make({ locale: "da-DK", timezoneId: "Europe/Copenhagen", ...options });
    this.#between.push({ close: () => own.remove() });
    return {
      open: async () => {
        const context = await own.open();
        this.#watch(context, origin);
        return context;
      },
      close: () => own.close(),
      kill: () => own.kill(),
    };
  }

  #watch(context: BrowserContext, origin: string): void {
    context.on("weberror", (error) => {
      const fault = String(error.error());
      if (!this.mayPanic || !fault.includes("unreachable")) this.faults.push(fault);
    });
    context.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) this.faults.push(message.text());
    });
    context.on("request", (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol.startsWith("http") && asked !== origin) this.faults.push(`a request to ${asked}`);
    });
  }
}

type Kind<T> = new (...parts: ConstructorParameters<typeof DevicePage>) => T;

export const test = base.extend<{ hall: Hall }>({
  hall: async ({ browser }, use, info) => {
    const hall = new Hall(browser, await Relay.start());
    try {
      await use(hall);
    } finally {
      await hall.close();
      if (info.status !== info.expectedStatus) await info.attach("relay.log", { body: hall.relay.log });
    }
    expect(hall.faults).toEqual([]);
  },
});

export { expect };
