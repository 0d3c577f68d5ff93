import { StateBadge } from "./state-badge";
import { deliveryState } from "./states";

type Delivery = Parameters<typeof deliveryState>[0] & { status_code: number | null };

/** How far a delivery has come, at the end of a line of an event's trace. */
export function TracedDelivery({ delivery }: { delivery: Delivery }) {
  return (
    <>
      <span className="text-muted">
        {[
          `${delivery.attempt_count} ${delivery.attempt_count === 1 ? "attempt" : "attempts"}`,
          ...(delivery.status_code === null ? [] : [delivery.status_code]),
        ].join(" · ")}
      </span>
      <StateBadge state={deliveryState(delivery)} />
    </>
  );
}
