import type { KeyAccess, Role } from "@/db/store";

/** Who makes a request. */
export type Principal =
  | {
      kind: "platform";
      /** The name that an operator gave at /platform; null for who has the platform's key. */
      operator: string | null;
    }
  | { kind: "key"; customerId: string; keyId: string; name: string; access: KeyAccess }
  | {
      kind: "member";
      customerId: string;
      role: Role;
      /** Null for a portal session, which belongs to no person. */
      userId: string | null;
      name: string | null;
      email: string | null;
      isPortal: boolean;
    };

/** A principal, nobody (null), or a key that is refused. */
export type Identity =
  | Principal
  | null
  | { kind: "wrong_key" }
  | { kind: "expired_key"; expiresAt: number }
  | { kind: "too_many_guesses"; retryAfterSeconds: number };
