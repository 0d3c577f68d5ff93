import { expect, test } from "vitest";
import { seal } from "@/domain/webhook/seal";
import { createReveal } from "./secrets";

const ring = [{ id: "k", key: new Uint8Array(32).fill(1) }];

test("a secret that was opened for its owner stays closed for another", () => {
  const reveal = createReveal(ring);
  const sealed = seal(ring, "secret", "customer/webhook");
  expect(reveal(sealed, "customer/webhook")).toBe("secret");
  expect(() => reveal(sealed, "customer/other")).toThrow();
  expect(reveal(sealed, "customer/webhook")).toBe("secret");
});

test("however many secrets there are, each opens as itself", () => {
  const reveal = createReveal(ring);
  const owners = Array.from({ length: 1_500 }, (_, index) => `customer/${index}`);
  const sealed = owners.map((owner) => seal(ring, `secret of ${owner}`, owner));
  for (const _ of ["first", "second"]) {
    owners.forEach((owner, index) => {
      expect(reveal(sealed[index] ?? "", owner)).toBe(`secret of ${owner}`);
    });
  }
});
