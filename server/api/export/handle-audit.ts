import { z } from "zod";
import type { AuditEntry, AuditFilter } from "@/db/store";
import { methodNotAllowed } from "@/domain/errors";
import { answerError, toResponse } from "@/server/http/answer";
import { refuseOtherSites } from "@/server/http/sender";
import { authorise } from "../access";
import { type Context, createContext } from "../context";
import { causeOf, inputRefusal } from "../failure";
import { auditFilter, seesWholeLog, toAuditFilter } from "../procedures/audit/filter";
import { type AuditEntryView, toAuditEntryView } from "../views/audit";
import { isoTime } from "../views/time";
import { auditCsv } from "./audit-csv";
import { takePlace } from "./places";
import { streamOf } from "./stream-of";

/** A document a line, each an entry, so that programs can read it as it comes. */
const auditJson = {
  contentType: "application/x-ndjson",
  begin: "",
  entry: (entry: AuditEntryView) => `${JSON.stringify(entry)}\n`,
};
const formats = { json: auditJson, csv: auditCsv };

const asked = z.object({ ...auditFilter, format: z.enum(["json", "csv"]).default("json") });

/** Entries that one look reads. */
const pageSize = 200;

/**
 * Answers all entries of the audit log that fit, newest first, as a file: to keys, and to whoever is signed in, so that a
 * browser can save it. It is written as it is read, and reading ends with the connection.
 */
export async function handleAuditExport(request: Request): Promise<Response> {
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
  const { caller, customerId } = await authorise("log", context);
  if (caller.kind === "member") refuseOtherSites(request.headers, context.site());
  if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed("GET, HEAD");
  const { format, ...filter } = readAsked(new URL(request.url));
  const { contentType, begin, entry } = formats[format];
  const headers = {
    "content-type": contentType,
    "content-disposition": `attachment; filename="audit-log-${isoTime(context.runtime.clock()).slice(0, 10)}.${format}"`,
    "cache-control": "no-store",
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  const seesAll = seesWholeLog(caller);
  const pages = readPages(context, customerId, toAuditFilter(filter, seesAll));
  const release = takePlace(customerId ?? "");
  return new Response(streamOf(write(), release), { headers });

  async function* write(): AsyncGenerator<string> {
    yield begin;
    for await (const entries of pages) {
      yield entries.map((each) => entry(toAuditEntryView(each, seesAll))).join("");
    }
  }
}

/** Each look is a query of its own among the customer's others. */
async function* readPages(
  { runtime: { store, auth } }: Context,
  customerId: string | null,
  filter: Omit<AuditFilter, "pageSize" | "cursor">,
): AsyncGenerator<AuditEntry[]> {
  for (let cursor: string | undefined; ; ) {
    const giveTurn = await auth.queries.enter(customerId ?? "");
    const page = await store.listAuditLog(customerId, { ...filter, pageSize, cursor }).finally(giveTurn);
    yield page.items;
    if (page.next === null) return;
    cursor = page.next;
  }
}

function readAsked({ searchParams }: URL): z.infer<typeof asked> {
  const given = [...searchParams].filter(([, value]) => value !== "");
  const parsed = asked.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw inputRefusal(parsed.error.issues);
  return parsed.data;
}
