import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { z } from "zod";
import { prettyJson } from "@/app/_components/json/json-lines";
import { parseRetryAfterMs } from "@/domain/delivery/retry";
import { contentDigest, parseJson } from "@/domain/event/json";
import { parseCidr } from "@/domain/network/address";
import { describeBody } from "@/domain/signature/body-difference";
import { bodiesIn, printedValue } from "@/domain/signature/body-text";
import { checkSignature } from "@/domain/signature/check";
import { errorMeanings } from "@/domain/signature/error-words";
import { parseHeaderText } from "@/domain/signature/header-text";
import { readPasted } from "@/domain/signature/received";
import { libraryHint } from "@/domain/webhook/library-secret";
import { pasteProblem } from "@/domain/webhook/pasted-secret";
import { keyProblem } from "@/domain/webhook/secret-key";
import { checkTarget } from "@/domain/webhook/target";
import { networkOf } from "@/server/auth/network";
import { parseKeyRing } from "@/server/process/env-values";
import { disproportion, type Shape, slowest } from "./growth.fixture";

/*
 * Every pattern of the product is fed its worst text, whoever it comes from: that a text is ours or short is
 * known to its caller alone, and callers change.
 */

const isProduct = (file: string) =>
  /\.tsx?$/.test(file) && !/\.(test|spec|fixture|kit|contract)\.tsx?$/.test(file);

const sources = execFileSync("git", ["ls-files", "domain", "server", "app", "db"], { encoding: "utf8" })
  .split("\n")
  .filter(isProduct);

type Node = { regex?: { pattern: string; flags: string }; callee?: { name?: string } };

/** Every pattern that is written in the product, and the files that build one from text, which nobody could check. */
function findPatterns(): { patterns: Map<string, RegExp>; builders: string[] } {
  const patterns = new Map<string, RegExp>();
  const builders = [];
  for (const file of sources) {
    const nodes = [...allNodes(syntaxOf(file))];
    for (const { regex } of nodes) {
      if (regex && isUnbounded(regex.pattern)) {
        patterns.set(`/${regex.pattern}/${regex.flags}`, new RegExp(regex.pattern, regex.flags));
      }
    }
    if (nodes.some(({ callee }) => callee?.name === "RegExp")) builders.push(file);
  }
  return { patterns, builders };
}

function syntaxOf(file: string): unknown {
  const loader = file.endsWith("x") ? "tsx" : "ts";
  const { code } = transformSync(readFileSync(file, "utf8"), { loader, jsx: "automatic", target: "esnext" });
  return parseAst(code);
}

function* allNodes(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if ("type" in value) yield value as Node;
  for (const inner of Object.values(value)) yield* allNodes(inner);
}

const isUnbounded = (pattern: string) => /[*+]|,\}/.test(pattern);

/** Finds all matches, as replacing and splitting do: it includes what a single test does. */
function everyMatch(pattern: RegExp): (text: string) => unknown {
  const everywhere = new RegExp(pattern, [...new Set(`${pattern.flags}g`)].join(""));
  return (text) => text.replace(everywhere, "");
}

/**
 * What a pattern may stumble over: runs of its own characters, and of a few of every kind, alone and in pairs,
 * from the beginning or after the start of a match, with an end that the run does not have.
 */
function shapesFor(pattern: RegExp): Shape[] {
  return shapesOf(pattern.source, beginnings(pattern));
}

function shapesOf(own: string, leads: string[]): Shape[] {
  const characters = [...new Set([...own, ...' \n\ta0-.="\\/:,('])];
  const pairs = characters.flatMap((first) => characters.map((second) => [first, second] as const));
  return [
    ...pairs.flatMap(([first, second]) => [
      { lead: "", unit: first, end: second },
      { lead: "", unit: first + second, end: "\0" },
    ]),
    ...leads.flatMap((lead) => characters.map((unit) => ({ lead, unit, end: "\0" }))),
  ];
}

function beginnings(pattern: RegExp): string[] {
  const starts = matchesOf(pattern).flatMap((match) =>
    Array.from({ length: Math.min(match.length, 12) }, (_, index) => match.slice(0, index + 1)),
  );
  return [...new Set(starts)];
}

function matchesOf(pattern: RegExp): string[] {
  try {
    return fc.sample(fc.stringMatching(pattern, { size: "xsmall" }), { numRuns: 8, seed: 1 });
  } catch {
    return []; // fast-check writes no texts for lookaheads.
  }
}

function worstOf(work: (text: string) => unknown, shapes: Shape[]): string | null {
  for (const shape of slowest(work, shapes, 12)) {
    const found = disproportion(work, shape);
    if (found !== null) return found;
  }
  return null;
}

const worstOfPattern = (pattern: RegExp) => worstOf(everyMatch(pattern), shapesFor(pattern));

/** Seconds of work, on a machine that may have much else to do. */
const busyMs = 120_000;

describe("a pattern takes time in proportion to its text", () => {
  const { patterns, builders } = findPatterns();

  test.each([/\s+$/, /"(?:[^"\\]|\\.)*"/, /^\s*(\w+)\s*:\s*(.*?)\s*$/])(
    "but %s, which is noticed",
    (pattern) => {
      expect(worstOfPattern(pattern)).not.toBeNull();
    },
    busyMs,
  );

  test("each is written where this test finds it", () => {
    expect(builders).toEqual([]);
    expect(patterns.size).toBeGreaterThan(20);
  });

  test.each([...patterns])("%s", (_, pattern) => expect(worstOfPattern(pattern)).toBeNull(), busyMs);
});

const json = (text: string) => JSON.stringify([text, { text }]);
const nested = (text: string) => "[".repeat(text.length / 2) + "]".repeat(text.length / 2);
const numbers = (text: string) => `[${"1,".repeat(text.length)}0.${"0".repeat(text.length)}1]`;

const works: [string, (text: string) => unknown][] = [
  ["reading JSON", parseJson],
  ["reading a string of JSON", (text) => parseJson(json(text))],
  ["reading nested JSON", (text) => parseJson(nested(text))],
  ["reading numbers", (text) => parseJson(numbers(text))],
  ["reading broken JSON", (text) => parseJson(`[${"1e999,".repeat(text.length)}0]`)],
  ["comparing content", (text) => contentDigest([text, [...text]])],
  ["reading headers", parseHeaderText],
  ["reading headers in JSON", (text) => parseHeaderText(`{"a":${json(text)},"b":"c"}`)],
  ["reading headers in nested JSON", (text) => parseHeaderText(`{"a":${nested(text)}}`)],
  ["comparing bodies", (text) => describeBody(text, `${text} `)],
  ["comparing bodies of JSON", (text) => describeBody(json(text), ` ${json(text)}`)],
  ["comparing bodies of numbers", (text) => describeBody(numbers(text), ` ${numbers(text)}`)],
  ["checking a signature", (text) => check({ body: text })],
  ["checking a signature over JSON", (text) => check({ body: json(text) })],
  ["checking many signatures", (text) => check({ signatures: text })],
  ["checking what was computed", (text) => check({ computed: text })],
  ["checking a long log", (text) => check({ log: text })],
  ["reading a body", bodiesIn],
  ["reading a body in quotes", (text) => bodiesIn(`"{${text}"`)],
  ["naming a printed value", printedValue],
  ["reading error words", errorMeanings],
  ["reading names again and again", (text) => parseHeaderText(`x-signature:${text}`.repeat(4))],
  ["printing JSON", (text) => prettyJson(json(text))],
  ["printing numbers", (text) => prettyJson(numbers(text))],
  ["judging a secret", (text) => keyProblem(`whsec_${text}`)],
  ["judging a pasted secret", pasteProblem],
  ["judging a secret for libraries", libraryHint],
  ["judging a URL", (text) => checkTarget(`https://${text}`, [])],
  ["reading ranges", parseCidr],
  ["reading a key ring", parseKeyRing],
  ["reading Retry-After", (text) => parseRetryAfterMs(text, 0)],
  ["naming a network", (text) => networkOf(new Headers({ "x-fanfare-client": encodeURIComponent(text) }))],
  ["an email address", (text) => z.email().safeParse(text)],
  ["a time", (text) => z.iso.datetime({ offset: true }).safeParse(text)],
  ["a date", (text) => z.iso.date().safeParse(text)],
];

const secret = "whsec_dGhlIHNlY3JldCBvZiBhIHRlc3Q=";

function check({ body = "{}", signatures = "v1,none", computed = "0".repeat(64), log = "" }) {
  const headers = `webhook-id: e\nwebhook-timestamp: 1\nwebhook-signature: ${signatures}\nx-signature: sha256=none\n${log}`;
  return checkSignature({
    received: readPasted({ headers, body, words: computed }),
    sent: { id: "e", body: `${body} `, attempts: [] },
    secrets: [{ name: "current" as const, secret }],
    others: [],
    nowSeconds: 1,
  });
}

describe("work takes time in proportion to its text", () => {
  test.each(works)(
    "%s",
    (_, work) => expect(worstOf(work, shapesOf("[{v1@%", ["a@", "v1,", '"']))).toBeNull(),
    busyMs,
  );
});
