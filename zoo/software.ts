import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A server or framework that may be installed here. */
export type Software = {
  name: string;
  /** Null when it is not installed. */
  version(): string | null;
  /** What to type to get it. */
  install: string;
};

/** Where npm installs what the zoo runs. */
export const packagesFolder = "zoo/node_modules";

/** A package of Debian; its name is that of the software unless told. */
export const debian = (name: string, packageName = name.toLowerCase()): Software => ({
  name,
  version: () => {
    const { stdout } = spawnSync("dpkg-query", ["--show", packageName], { encoding: "utf8" });
    return /\t(?:\d+:)?([\w.]+)/.exec(stdout ?? "")?.[1] ?? null; // 1:2.4.66-1~deb12u1 is 2.4.66
  },
  install: `apt-get install ${packageName}`,
});

/** A package of npm, by the name under which zoo/package.json has it. */
export const npm = (name: string, packageName = name.toLowerCase()): Software => ({
  name,
  version: () => {
    const file = join(packagesFolder, packageName, "package.json");
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
  },
  install: "npm ci --prefix zoo",
});

/** What this process runs on. */
export const node: Software = { name: "Node", version: () => process.versions.node, install: "" };
