import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DockerfileParser } from "dockerfile-ast";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "@/scripts/build.mjs";
import { collectOutput } from "@/testing/output";

/*
 * The files that the image is made of, in a folder. That they are enough, and that nothing is written among them, is
 * what an image with a read-only root needs.
 */

let folder: string;
let product: string;
let child: ChildProcess;

beforeAll(async () => {
  await build();
  folder = mkdtempSync(join(tmpdir(), "fanfare-image-"));
  product = join(folder, "app");
  for (const path of copiedPaths()) lay(path);
});
afterAll(async () => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** What the last stage takes from the build. */
function copiedPaths(): string[] {
  return DockerfileParser.parse(readFileSync("Dockerfile", "utf8"))
    .getCOPYs()
    .filter((copy) => copy.getFlags().some((flag) => flag.getName() === "from"))
    .flatMap((copy) => copy.getArguments().slice(0, -1))
    .map((argument) => argument.getValue().replace(/^\/app\//, ""));
}

function lay(path: string): void {
  const to = join(product, path);
  mkdirSync(dirname(to), { recursive: true });
  if (path === "node_modules") symlinkSync(join(process.cwd(), path), to);
  else if (existsSync(path)) cpSync(path, to, { recursive: true, verbatimSymlinks: true, filter: isNoCache });
}

const isNoCache = (path: string) => !/^\.next(-at\/[^/]+)?\/cache$/.test(path);

/** Each file with what changes when it is written. */
const filesOf = () =>
  (readdirSync(product, { recursive: true }) as string[]).sort().map((name) => {
    const { size, mtimeMs, ino } = statSync(join(product, name));
    return `${name} ${size} ${mtimeMs} ${ino}`;
  });

function start(settings: Record<string, string> = {}) {
  child = spawn(process.execPath, ["dist/supervisor.mjs"], {
    cwd: product,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: "0",
      DATA_DIR: join(folder, "data"),
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collectOutput();
  output.listenTo(child);
  return output;
}

// Not tried again: what was written the first time is there the second time.
test("the files of the image are enough to serve the API and pages, and stay as they are", {
  retry: 0,
}, async () => {
  const before = filesOf();
  const [, url = ""] = await start().waitFor(/Fanfare is ready at (\S+)\n/);
  for (const path of [
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/docs",
    "/docs.md",
    "/llms.txt",
    "/sign-in",
    "/icon.svg",
  ]) {
    expect({ path, status: (await fetch(url + path)).status }).toEqual({ path, status: 200 });
  }
  const page = await (await fetch(`${url}/sign-in`)).text();
  const [, asset = ""] = /"(\/_next\/static\/[^"]+\.js)"/.exec(page) ?? [];
  expect((await fetch(url + asset)).headers.get("content-type")).toMatch(/javascript/);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(filesOf()).toEqual(before);
});

test("a path of PUBLIC_URL that the pages were not built for is said at the start", async () => {
  const output = start({ PUBLIC_URL: "https://example.com/elsewhere" });
  expect(await once(child, "exit")).toEqual([1, null]);
  expect(output.text()).toContain(
    "The web app is not built for the path /elsewhere of PUBLIC_URL: run npm run build with that PUBLIC_URL",
  );
});
