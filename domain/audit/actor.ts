/** Who changed something, under the name of that moment, and from where. */
export type Actor = {
  kind: ActorKind;
  /** The person's or the key's; the kind itself where there is only one of it. */
  id: string;
  /** The person's, or the key's name or first characters. */
  name: string | null;
  /** The person's. */
  email: string | null;
  /** Of the client, as the HTTP front knows it, and what it calls itself; null where nobody asked over HTTP. */
  address: string | null;
  userAgent: string | null;
};

export const actorKinds = [
  "member",
  /** Whoever a portal link let in: one person or many, nobody knows. */
  "portal",
  "key",
  "platform",
  /** Whoever runs a command on the server. */
  "operator",
  /** Fanfare itself, by its rules. */
  "system",
] as const;
export type ActorKind = (typeof actorKinds)[number];

const unseen = { name: null, email: null, address: null, userAgent: null };
export const system: Actor = { kind: "system", id: "system", ...unseen };
export const operator: Actor = { kind: "operator", id: "operator", ...unseen };
