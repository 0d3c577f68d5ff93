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
  const offered = tools.filter(({ isReadOnly }) => isReadOnly || mayChange).map(toListed);
  server.server.setRequestHandler("tools/list", () => ({ tools: offered }));
}

const annotationsOf = ({ title, isReadOnly, isIdempotent = isReadOnly }: Tool) => ({
  title,
  readOnlyHint: isReadOnly,
  destructiveHint: false,
  idempotentHint: isIdempotent,
  openWorldHint: false,
});

const toListed = (tool: Tool): ListedTool => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  inputSchema: z.toJSONSchema(tool.input, { io: "input" }) as ListedTool["inputSchema"],
  annotations: annotationsOf(tool),
});
