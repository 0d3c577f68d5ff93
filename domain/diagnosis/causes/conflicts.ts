import type { Cause } from "../cause";
import type { Look } from "../look";

/** Whether this event failed before in a way in which the application may have begun to work on it. */
const hasBrokenBefore = ({ history }: Look) =>
  history.earlier.some(({ statusCode }) => statusCode === null || statusCode >= 500);

/** An application that knows the event already. */
export const conflicts: Cause[] = [
  {
    code: "stored_before_done",
    fits: (look) => look.isStatus(409) && hasBrokenBefore(look) && "certain",
    meaning:
      "Your code stored the event's id before the work was done: an earlier attempt of this event failed on the way, and now it is taken for a repeat (409).",
    nextStep:
      "Store the id in the same transaction as the work, or after it; then remove this id from your records and redeliver.",
    seen: ["Flask 2.2: 500, then 409 duplicate event"],
  },
  {
    code: "conflict",
    fits: (look) => look.isStatus(409) && !hasBrokenBefore(look) && "likely",
    meaning: "Your endpoint reports a conflict (409), often an event that it has already seen.",
    nextStep:
      "Answer 200 to an event whose work is done: repeats are part of at-least-once delivery. If it was not done, do it.",
    tellApart: "Your records hold the event id, and what belongs to it was done.",
    seen: ["409 of applications"],
  },
];
