import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { sources } from "@/scripts/build.mjs";
import { isExact, port, runsProcess, unknownSettings } from "./deploy.fixture";

const text = readFileSync("Dockerfile", "utf8");
const dockerfile = DockerfileParser.parse(text);
/** What the build makes there, beside what the repository has. */
const made = ["node_modules", "dist", ".next", ".next-at"];

test("the linter finds nothing", () => {
  expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

test("it begins with images of exact versions", () => {
  const [version = ""] = dockerfile.getInitialARGs().map((arg) => arg.getProperty()?.getValue() ?? "");
  const images = dockerfile.getFROMs().map((from) => from.getImage()?.replace(/\$\{NODE_VERSION\}/, version));
  expect(images).toHaveLength(2);
  expect(images.filter((image) => !isExact(image ?? ""))).toEqual([]);
});

test("what it sets exists", () => {
  const names = dockerfile.getENVs().flatMap((env) => env.getProperties().map((one) => one.getName()));
  expect(names).toContain("DATA_DIR");
  expect(unknownSettings(names)).toEqual([]);
});

test("what it copies is there", () => {
  const copied = dockerfile
    .getCOPYs()
    .filter((copy) => copy.getFlags().some((flag) => flag.getName() === "from"))
    .flatMap((copy) => copy.getArguments().slice(0, -1))
    .map((argument) => argument.getValue().replace(/^\/app\//, ""));
  expect(copied).toContain("dist");
  expect(copied.filter((path) => !made.includes(path) && !existsSync(path))).toEqual([]);
});

test("it runs a process of the build as a number, and listens on the port that it names", () => {
  const [command] = dockerfile.getCMDs();
  expect(runsProcess(command?.getJSONStrings().map((part) => part.getJSONValue()) ?? [])).toBe(true);
  expect(text).toMatch(/^USER \d+:\d+$/m);
  expect(text).toMatch(new RegExp(`^EXPOSE ${port}$`, "m"));
  expect(text).toMatch(new RegExp(`PORT=${port} `));
});

test("its context has all that a build is made from, and no data or secrets", () => {
  const kept = readFileSync(".dockerignore", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("!"));
  const isKept = (path: string) =>
    kept.some((line) => matchesGlob(path, line.slice(1)) || path.startsWith(`${line.slice(1)}/`));
  expect(sources.filter((path) => existsSync(path) && !isKept(path))).toEqual([]);
  expect(["data", ".env", ".git", "node_modules"].filter(isKept)).toEqual([]);
});
