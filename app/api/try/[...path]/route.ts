import { handleTried } from "@/server/api/rest/handle";

export {
  handleTried as DELETE,
  handleTried as GET,
  handleTried as HEAD,
  handleTried as OPTIONS,
  handleTried as PATCH,
  handleTried as POST,
  handleTried as PUT,
};
