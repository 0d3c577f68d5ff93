import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  endsWithinSeconds,
  isExact,
  ownImage,
  port,
  readYaml,
  runsProcess,
  unknownSettings,
} from "./deploy.fixture";

type Resource = { apiVersion: string; kind: string; metadata: { name: string } };
type Settings = Resource & { data?: object; stringData?: object };
type Probe = { httpGet: { path: string; port: string } };
type Container = {
  image: string;
  command: string[];
  ports?: { name: string; containerPort: number }[];
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { preStop: { sleep: { seconds: number } } };
};
type Pod = { containers: Container[]; terminationGracePeriodSeconds: number };
type Labels = Record<string, string>;
type Deployment = Resource & { spec: { template: { metadata: { labels: Labels }; spec: Pod } } };
/** A service has the labels themselves. */
type Selector = { matchLabels?: Labels };
type Selecting = Resource & { spec: { selector?: Selector; podSelector?: Selector } };

const folder = "deploy/kubernetes";
const resources = readdirSync(folder).flatMap((name) => readYaml(join(folder, name)) as Resource[]);
const ofKind = (...kinds: string[]) => resources.filter(({ kind }) => kinds.includes(kind));
const pods = (ofKind("Deployment") as Deployment[]).map(({ spec }) => spec.template.spec);
const containers = pods.flatMap((pod) => pod.containers);

/** Inside of the tree, from where the types of Kubernetes are found. */
let scratch: string;
beforeAll(() => {
  mkdirSync("node_modules/.cache", { recursive: true });
  scratch = mkdtempSync("node_modules/.cache/kubernetes-");
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** What TypeScript says of the resources as literals of their types, in which no field may be of another name. */
function problemsOf(literals: Resource[]): string[] {
  const file = join(scratch, "resources.ts");
  const lines = literals.map((resource, index) => {
    const [group = "", version = ""] = `core/${resource.apiVersion}`.split("/").slice(-2);
    const type = `import("kubernetes-types/${group.replace(".k8s.io", "")}/${version}").${resource.kind}`;
    return `export const _${index}: ${type} = ${JSON.stringify(resource, null, 1)};`;
  });
  writeFileSync(file, lines.join("\n"));
  const options = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
  ];
  const { stdout } = spawnSync(
    process.execPath,
    ["node_modules/typescript/bin/tsc", "--ignoreConfig", ...options, "--types", "", file],
    { encoding: "utf8" },
  );
  return stdout.split("\n").filter((line) => line !== "");
}

test("every resource has the form of its kind", () => {
  expect(resources.length).toBeGreaterThan(8);
  expect(problemsOf(resources)).toEqual([]);
  const [misspelt] = ofKind("Service").map((service) => ({ ...service, specs: {} }));
  expect(problemsOf(misspelt ? [misspelt] : [])).toEqual([
    expect.stringContaining(`'"specs"' does not exist`),
  ]);
});

test("the settings exist, and are those that the containers are given", () => {
  const given = (ofKind("ConfigMap", "Secret") as Settings[]).flatMap(({ data, stringData }) =>
    Object.keys({ ...data, ...stringData }),
  );
  expect(given).toContain("DATABASE_URL");
  expect(unknownSettings(given)).toEqual([]);
});

test("the containers run processes of the build, from the image of this version", () => {
  expect(containers.map(({ image }) => image.split("/").at(-1))).toEqual([ownImage, ownImage]);
  expect(containers.filter(({ image }) => !isExact(image))).toEqual([]);
  expect(containers.filter(({ command }) => !runsProcess(command))).toEqual([]);
});

test("web is asked at its port and by paths of the product: alive is not ready", () => {
  const web = containers.filter(({ ports }) => ports);
  expect(web).toHaveLength(1);
  const [{ ports, startupProbe, livenessProbe, readinessProbe }] = web as [Container];
  expect(ports).toEqual([{ name: "http", containerPort: port }]);
  expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet)).toEqual([
    { path: "/healthz", port: "http" },
    { path: "/healthz", port: "http" },
    { path: "/readyz", port: "http" },
  ]);
});

test("what is in flight may end", () => {
  const spare = pods.map(({ terminationGracePeriodSeconds, containers: [container] }) => {
    const pauseSeconds = container?.lifecycle?.preStop.sleep.seconds ?? 0;
    return terminationGracePeriodSeconds - pauseSeconds - endsWithinSeconds;
  });
  expect(spare).toHaveLength(2);
  expect(Math.min(...spare)).toBeGreaterThan(0);
});

test("whatever selects pods by their labels finds some", () => {
  const selectors = (ofKind("Service", "PodDisruptionBudget", "NetworkPolicy") as Selecting[]).map(
    ({ spec: { selector, podSelector = selector } }) =>
      Object.entries(podSelector?.matchLabels ?? podSelector ?? {}),
  );
  const labels = (ofKind("Deployment") as Deployment[]).map(({ spec }) => spec.template.metadata.labels);
  expect(selectors.every((selector) => selector.length > 0)).toBe(true);
  expect(
    selectors.filter(
      (selector) => !labels.some((pod) => selector.every(([name, value]) => pod[name] === value)),
    ),
  ).toEqual([]);
});
