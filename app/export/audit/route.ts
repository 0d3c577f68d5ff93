import { handleAuditExport } from "@/server/api/export/handle-audit";

export {
  handleAuditExport as DELETE,
  handleAuditExport as GET,
  handleAuditExport as HEAD,
  handleAuditExport as PATCH,
  handleAuditExport as POST,
  handleAuditExport as PUT,
};
