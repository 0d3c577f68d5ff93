"use client";

import { Payload } from "./payload";
import type { FullDelivery } from "./types";

/** What will be sent, while no attempt has been made. */
export function AttemptPlan({ delivery }: { delivery: FullDelivery }) {
  return (
    <section>
      <h3 className="mb-1.5">Payload</h3>
      <Payload label="Payload" text={delivery.request?.payload ?? ""} />
    </section>
  );
}
