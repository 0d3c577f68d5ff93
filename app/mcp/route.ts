import { handleMcp } from "@/server/api/mcp/handle";

export {
  handleMcp as DELETE,
  handleMcp as GET,
  handleMcp as HEAD,
  handleMcp as PATCH,
  handleMcp as POST,
  handleMcp as PUT,
};
