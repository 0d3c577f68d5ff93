import { forbidden, unauthorized } from "@/domain/errors";
import { listPeople } from "@/server/auth/person";
import { sessionProcedure } from "../../trpc";
import { toCustomerView } from "../../views/customer";
import { sessionView } from "../../views/team";

/** Who is signed in, and for which customer. */
export const getSession = sessionProcedure.output(sessionView).query(async ({ ctx }) => {
  const { caller, customerId, runtime } = ctx;
  if (caller.kind !== "member") throw forbidden("This is for signed-in people, not for keys.");
  const customer = await runtime.store.findCustomer(customerId);
  if (!customer) throw unauthorized();
  const subscriptions = await runtime.store.listSubscriptions(customerId);
  const people = caller.userId === null ? [] : await listPeople(runtime.auth, [caller.userId]);
  return {
    customer: toCustomerView(customer),
    role: caller.role,
    is_portal: caller.isPortal,
    has_agents: subscriptions.length > 0,
    user: people[0] ?? null,
  };
});
