import { initTRPC, type TRPCError } from "@trpc/server";
import { callerLeft, fault, forbidden } from "@/domain/errors";
import { actorOf } from "@/server/auth/actor";
import type { Principal } from "@/server/auth/principal";
import { refuseAllButOwnPages } from "@/server/http/sender";
import { type Access, authorise } from "./access";
import type { Context } from "./context";
import { isFault, refusalOf, toTrpcError } from "./failure";

export type Meta = { access: Access };

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, ctx }) {
      const { code, httpStatus, path } = shape.data;
      return {
        ...shape,
        message: isFault(error)
          ? fault(ctx?.requestId ?? "unknown").message
          : sentenceOf(shape.message, error),
        data: { code, httpStatus, path, errors: refusalOf(error)?.errors },
      };
    },
  });

/** tRPC's own word for a call that there is not: a page from before an upgrade may still ask for one. */
const sentenceOf = (message: string, { code, cause }: TRPCError) =>
  code === "NOT_FOUND" && !cause
    ? "There is no such call in this version of Fanfare. A page that was open during an upgrade has to be loaded anew."
    : message;

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Whether a browser says who it is, with whatever page asks it to. */
const isByCookie = (caller: Principal) => caller.kind === "member" || operatorOf(caller) !== null;

/** The name of an operator who calls; null for every other caller. */
export const operatorOf = (caller: Principal): string | null =>
  caller.kind === "platform" ? caller.operator : null;

/**
 * A procedure for callers of one level, with `ctx.by` for the audit log. It authorises before it looks at the input.
 */
function procedureFor(access: Access) {
  return t.procedure.meta({ access }).use(async ({ ctx, type, next }) => {
    const answer = async () => {
      const grant = await authorise(access, ctx);
      if (type === "mutation" && isByCookie(grant.caller)) refuseAllButOwnPages(ctx.headers, ctx.site());
      if (ctx.bodyRefusal) throw ctx.bodyRefusal;
      const by = actorOf(grant.caller, ctx.headers);
      const result = await next({ ctx: { ...grant, by } });
      if (result.ok) return result;
      throw result.error;
    };
    try {
      return await (type === "query" ? ctx.answers.inTurn(answer) : answer());
    } catch (error) {
      throw toTrpcError(error);
    }
  });
}

/** A procedure whose queries take turns with others of the same customer. */
const turnProcedureFor = (access: "read" | "change" | "team" | "session" | "person" | "log") =>
  procedureFor(access).use(({ ctx, type, signal, next }) => {
    if (type !== "query" || ctx.customerId === null) return next();
    return ctx.inQueryTurn(ctx.customerId, async () => {
      if (signal?.aborted) throw callerLeft();
      return next();
    });
  });

/** A procedure that speaks for exactly one customer: `ctx.customerId` is there. */
function customerProcedureFor(access: "read" | "change" | "team" | "session" | "person") {
  return turnProcedureFor(access).use(({ ctx, next }) => {
    const { customerId } = ctx;
    if (customerId === null) throw forbidden("This call is made for one customer.");
    return next({ ctx: { customerId } });
  });
}

export const anyoneProcedure = procedureFor("anyone");
export const platformProcedure = procedureFor("platform");
export const keysProcedure = procedureFor("keys");
export const readProcedure = customerProcedureFor("read");
export const changeProcedure = customerProcedureFor("change");
/** `ctx.by` is the owner who calls. */
export const teamProcedure = customerProcedureFor("team");
/** `ctx.customerId` is null for what is told to the platform. */
export const logProcedure = turnProcedureFor("log");
export const sessionProcedure = customerProcedureFor("session");
/** `ctx.person` is who signed in. */
export const personProcedure = customerProcedureFor("person").use(({ ctx, next }) => {
  const { id, name, email } = ctx.by;
  return next({ ctx: { person: { id, name: name ?? "", email: email ?? "" } } });
});
