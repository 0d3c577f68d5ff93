import { createMCPClient, type MCPClientConfig } from "@ai-sdk/mcp";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { publicUrl } from "../api.fixture";
import { handleMcp } from "./handle";

export const mcpUrl = new URL(`${publicUrl}/mcp`);

/** Asks in this process what a client would send over the network. */
export const here = (input: RequestInfo | URL, init?: RequestInit) => handleMcp(new Request(input, init));

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** The official client, of today's protocol or of the one before it. */
export async function connect(
  headers: Record<string, string>,
  mode: "auto" | "legacy" = "auto",
): Promise<Client> {
  const client = new Client({ name: "a test", version: "1" }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(mcpUrl, { fetch: here, requestInit: { headers } }));
  return client;
}

/** The client of the AI SDK. */
export const connectAiSdk = (
  headers: Record<string, string>,
  options: Omit<MCPClientConfig, "transport" | "experimental_events"> & {
    experimental_events?: Extract<MCPClientConfig["experimental_events"], { store: object }>;
  } = {},
) =>
  createMCPClient({
    ...options,
    transport: { type: "http", url: mcpUrl.href, headers, fetch: here as typeof fetch },
  });
