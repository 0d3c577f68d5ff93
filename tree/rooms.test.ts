import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { circlesOf, codeFiles, importedBy, readImports } from "./imports.fixture";

const document = readFileSync("ARCHITECTURE.md", "utf8");
const imports = readImports();

describe("the picture of the rooms in ARCHITECTURE.md", () => {
  const drawn = drawnArrows(document);
  const actual = arrowsOf(imports);

  test("has an arrow for whatever a room imports, dotted where only its tests do", () => {
    expect([...actual].filter((arrow) => !drawn.includes(arrow)).sort()).toEqual([]);
  });

  test("has no arrow that stands for nothing, and none twice", () => {
    expect(drawn.filter((arrow, index) => !actual.has(arrow) || drawn.indexOf(arrow) !== index)).toEqual([]);
  });

  test("has the rooms that the table explains, which are all that there are", () => {
    const explained = [...document.matchAll(/^\| `([a-z/0-9]+)\/` \|/gm)].map(([, room = ""]) => room);
    const rooms = [...new Set(codeFiles().flatMap((file) => roomOf(file) ?? []))];
    expect(explained.map(roomName).sort()).toEqual(rooms.sort());
    expect(rooms.filter((room) => !drawn.some((arrow) => arrow.split(/ \S+ /).includes(room)))).toEqual([]);
  });
});

test("the only rooms in a circle are the processes and what they start, which asks for the runtime", () => {
  const ways = [...arrowsOf(imports)].flatMap((arrow) => {
    const [from, to] = arrow.split(" --> ");
    return from && to ? [[from, to] as const] : [];
  });
  expect(circlesOf(ways)).toEqual([["api", "auth", "http", "process"]]);
});

test("no two nouns of the screen import one another, by however long a way", () => {
  const ways = imports.map(({ from, to }) => [nounOf(from), nounOf(to)] as const);
  const across = ways.flatMap(([from, to]) => (from && to && from !== to ? [[from, to] as const] : []));
  expect(across.length).toBeGreaterThan(50);
  expect(circlesOf(across)).toEqual([]);
});

test("every way to import is seen", () => {
  const text = `
    import a from "@/domain/a";
    import { type B } from "./b";
    import type { C } from "../c";
    import "./d.css";
    export * from "./e.mjs";
    export type { F } from "@/f";
    const g = await import("./g");
    type H = import("@/h").H;
    import { i } from "zod";
    const view = <p>from "./j"</p>;
  `;
  expect(importedBy("app/x/y.tsx", text)).toEqual([
    "domain/a",
    "app/x/b",
    "app/c",
    "app/x/d.css",
    "app/x/e.mjs",
    "f",
    "app/x/g",
    "h",
  ]);
});

test("circles are found", () => {
  const ways = ["a b", "b c", "c a", "c d", "e e", "f g"].map((way) => way.split(" ") as [string, string]);
  expect(circlesOf(ways)).toEqual([["a", "b", "c"], ["e"]]);
});

/** `api --> domain & db`, a line a room and kind of arrow. */
function drawnArrows(text: string): string[] {
  const [, picture = ""] = /```mermaid\n([\s\S]*?)```/.exec(text) ?? [];
  const lines = [...picture.matchAll(/^ *(\w+) (-->|-\.->) (\w+(?: & \w+)*)$/gm)];
  return lines.flatMap(([, from, kind, to = ""]) => to.split(" & ").map((one) => `${from} ${kind} ${one}`));
}

function arrowsOf(found: typeof imports): Set<string> {
  const rooms = new Set(codeFiles().map(roomOf));
  const across = found.flatMap(({ from, to }) => {
    const [room, other] = [roomOf(from), roomOf(to)];
    return room && other && room !== other && rooms.has(other) ? [{ room, other, isTest: isTest(from) }] : [];
  });
  const solid = new Set(across.filter((one) => !one.isTest).map(({ room, other }) => `${room} --> ${other}`));
  const dotted = across
    .filter(({ room, other }) => !solid.has(`${room} --> ${other}`))
    .map(({ room, other }) => `${room} -.-> ${other}`);
  return new Set([...solid, ...dotted]);
}

/** `api` for a file of server/api, `db` for one of db; none for what stands at the top. */
function roomOf(file: string): string | undefined {
  return /^(?:server\/)?([^/]+)\//.exec(file)?.[1];
}

const roomName = (folder: string) => folder.replace(/^server\//, "");

const isTest = (file: string) => /\.(test|spec|fixture|kit|contract)\.tsx?$/.test(file);

const nounOf = (file: string) => /^app\/_components\/([^/]+)\//.exec(file)?.[1];
