import type { Cause } from "../cause";

/** What is not about the endpoint at all. */
export const ours: Cause[] = [
  {
    code: "interrupted_here",
    fits: (look) => look.isCode("worker_lost", "internal") && "certain",
    meaning: "This attempt was interrupted on our side; your endpoint may have received it.",
    nextStep: "Nothing to do: it is tried again by itself. Dedupe on the event id, which stays the same.",
    seen: ["Fanfare: a worker ended during an attempt"],
  },
  {
    code: "expired",
    fits: (look) => look.isCode("expired") && "certain",
    meaning: "The delivery waited longer than deliveries are kept, and was given up.",
    nextStep: "Bring the endpoint back, then redeliver what you still need.",
    seen: ["Fanfare: RETENTION"],
  },
];
