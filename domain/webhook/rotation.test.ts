import { expect, test } from "vitest";
import { type Leading, learn, type SecretName, type Signing, signingOf } from "./rotation";

const now = 1_000_000;
const before: Leading = { signsWith: "previous", switchedAt: null };
const after: Leading = { signsWith: "current", switchedAt: now - 5_000 };

test.each<[string, boolean, SecretName, SecretName | null, Signing]>([
  ["without an overlap there is one secret", false, "current", null, { leads: "current", fallback: null }],
  ["nor after it, whatever led last", false, "previous", null, { leads: "current", fallback: null }],
  [
    "not for what was refused in it either",
    false,
    "previous",
    "previous",
    { leads: "current", fallback: null },
  ],
  ["the old one leads at first", true, "previous", null, { leads: "previous", fallback: "current" }],
  ["the new one after the switch", true, "current", null, { leads: "current", fallback: "previous" }],
  ["after a refusal the other one", true, "previous", "current", { leads: "current", fallback: null }],
  ["and the other way round", true, "current", "previous", { leads: "previous", fallback: null }],
  ["also if it leads by now", true, "current", "current", { leads: "current", fallback: null }],
])("%s", (_, isOverlap, webhook, delivery, expected) => {
  expect(signingOf(isOverlap, { webhook, delivery })).toEqual(expected);
});

const first = (leads: SecretName): Signing => signingOf(true, { webhook: leads, delivery: null });
const second = (leads: SecretName): Signing => signingOf(true, { webhook: leads, delivery: leads });

test.each<[string, Leading, Signing, Leading]>([
  ["the old one accepted says nothing new", before, first("previous"), before],
  ["nor does the new one once it leads", after, first("current"), after],
  [
    "the new one after a refusal switches",
    before,
    second("current"),
    { signsWith: "current", switchedAt: now },
  ],
  ["the switch stays dated by its first success", after, second("current"), after],
  ["a late success of before the switch does not undo it", after, first("previous"), after],
  ["the old one after a refusal of the new one does", after, second("previous"), before],
  [
    "the only one switches, when the overlap ended before that",
    before,
    signingOf(false, { webhook: "previous", delivery: null }),
    { signsWith: "current", switchedAt: now },
  ],
])("%s", (_, known, signing, expected) => {
  expect(learn(known, signing, now)).toEqual(expected);
});
