// The relay is killed in the middle of edits, and loses everything it stored: what was 'Modtaget' is there again.

import { test } from "./hall.ts";

test("a relay that is killed in the middle of edits has lost nothing when it starts again", async ({ hall }) => {
  const [amina, bo] = [await hall.participant(), await hall.participant()];
  await amina.join("Amina");
  await bo.join("Bo");
  for (const phone of [amina, bo]) await phone.open("obstacles");
  await amina.write("ét");
  const writing = (async () => {
    for (const text of ["to", "tre", "fire", "fem", "seks"]) await amina.write(text);
  })();
  await bo.seesNote("tre");
  await hall.relay.kill();
  await writing;
  await bo.write("Bo uden tavle");
  await hall.relay.start();
  await amina.tryNow();
  await bo.tryNow();
  await amina.seesDelivery({ onDevice: 0, sent: 0, received: 7 });
  await bo.seesDelivery({ onDevice: 0, sent: 0, received: 2 });

  const later = await hall.participant();
  await later.join("Cille");
  await later.open("obstacles");
  for (const phone of [amina, bo, later]) {
    for (const text of ["ét", "to", "tre", "fire", "fem", "seks", "Bo uden tavle"]) await phone.seesNote(text);
  }
});

test("a relay that lost its store gets everything back from one participant's phone", async ({ hall }) => {
  const [facilitator, phone, other] = [await hall.facilitator(), await hall.participant(), await hall.participant()];
  await phone.join("Amina");
  await other.join("Bo");
  await phone.open("now");
  await other.open("now");
  await phone.place(3);
  await other.place(3);
  await facilitator.agree("now", 3);
  await other.write("Bo skrev det her");
  await phone.seesNote("Bo skrev det her");
  for (const device of [facilitator, phone, other]) await device.everythingIsReceived();
  await phone.open("agreed");
  await phone.seesAgreed("now", 3);

  // Only one phone will come back.
  await facilitator.context.close();
  await other.context.close();
  await hall.relay.kill();
  await phone.open("now");
  await phone.write("Skrevet, mens tavlen var væk");
  await phone.seesDelivery({ onDevice: 1 });
  await hall.relay.wipe();
  await phone.tryNow();
  await phone.everythingIsReceived();

  const projector = await hall.projector();
  await projector.seesPeople("now", 3, 2);
  await projector.seesAgreed("now", 3);
  await projector.seesNote("Bo skrev det her");
  await projector.seesNote("Skrevet, mens tavlen var væk");
});
