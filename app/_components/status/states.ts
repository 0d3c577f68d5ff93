import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  CircleX,
  type LucideIcon,
  Radio,
  RotateCw,
  Send,
} from "lucide-react";
import type { Tone } from "@/app/_components/ui/badge";
import type { Held } from "@/domain/delivery/held";

export type State = { label: string; tone: Tone; icon: LucideIcon };

/** How every state of a webhook and of a delivery looks: the one table of the dashboard. */
export const webhookStates = {
  active: { label: "Active", tone: "ok", icon: CircleCheck },
  degraded: { label: "Degraded", tone: "warn", icon: CircleAlert },
  failing: { label: "Failing", tone: "bad", icon: CircleX },
  paused: { label: "Paused", tone: "off", icon: CirclePause },
  /** A program takes its events, or is away. */
  listening: { label: "Listening", tone: "ok", icon: Radio },
  away: { label: "Away", tone: "off", icon: CircleDashed },
  disabled: { label: "Disabled", tone: "off", icon: CircleSlash },
  /** Of an incident. */
  over: { label: "Over", tone: "ok", icon: CircleCheck },
} satisfies Record<string, State>;

const deliveryStates = {
  delivered: { label: "Delivered", tone: "ok", icon: CircleCheck },
  failed: { label: "Failed", tone: "bad", icon: CircleX },
  cancelled: { label: "Cancelled", tone: "off", icon: Ban },
  retrying: { label: "Retrying", tone: "warn", icon: RotateCw },
  set_aside: { label: "Set aside", tone: "warn", icon: RotateCw },
  held: { label: "Held", tone: "warn", icon: CirclePause },
  sending: { label: "Sending", tone: "off", icon: Send },
  queued: { label: "Queued", tone: "off", icon: CircleDashed },
} satisfies Record<string, State>;

/** The state of a delivery as people think of it: `pending` has five faces. */
export function deliveryState(delivery: {
  status: "pending" | "delivered" | "failed" | "cancelled";
  attempt_count: number;
  held: Held | null;
  details?: { in_flight: boolean };
}): State {
  if (delivery.status !== "pending") return deliveryStates[delivery.status];
  if (delivery.details?.in_flight) return deliveryStates.sending;
  if (delivery.held === "set_aside") return deliveryStates.set_aside;
  if (delivery.held === "limit") return deliveryStates.queued;
  if (delivery.held) return deliveryStates.held;
  return delivery.attempt_count > 0 ? deliveryStates.retrying : deliveryStates.queued;
}
