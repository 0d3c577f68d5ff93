import type { Cause } from "../cause";
import type { Look } from "../look";

/** Endpoints that take fewer requests than come. */
export const limits: Cause[] = [
  {
    code: "rate_limited",
    fits: (look) =>
      (look.isStatus(429) && "certain") ||
      (look.status >= 400 &&
        !look.isPage &&
        /rate[ -_]?limit|too many requests|slow down|throttl|quota (?:exceeded|reached)|limit exceeded/.test(
          look.text,
        ) &&
        "likely"),
    meaning: (look) => {
      const wait = look.header("retry-after").slice(0, 40);
      const asked = wait === "" ? "" : ` It asked us to wait (Retry-After: ${wait}).`;
      return `Your endpoint is receiving more than it allows (${look.status}).${asked}`;
    },
    nextStep: (look) => `${whatWeDo(look)} Raise the limit for this path if it happens often.`,
    tellApart: "Its own words speak of a limit. Answered with 429, it would slow us down.",
    seen: ["429 of applications and gateways"],
  },
];

function whatWeDo(look: Look): string {
  if (!look.isStatus(429)) return "Answer 429 instead: then we send no faster than it takes.";
  return look.has("retry-after")
    ? "Nothing is lost: we wait as asked."
    : "Nothing is lost: we send no faster than it takes.";
}
