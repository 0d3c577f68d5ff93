import type { Role } from "@/db/store";
import { runtime } from "@/server/runtime";
import { identify } from "./identify";

/** Who makes a request. */
export type Principal =
  | { kind: "platform" }
  | { kind: "key"; customerId: string; keyId: string }
  | {
      kind: "member";
      customerId: string;
      role: Role;
      /** Null for a portal session, which belongs to no person. */
      userId: string | null;
      isPortal: boolean;
    };

/** A principal, nobody (null), or a key that is refused. */
export type Identity =
  | Principal
  | null
  | { kind: "wrong_key" }
  | { kind: "too_many_guesses"; retryAfterSeconds: number };

/** Tells who makes a request, by its key or its cookies. A key beats a cookie, also a wrong one. */
export function authenticate(headers: Headers): Promise<Identity> {
  return identify(runtime().auth, headers);
}
