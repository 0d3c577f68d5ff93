import { methods } from "@/domain/agent/protocol";

/** A program that agents run in, and what makes it speak with Fanfare. */
export type Host = {
  id: string;
  label: string;
  /** Where the settings go. */
  where: string;
  /** The settings themselves. `url` is where agents ask, and `key` what they come with. */
  settings: (url: string, key: string) => string;
  /** What one has to know besides. */
  note: string;
};

const toolsOnly = "It has the tools. We have not seen it subscribe to events yet.";
const json = (value: unknown) => JSON.stringify(value, null, 2);
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

/** The common ones, by their documentation of autumn 2026. */
export const hosts: readonly Host[] = [
  {
    id: "chatgpt",
    label: "ChatGPT",
    where:
      "Settings → Apps → Advanced settings: switch on Developer mode, then create an app with these fields.",
    settings: (url, key) =>
      [
        "Name            Fanfare",
        `MCP server URL  ${url}`,
        "Authentication  API key",
        "Header          Authorization",
        `Value           Bearer ${key}`,
      ].join("\n"),
    note: "It subscribes to events, in Work chats. Where your workspace offers OAuth alone it cannot connect: Fanfare knows keys only. This installation has to be reached from the internet, by https.",
  },
  {
    id: "claude-code",
    label: "Claude Code",
    where: "In a terminal.",
    settings: (url, key) =>
      `claude mcp add --transport http fanfare ${url} --header "Authorization: Bearer ${key}"`,
    note: toolsOnly,
  },
  {
    id: "claude-desktop",
    label: "Claude Desktop",
    where: "Settings → Developer → Edit config: claude_desktop_config.json, then start it anew.",
    settings: (url, key) =>
      json({
        mcpServers: {
          fanfare: {
            command: "npx",
            args: ["-y", "mcp-remote", url, "--header", "Authorization:$" + "{FANFARE_AUTHORIZATION}"],
            env: { FANFARE_AUTHORIZATION: `Bearer ${key}` },
          },
        },
      }),
    note: `Its own connectors take no key, so mcp-remote carries it there; that needs Node.js. ${toolsOnly}`,
  },
  {
    id: "cursor",
    label: "Cursor",
    where: "~/.cursor/mcp.json for all projects, or .cursor/mcp.json in one that nobody else reads.",
    settings: (url, key) => json({ mcpServers: { fanfare: { url, headers: bearer(key) } } }),
    note: toolsOnly,
  },
  {
    id: "vs-code",
    label: "VS Code",
    where: "“MCP: Open User Configuration” in the command palette: mcp.json.",
    settings: (url, key) => json({ servers: { fanfare: { type: "http", url, headers: bearer(key) } } }),
    note: toolsOnly,
  },
  {
    id: "ai-sdk",
    label: "AI SDK",
    where: "In a program with @ai-sdk/mcp 2; `store` is yours, and keeps subscriptions with their secrets.",
    settings: (url, key) => `import { createMCPClient } from "@ai-sdk/mcp";

const client = await createMCPClient({
  transport: {
    type: "http",
    url: ${JSON.stringify(url)},
    headers: { Authorization: ${JSON.stringify(`Bearer ${key}`)} },
  },
  experimental_events: { store },
});
await client.experimental_events.subscribe({
  name: "search_completed",
  arguments: { case_id: "C-42" },
  delivery: { mode: "webhook", url: "https://agent.example.com/events" },
});`,
    note: "It subscribes to events, on Node 22 or newer. Its experimental_createMCPEventWebhook answers at that URL, and has to do so before it subscribes; what is not refreshed within an hour ends. The guide has the whole program.",
  },
  {
    id: "curl",
    label: "curl",
    where: "In a terminal: lists the events that an agent may ask for, and what each can be narrowed to.",
    settings: (url, key) => `curl ${url} \\
  -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\
  -H "Accept: application/json, text/event-stream" \\
  -H "MCP-Protocol-Version: 2026-07-28" -H "Mcp-Method: ${methods.list}" \\
  -d '{"jsonrpc":"2.0","id":1,"method":"${methods.list}","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}'`,
    note: "For a look, and for programs of your own: the protocol is MCP Events, SEP-3415.",
  },
];
