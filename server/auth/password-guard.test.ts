import { describe, expect, test } from "vitest";
import { createLog } from "@/server/process/log";
import { createForwarders } from "./forwarders";
import { createGuesses } from "./guesses";
import { guardPassword } from "./password-guard";

const minuteMs = 60_000;
const from = (client: string) => new Headers({ "x-fanfare-client": client });
const wrong = async () => null;
const right = async () => "welcome";

function openGuard() {
  let nowMs = 1_000_000;
  const guesses = createGuesses(() => nowMs);
  const forwarders = createForwarders(createLog("test", "silent"), { trustedProxies: [] });
  return {
    guard: <T>(headers: Headers, account: string, check: () => Promise<T | null>) =>
      guardPassword({ guesses, forwarders }, headers, account, check),
    turnClock: (ms: number) => {
      nowMs += ms;
    },
  };
}

const refused = { status: 429, headers: { "retry-after": "900" } };

describe("the password guard", () => {
  test("refuses the eleventh guess for an account from one network, and tells how long to wait", async () => {
    const { guard, turnClock } = openGuard();
    for (let nth = 0; nth < 10; nth++) expect(await guard(from("192.0.2.1"), "ada", wrong)).toBeNull();
    await expect(guard(from("192.0.2.1"), "ada", right)).rejects.toMatchObject(refused);
    turnClock(15 * minuteMs);
    expect(await guard(from("192.0.2.1"), "ada", right)).toBe("welcome");
  });

  test("locks nobody else out: neither the account elsewhere nor other accounts here", async () => {
    const { guard } = openGuard();
    for (let nth = 0; nth < 10; nth++) await guard(from("192.0.2.66"), "ada", wrong);
    expect(await guard(from("192.0.2.7"), "ada", right)).toBe("welcome");
    expect(await guard(from("192.0.2.66"), "eve", right)).toBe("welcome");
  });

  test("cannot be hurried by guessing at once", async () => {
    const { guard } = openGuard();
    const guesses = Array.from({ length: 14 }, () => guard(from("192.0.2.1"), "ada", wrong));
    const answers = await Promise.allSettled(guesses);
    expect(answers.filter(({ status }) => status === "rejected")).toHaveLength(4);
  });

  test("refuses a network that guesses over many accounts, by /64 for IPv6", async () => {
    const { guard } = openGuard();
    for (let nth = 0; nth < 100; nth++) await guard(from(`2001:db8::${nth}`), `person-${nth}`, wrong);
    await expect(guard(from("2001:db8::ffff"), "ada", right)).rejects.toMatchObject(refused);
    expect(await guard(from("2001:db8:0:1::1"), "ada", right)).toBe("welcome");
  });

  test("refuses the 61st right one for an account, too: each takes work", async () => {
    const { guard, turnClock } = openGuard();
    for (let nth = 0; nth < 60; nth++) expect(await guard(from("192.0.2.1"), "ada", right)).toBe("welcome");
    await expect(guard(from("192.0.2.1"), "ada", right)).rejects.toMatchObject(refused);
    expect(await guard(from("192.0.2.7"), "ada", right)).toBe("welcome");
    turnClock(15 * minuteMs);
    expect(await guard(from("192.0.2.1"), "ada", right)).toBe("welcome");
  });

  test("never counts as wrong what was right, or what broke on our side", async () => {
    const { guard } = openGuard();
    const broken = async () => {
      throw new Error("The disk is full.");
    };
    for (let nth = 0; nth < 15; nth++) {
      expect(await guard(from("192.0.2.1"), "ada", right)).toBe("welcome");
      await expect(guard(from("192.0.2.1"), "ada", broken)).rejects.toThrow("The disk is full.");
    }
    expect(await guard(from("192.0.2.1"), "ada", wrong)).toBeNull();
  });
});
