import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { settings } from "@/server/process/env";

test("the README's table of settings is the one that the reader has", () => {
  const readme = readFileSync("README.md", "utf8");
  const [, table] = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(readme) ?? [];
  expect(table).toBe(`${settingsTable()}\n`);
});

function settingsTable(): string {
  const { properties = {} } = z.toJSONSchema(settings, { io: "input" });
  const rows = Object.entries(properties).map(([name, schema]) => {
    const { description = "", default: value } = schema as { description?: string; default?: string };
    return `| \`${name}\` | ${value === undefined ? "" : `\`${value}\``} | ${description} |`;
  });
  return ["| variable | default | meaning |", "|---|---|---|", ...rows].join("\n");
}
