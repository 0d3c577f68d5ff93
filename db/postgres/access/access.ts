import type { AccessStore } from "../../store";
import type { Connection } from "../connection/connection";
import { apiKeyVerbs } from "./api-keys";
import { customerVerbs } from "./customers";
import { invitationVerbs } from "./invitations";
import { memberVerbs } from "./members";
import { portalVerbs } from "./portal";
import { resetLinkVerbs } from "./reset-links";

/** Who may enter, and as whom: one file a noun. */
export function accessVerbs(connection: Connection): AccessStore {
  return {
    ...customerVerbs(connection),
    ...apiKeyVerbs(connection),
    ...memberVerbs(connection),
    ...invitationVerbs(connection),
    ...resetLinkVerbs(connection),
    ...portalVerbs(connection),
  };
}
