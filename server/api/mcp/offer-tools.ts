import type { Tool as ListedTool, McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Context } from "../context";
import { callTool, type Tool, type Toolbox } from "./tool";
import { tools } from "./tools";

/**
 * Adds the tools to a server. One that may only look is offered those that change nothing; it may call the others all the
 * same, and is told by the procedures that they ask what key that takes.
 */
export function offerTools(
  server: McpServer,
  toolbox: Toolbox,
  { context, mayChange }: { context: Context; mayChange: boolean },
): void {
  for (const tool of tools) {
    const { name, title, description, input } = tool;
    const annotations = annotationsOf(tool);
    server.registerTool(name, { title, description, inputSchema: input, annotations }, (asked) =>
      callTool(() => tool.run(toolbox, asked), context),
    );
  }
  const offered = tools.filter(({ isReadOnly }) => isReadOnly || mayChange);
  server.server.setRequestHandler("tools/list", () => ({ tools: offered.map(toListed) }));
}

const annotationsOf = ({ title, isReadOnly, isIdempotent = isReadOnly }: Tool) => ({
  title,
  readOnlyHint: isReadOnly,
  destructiveHint: false,
  idempotentHint: isIdempotent,
  openWorldHint: false,
});

/** As the protocol lists it, made once: tools never change, and their schemas take long to write out. */
function toListed(tool: Tool): ListedTool {
  const known = listed.get(tool);
  if (known) return known;
  const { name, title, description, input } = tool;
  const inputSchema = z.toJSONSchema(input, { io: "input" }) as ListedTool["inputSchema"];
  const made = { name, title, description, inputSchema, annotations: annotationsOf(tool) };
  listed.set(tool, made);
  return made;
}

const listed = new WeakMap<Tool, ListedTool>();
