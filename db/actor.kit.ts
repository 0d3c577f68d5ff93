import type { Actor } from "@/domain/audit/actor";

/** Somebody who changes things in tests. */
export const ann: Actor = {
  kind: "member",
  id: "ann",
  name: "Ann",
  email: "ann@example.com",
  address: "192.0.2.7",
  userAgent: "Firefox",
};
