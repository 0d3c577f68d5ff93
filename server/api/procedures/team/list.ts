import { z } from "zod";
import { findPeople } from "../../people";
import { teamProcedure } from "../../trpc";
import { memberView } from "../../views/customer";
import { isoTime } from "../../views/time";

/** The people of the customer. */
export const listMembers = teamProcedure.output(z.array(memberView)).query(async ({ ctx }) => {
  const members = await ctx.runtime.store.listMembers(ctx.customerId);
  const people = await findPeople(
    ctx.runtime.auth,
    members.map(({ userId }) => userId),
  );
  return members.map(({ userId, role, createdAt }) => {
    const person = people.get(userId);
    return {
      user_id: userId,
      name: person?.name ?? null,
      email: person?.email ?? null,
      role,
      created_at: isoTime(createdAt),
    };
  });
});
