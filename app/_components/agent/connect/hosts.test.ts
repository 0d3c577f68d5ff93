import { describe, expect, test } from "vitest";
import { hosts } from "./hosts";

const url = "https://hooks.example/fanfare/mcp";
const key = "fk_of-a-test";
const settingsOf = (id: string) => hosts.find((host) => host.id === id)?.settings(url, key) ?? "";

describe.each(hosts.map((host) => [host.label, host] as const))("%s", (_, host) => {
  test("is told the address and the key, and no other place for them", () => {
    const text = host.settings(url, key);
    expect(text.split(url)).toHaveLength(2);
    expect(text.split(key)).toHaveLength(2);
  });
});

test.each([
  ["cursor", ["mcpServers", "fanfare", "headers", "Authorization"]],
  ["vs-code", ["servers", "fanfare", "headers", "Authorization"]],
  ["claude-desktop", ["mcpServers", "fanfare", "env", "FANFARE_AUTHORIZATION"]],
])("the file of %s is JSON, with the key where it is read", (id, path) => {
  const at = path.reduce((value, name) => value?.[name], JSON.parse(settingsOf(id)));
  expect(at).toBe(`Bearer ${key}`);
});

test("Claude Desktop has no blank in an argument, which it would cut there", () => {
  const { args } = JSON.parse(settingsOf("claude-desktop")).mcpServers.fanfare;
  expect(args.filter((argument: string) => argument.includes(" "))).toEqual([]);
});

test("what curl sends is one message, of the method that its headers name", () => {
  const [, body = ""] = /-d '(.*)'/s.exec(settingsOf("curl")) ?? [];
  const { method } = JSON.parse(body);
  expect(settingsOf("curl")).toContain(`Mcp-Method: ${method}`);
});
