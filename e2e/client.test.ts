import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildClient } from "@/client/build.mjs";
import { setScene } from "@/testing/scene";

const run = promisify(execFile);
const { app, settings, customer, issueCertificate, register } = setScene();

/** A folder with nothing but what is written here, and the package as npm installs it from its tarball. */
const folder = mkdtempSync(join(tmpdir(), "fanfare-program-"));
afterAll(() => rmSync(folder, { recursive: true }));
let tarball: string;

beforeAll(async () => {
  await buildClient();
  await run("npm", ["pack", "./client", "--ignore-scripts", "--pack-destination", folder]);
  tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  write("package.json", { name: "program", private: true, type: "module" });
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], { cwd: folder });
  for (const name of ["program.ts", "types.ts"]) copyFileSync(`e2e/client/${name}`, join(folder, name));
  for (const [index, snippet] of snippets().entries())
    writeFileSync(join(folder, `readme-${index}.ts`), snippet);
  writeFileSync(join(folder, "own.ts"), 'export { program as own } from "@/alias.js";\n');
  writeFileSync(join(folder, "alias.ts"), "export const program = 1;\n");
  symlinkSync(resolve("node_modules/@types"), join(folder, "node_modules/@types"));
});

test("the package is small, and brings no other package", () => {
  expect(statSync(join(folder, tarball)).size).toBeLessThan(60 * 1024);
  expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "@types",
    "fanfare-client",
  ]);
  expect(readFileSync(join(folder, "node_modules/fanfare-client/dist/index.d.ts"), "utf8")).not.toMatch(
    /\bimport\b.*["']|\bfrom ["']|<reference/,
  );
});

/** Where `tsc` of each version is: the oldest that is promised, and the ones that most use. */
const compilers = {
  "5.6": "client/node_modules/typescript-5.6",
  "5.9": "client/node_modules/typescript-5.9",
  "7": "node_modules/typescript",
};
const resolutions = ["bundler", "nodenext"] as const;
const isInstalled = existsSync("client/node_modules");

describe("a program with strict types compiles", () => {
  const cases = Object.entries(compilers)
    .filter(([, compiler]) => existsSync(compiler))
    .flatMap(([version, compiler]) => resolutions.map((resolution) => ({ version, compiler, resolution })));
  test.for(cases)(
    "with TypeScript $version, by $resolution",
    { timeout: 180_000 }, // the older ones take some 4 s alone, and much longer beside other work
    async ({ compiler, resolution }) => {
      expect(await compile(compiler, resolution)).toBe("");
    },
  );

  test("beside the oldest tRPC client that is promised, whose own types miss those of ws", async () => {
    const told = await compile(compilers[7], "nodenext", { neighbour: "node_modules/@trpc" });
    expect(
      told.split("\n").filter((line) => line && !line.includes("/@trpc/server/dist/adapters/ws.")),
    ).toEqual([]);
  });

  test.skipIf(!isInstalled)(
    "beside the newest, which `npm ci --prefix client` installs with older compilers",
    async () => {
      expect(await compile(compilers[7], "nodenext", { neighbour: "client/node_modules/@trpc" })).toBe("");
    },
  );
});

test("a program in an empty folder registers a webhook, receives a typed event and lists its deliveries", async () => {
  expect(await compile(compilers[7], "nodenext", { options: ["--noEmit", "false"] })).toBe("");
  const { cert, key } = await issueCertificate();
  writeFileSync(join(folder, "cert.pem"), cert);
  writeFileSync(join(folder, "key.pem"), key);
  const env = {
    ...settings,
    URL: app.url,
    KEY: customer.key,
    PLATFORM_KEY: app.platformKey,
    CUSTOMER_ID: customer.id,
    CERT: "cert.pem",
    CERT_KEY: "key.pem",
    NODE_ENV: "production" as const,
  };
  const { stdout } = await run(process.execPath, ["program.js"], { cwd: folder, env });
  const told = JSON.parse(stdout);
  expect(told).toEqual({
    id: expect.any(String),
    hits: 2,
    received: [told.id],
    listed: [{ id: told.id, status: "delivered", status_code: 204 }],
    refusal: { name: "FanfareError", code: "BAD_REQUEST", fields: [["webhook_url"]] },
  });
});

test("a stream and a publisher go on when the web process is killed, and nothing is missed", async () => {
  const packed = join(folder, "node_modules/fanfare-client/dist/index.js");
  const { createFanfareClient }: typeof import("fanfare-client") = await import(packed);
  const fanfare = createFanfareClient({ url: app.url, apiKey: customer.key });
  const platform = createFanfareClient({ url: app.url, apiKey: app.platformKey });
  const publish = (id: string) =>
    platform.events.publish({
      customer_id: customer.id,
      type: "search_completed",
      data: { search_id: id },
      id,
    });
  const { id: webhook_id } = await register();
  await publish("before");
  const delivered = new Set<string>();
  for await (const { delivery } of fanfare.live.deliveries({ webhook_id, after: "0.0" })) {
    if (delivery.status === "delivered") delivered.add(delivery.id);
    if (delivered.has("after")) break;
    if (delivered.has("before")) {
      await app.kill("web");
      await publish("after");
    }
  }
  expect([...delivered]).toEqual(["before", "after"]);
});

/** Compiles the folder, and answers what the compiler says. */
async function compile(
  compiler: string,
  resolution: (typeof resolutions)[number],
  { neighbour, options = [] }: { neighbour?: string; options?: string[] } = {},
): Promise<string> {
  rmSync(join(folder, "node_modules/@trpc"), { force: true });
  rmSync(join(folder, "beside.ts"), { force: true });
  if (neighbour) {
    symlinkSync(resolve(neighbour), join(folder, "node_modules/@trpc"));
    writeFileSync(
      join(folder, "beside.ts"),
      'export { createTRPCClient } from "@trpc/client";\nexport * from "fanfare-client";\n',
    );
  }
  write("tsconfig.json", {
    compilerOptions: {
      target: "es2022",
      module: resolution === "bundler" ? "esnext" : "nodenext",
      moduleResolution: resolution,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
      noEmit: true,
      types: ["node"],
      paths: { "@/*": ["./*"] },
    },
    include: ["*.ts"],
  });
  try {
    const { stdout } = await run(process.execPath, [resolve(compiler, "bin/tsc"), "-p", ".", ...options], {
      cwd: folder,
    });
    return stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout || String(error);
  }
}

function write(name: string, value: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(value));
}

/** The code that the package's README shows, with what it leaves to the reader. */
function snippets(): string[] {
  const shown = [...readFileSync("client/README.md", "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, text = ""]) => text,
  );
  const [calls = "", live = "", receiving = ""] = shown;
  return [`${calls}\n${live}\nvoid [FanfareError, items, next_cursor];\n`, receiving];
}
