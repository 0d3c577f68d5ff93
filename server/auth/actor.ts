import type { Actor } from "@/domain/audit/actor";
import type { CallHeaders } from "@/server/http/call";
import { addressOf } from "./network";
import type { Person } from "./person";
import type { Principal } from "./principal";

/** Of what clients call themselves: enough to tell programs and browsers apart. */
const maxUserAgent = 300;

/** Whoever makes a request, as the audit log names them. */
export function actorOf(caller: Principal, headers: CallHeaders): Actor {
  const from = originOf(headers);
  switch (caller.kind) {
    case "platform":
      return { kind: "platform", id: "platform", name: caller.operator, email: null, ...from };
    case "key":
      return { kind: "key", id: caller.keyId, name: caller.name, email: null, ...from };
    case "member": {
      const { userId, name, email } = caller;
      return userId === null
        ? { kind: "portal", id: "portal", name, email, ...from }
        : { kind: "member", id: userId, name, email, ...from };
    }
  }
}

/** The same of somebody who is no member yet. */
export const personActor = ({ id, name, email }: Person, headers: CallHeaders): Actor => ({
  kind: "member",
  id,
  name,
  email,
  ...originOf(headers),
});

const originOf = (headers: CallHeaders) => ({
  address: addressOf(headers),
  userAgent: headers.get("user-agent")?.slice(0, maxUserAgent) ?? null,
});
