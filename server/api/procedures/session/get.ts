import { forbidden, unauthorized } from "@/server/domain/errors";
import { findPeople } from "../../people";
import { sessionProcedure } from "../../trpc";
import { sessionView, toCustomerView } from "../../views/customer";

/** Who is signed in, and for which customer. */
export const getSession = sessionProcedure.output(sessionView).query(async ({ ctx }) => {
  const { caller, customerId, runtime } = ctx;
  if (caller.kind !== "member") throw forbidden("This is for signed-in people, not for keys.");
  const customer = await runtime.store.findCustomer(customerId);
  if (!customer) throw unauthorized();
  const people = await findPeople(runtime.auth, caller.userId === null ? [] : [caller.userId]);
  return {
    customer: toCustomerView(customer),
    role: caller.role,
    is_portal: caller.isPortal,
    user: (caller.userId !== null && people.get(caller.userId)) || null,
  };
});
