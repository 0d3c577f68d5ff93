import { describe, expect, test } from "vitest";
import type { Reading, Subject } from "./measurement";
import { inRounds } from "./rounds";

/** A subject that says what happens to it. */
function subjectOf(name: string, said: string[], values: number[]) {
  const readings = values.map((value): Reading[] => [{ what: "speed", unit: "/s", value }]);
  return async (): Promise<Subject> => ({
    name,
    wake: async () => void said.push(`wake ${name}`),
    round: async () => {
      said.push(`read ${name}`);
      return readings.shift() ?? [];
    },
    rest: () => void said.push(`rest ${name}`),
    end: () => void said.push(`end ${name}`),
  });
}

describe("measuring in rounds", () => {
  test("everybody is read once a round, awake alone, and each round begins with another one", async () => {
    const said: string[] = [];
    const begins = [subjectOf("a", said, [1, 2]), subjectOf("b", said, [3, 4])];
    const rows = await inRounds(begins, 2);
    expect(rows).toEqual([{ what: "speed", unit: "/s", values: { a: [1, 2], b: [3, 4] } }]);
    const turn = (name: string) => [`wake ${name}`, `read ${name}`, `rest ${name}`];
    expect(said).toEqual([
      ...["rest a", "rest b"],
      ...["a", "b", "b", "a"].flatMap(turn),
      ...["end a", "end b"],
    ]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "%d is no result, and everybody is ended",
    async (value) => {
      const said: string[] = [];
      const begins = [subjectOf("a", said, [1]), subjectOf("b", said, [value])];
      await expect(inRounds(begins, 1)).rejects.toThrow(/^speed of b is .*: not a number\.$/);
      expect(said.slice(-2)).toEqual(["end a", "end b"]);
    },
  );

  test("who was begun is ended when another one cannot begin", async () => {
    const said: string[] = [];
    const fails = () => Promise.reject(new Error("no port"));
    await expect(inRounds([subjectOf("a", said, [1]), fails], 1)).rejects.toThrow("no port");
    expect(said).toEqual(["rest a", "end a"]);
  });
});
