// The pictures that the README shows: a whole A1 on phones, one of them without a network, and on the large screen.

import path from "node:path";
import { test } from "../hall.ts";

const ANSWERS = [
  { name: "Amina", now: 2, ambition: 4 },
  { name: "Jonas", now: 3, ambition: 4 },
  { name: "Birthe", now: 2, ambition: 5 },
  { name: "Yusuf", now: 2, ambition: 4 },
  { name: "Mette", now: 4, ambition: 5 },
  { name: "Ole", now: 1, ambition: 3 },
  { name: "Sofie", now: 2, ambition: 4 },
];
const EXAMPLES = ["Hjælpen kommer, men først når nogen har råbt op.", "Om natten ved ingen, hvem man ringer til."];
const SIGN = "Vi mærker det, når en ny bliver spurgt til, før hun selv spørger.";

// A picture shows where things are, not how they came there.
const still = { reducedMotion: "reduce" } as const;

const file = (name: string) => path.join(import.meta.dirname, `${name}.png`);

test("phones and the large screen", async ({ hall }) => {
  test.setTimeout(180_000);
  await hall.workshop({ title: "Støtte i hverdagen, Nordhallen", tools: ["A1", "A2"], lang: "da" });
  const screens = {
    light: await hall.projector({ options: { ...still, colorScheme: "light" } }),
    dark: await hall.projector({ options: { ...still, colorScheme: "dark" } }),
  };
  for (const { name, now, ambition } of ANSWERS) {
    const phone = await hall.participant();
    await phone.join(name);
    await phone.open("ambition");
    await phone.place(ambition);
    await phone.open("now");
    await phone.place(now);
    await phone.everythingIsReceived();
    await phone.context.close();
  }

  const phone = await hall.participant({ options: { ...still, colorScheme: "light", deviceScaleFactor: 2 } });
  await phone.join("Karen");
  await phone.open("signs");
  await phone.write(SIGN);
  await phone.open("now");
  await phone.place(2);
  for (const example of EXAMPLES) await phone.write(example);
  await phone.page.evaluate(() => scrollTo(0, 0));
  await phone.everythingIsReceived();
  await phone.page.screenshot({ path: file("phone-light") });

  const field = await hall.participant({ options: { ...still, colorScheme: "dark", deviceScaleFactor: 2 } });
  await field.join("Peter");
  await field.open("now");
  await field.everythingIsReceived();
  await field.context.setOffline(true);
  await field.place(3);
  await field.seesDelivery({ onDevice: 1 });
  await field.openSyncSheet();
  await field.page.getByTestId("next-try").waitFor();
  await field.page.screenshot({ path: file("phone-dark") });

  const facilitator = await hall.facilitator({ options: still });
  await facilitator.agree("now", 2);
  await facilitator.agree("ambition", 4);
  await facilitator.page.getByTestId("invite").click();
  await facilitator.everythingIsReceived();
  await facilitator.page.screenshot({ path: file("facilitator") });
  for (const [scheme, screen] of Object.entries(screens)) {
    await screen.page.getByTestId("invite-qr").waitFor();
    await screen.page.screenshot({ path: file(`projector-${scheme}`) });
  }
});
