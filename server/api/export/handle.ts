import { z } from "zod";
import type { Cursor } from "@/db/store";
import { methodNotAllowed } from "@/domain/errors";
import { siteOf } from "@/domain/network/site";
import { answerError, toResponse } from "@/server/http/answer";
import { refuseOtherSites } from "@/server/http/sender";
import { authorise } from "../access";
import { type Context, createContext } from "../context";
import { causeOf, inputRefusal } from "../failure";
import { time, toMs, webhookId } from "../inputs";
import { readLedger } from "../ledger/read-ledger";
import { isoTime, nullableIsoTime } from "../views/time";
import { csv } from "./csv";
import { exportKeyOf } from "./export-key";
import { json } from "./json";
import { takePlace } from "./places";
import type { About } from "./record";
import { streamOf } from "./stream-of";
import { writeExport } from "./write-export";

const formats = { json, csv };

const asked = z.object({
  since: time.optional(),
  until: time.optional(),
  webhook_id: webhookId.optional(),
  format: z.enum(["json", "csv"]).default("json"),
});

/**
 * Answers what became of a range's events for each webhook that they matched, as a signed file: to keys, and to whoever
 * is signed in, so that a browser can save it. It is written as it is read, a little at a time, and reading ends with the
 * connection.
 */
export async function handleExport(request: Request): Promise<Response> {
  const context = createContext(request.headers);
  try {
    return await respond(request, context);
  } catch (error) {
    return toResponse(answerError(causeOf(error), context.requestId, context.runtime.log));
  } finally {
    context.release();
  }
}

async function respond(request: Request, context: Context): Promise<Response> {
  const { runtime } = context;
  const { caller, customerId } = await authorise("read", context);
  if (caller.kind === "member") refuseOtherSites(request.headers, context.site());
  if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed("GET, HEAD");
  const input = readInput(new URL(request.url));
  const customer = customerId ?? "";
  const range = toRange(input, runtime.clock());
  // Before anything is told: what is wrong with the range is a refusal, and not a broken file.
  const look = (after: Cursor | null) => runtime.store.listLedger(customer, range, after);
  const ledger = readLedger(look, {
    noun: range.webhookId === undefined ? "customer" : "webhook",
    inTurn: (ask) => inTurn(context, customer, ask),
    signal: request.signal,
  });
  const first = await ledger.next();
  const format = formats[input.format];
  const key = exportKeyOf(runtime.env);
  const about: About = {
    made_by: `Fanfare/${runtime.version} at ${siteOf(runtime.env, request.headers)}`,
    made_at: isoTime(runtime.clock()),
    customer_id: customer,
    since: nullableIsoTime(toMs(input.since) ?? null),
    until: isoTime(range.until),
    webhook_id: range.webhookId ?? null,
    key_id: key.id,
  };
  const headers = {
    "content-type": format.contentType,
    "content-disposition": `attachment; filename="deliveries-${about.until.slice(0, 10)}.${format.extension}"`,
    "cache-control": "no-store",
    ...context.dataAge(),
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  const release = takePlace(customer);
  const parts = writeExport(format, about, startingWith(first, ledger), key);
  return new Response(streamOf(parts, release), { headers });
}

function readInput({ searchParams }: URL): z.infer<typeof asked> {
  const given = [...searchParams].filter(([, value]) => value !== "");
  const parsed = asked.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw inputRefusal(parsed.error.issues);
  return parsed.data;
}

/** Up to this millisecond at the most, so that it ends although events go on coming. */
function toRange({ since, until, webhook_id }: z.infer<typeof asked>, now: number) {
  const end = now + 1;
  return {
    since: toMs(since) ?? 0,
    until: Math.min(toMs(until) ?? end, end),
    webhookId: webhook_id,
  };
}

/** Each look is a query of its own among the customer's others. */
async function inTurn<T>({ runtime }: Context, customerId: string, look: () => Promise<T>): Promise<T> {
  const end = await runtime.auth.queries.enter(customerId);
  return look().finally(end);
}

async function* startingWith<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
