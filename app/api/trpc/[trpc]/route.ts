import { handleTrpc } from "@/server/api/trpc-http/handle";

export {
  handleTrpc as DELETE,
  handleTrpc as GET,
  handleTrpc as OPTIONS,
  handleTrpc as PATCH,
  handleTrpc as POST,
  handleTrpc as PUT,
};
