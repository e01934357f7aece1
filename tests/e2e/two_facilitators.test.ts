// Two facilitators decide differently while apart: nobody's decision is hidden, and someone settles it.

import { test } from "./hall.ts";

test("two levels that were agreed on while apart are both shown until one is chosen", async ({ hall }) => {
  const line = await hall.line();
  const [here, away] = [await hall.facilitator(), await hall.facilitator({ line })];
  const [projector, phone] = [await hall.projector(), await hall.participant()];
  await phone.join("Amina");
  await phone.open("agreed");

  line.cut();
  await here.agree("now", 2);
  await away.agree("now", 4);
  await projector.seesAgreed("now", 2);
  await phone.seesAgreed("now", 2);

  line.restore();
  await away.tryNow();
  await projector.seesAgreed("now", 2, 4);
  for (const screen of [phone, here, away]) await screen.seesMet("now", 2, 4);
  await here.axe();
  await phone.axe();
  await projector.axe();

  await here.settle("now", 4);
  for (const screen of [projector, phone]) await screen.seesAgreed("now", 4);
});
