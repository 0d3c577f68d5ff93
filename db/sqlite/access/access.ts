import type { AccessStore, AuditLogStore } from "../../store";
import type { Connection } from "../connection/connection";
import { apiKeyVerbs } from "./api-keys";
import { auditLogVerbs } from "./audit-log";
import { customerVerbs } from "./customers";
import { invitationVerbs } from "./invitations";
import { memberVerbs } from "./members";
import { portalVerbs } from "./portal";
import { resetLinkVerbs } from "./reset-links";

/** Who may enter, and as whom, and who changed what: one file a noun. */
export function accessVerbs(connection: Connection): AccessStore & AuditLogStore {
  return {
    ...customerVerbs(connection),
    ...apiKeyVerbs(connection),
    ...memberVerbs(connection),
    ...invitationVerbs(connection),
    ...resetLinkVerbs(connection),
    ...portalVerbs(connection),
    ...auditLogVerbs(connection),
  };
}
