import { z } from "zod";
import { type Invitation, roles } from "@/db/store";
import type { Teammate } from "@/server/auth/team";
import { customerView } from "./customer";
import { isoTime, timeView } from "./time";

export const memberView = z.object({
  user_id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  created_at: timeView,
});

export const toMemberView = (member: Teammate): z.infer<typeof memberView> => ({
  user_id: member.userId,
  name: member.name,
  email: member.email,
  role: member.role,
  created_at: isoTime(member.createdAt),
});

export const invitationView = z.object({
  id: z.uuid(),
  role: z.enum(roles),
  expires_at: timeView,
  created_at: timeView,
});

export const toInvitationView = (invitation: Invitation): z.infer<typeof invitationView> => ({
  id: invitation.id,
  role: invitation.role,
  expires_at: isoTime(invitation.expiresAt),
  created_at: isoTime(invitation.createdAt),
});

export const sessionView = z.object({
  customer: customerView,
  role: z.enum(roles),
  is_portal: z.boolean(),
  has_agents: z.boolean().describe("Whether any agent is subscribed"),
  user: z
    .object({ id: z.string(), name: z.string(), email: z.string() })
    .nullable()
    .describe("Null in a session by a portal link, which belongs to no person"),
});
