import { z } from "zod";
import { roles } from "@/db/store";
import { notFound } from "@/domain/errors";
import { invitationMail } from "@/domain/notice/access-mails";
import { createInvitationLink } from "@/server/auth/team";
import { teamProcedure } from "../../trpc";
import { invitationView, toInvitationView } from "../../views/team";
import { sendLink } from "./send-link";

/** A single-use link that makes whoever opens it a member. The owner passes it on, or it goes to `email`. */
export const invite = teamProcedure
  .input(z.object({ role: z.enum(roles), email: z.email().max(254).optional() }))
  .output(
    invitationView.extend({
      url: z.url(),
      sent_to: z.string().nullable().describe("Whom it was mailed to; null when the owner passes it on"),
    }),
  )
  .mutation(async ({ ctx, input: { role, email = null } }) => {
    const { runtime, customerId, by } = ctx;
    const customer = await runtime.store.findCustomer(customerId);
    const link = await createInvitationLink(runtime.auth, role, by);
    if (!link || !customer) throw notFound("customer");
    const url = `${ctx.site()}${link.path}`;
    const sent_to = await sendLink(runtime, customerId, email, invitationMail(customer.name, role, url));
    return { ...toInvitationView(link.invitation), url, sent_to };
  });
