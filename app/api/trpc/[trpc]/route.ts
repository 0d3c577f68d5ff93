import { handleTrpc } from "@/server/api/trpc-http/handle";

export { handleTrpc as GET, handleTrpc as POST };
