// A workshop as the relay's interface gives it out.

export type Role = "facilitator" | "site" | "participant" | "projector";

export type Workshop = {
  workshop: string;
  links: Record<Role, string>;
  sync: Record<Role, string>;
  documents: { control: string; board: string };
};

export type NewWorkshop = { tools?: string[]; title?: string; lang?: "da" | "en" };

export async function makeWorkshop(origin: string, wanted: NewWorkshop = {}): Promise<Workshop> {
  const body = { tools: ["A1", "A2"], title: "Støtte i hverdagen", lang: "da", ...wanted };
  const response = await fetch(`${origin}/api/workshops`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`no workshop: the relay answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Workshop;
}
