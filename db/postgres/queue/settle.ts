import { type SQL, sql } from "drizzle-orm";
import { isTriedAtOnce, outcomeError } from "@/domain/delivery/decide";
import { refusalOf } from "@/domain/delivery/refusal";
import { sentOf } from "@/domain/delivery/sent-headers";
import { headingOf } from "../../rows/attempt";
import type { AttemptRecord } from "../../store";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { statement } from "../connection/statement";
import { storableText } from "../connection/text";
import { attempts } from "../schema/tables";
import type { Held } from "./held";

/**
 * Writes where deliveries go after their attempts, and the attempts, and answers those whose leases were still theirs:
 * nothing is written of the others.
 */
export async function settle({ db, now }: Transaction, records: AttemptRecord[]): Promise<Map<number, Held>> {
  const firsts = new Map(records.toReversed().map((record) => [nameOf(record), record]));
  const rows = [...firsts.values()].map((record) => rowOf(record, now));
  const held = await settleHeld(db, { rows: JSON.stringify(rows) });
  return new Map(held.map((row) => [row.key, row]));
}

/** A claim that comes twice is written once. */
const nameOf = ({ claim }: AttemptRecord) => `${claim.delivery}.${claim.lease}`;

/**
 * Locked in the order of keys, so that two transactions never wait for one another. One statement of one parameter:
 * both a message and a value of its own take longer than the rest.
 */
const settleHeld = statement<Held>(sql`
  with held as materialized (
    select given.*, d.day, d.due_at as was_due_at, d.is_asked_again as was_asked_again
    from json_to_recordset(${sql.placeholder("rows")}::json) as given(${columns()})
    join deliveries d on d.key = given.key
    where d.lease = given.lease and d.leased_by is not null and d.status = 'pending'
    order by d.key for no key update of d
  ), settled as (
    update deliveries d set
      status = s.status, due_at = s."dueAt", ended_at = s."endedAt",
      attempts = d.attempts + 1, tries = d.tries + s.try, probes = d.probes + s.probe, lost_in_a_row = 0,
      next_reason = 'scheduled', is_asked_again = false, signs_with = s."signsWith",
      leased_by = null, leased_at = null, leased_reason = null,
      refusal = case when s."isAtOnce" then d.refusal else s.refusal end,
      status_code = s."statusCode", error_code = s."errorCode", error_message = s."errorMessage",
      duration_ms = s."durationMs", change = ${thisChange}
    from held s where d.key = s.key
  ), written as (
    insert into attempts (day, delivery_key, number, reason, started_at, duration_ms, status_code, error_code,
      error_message, error_detail, timings, peer, url, sent_by, signed_at, request_headers, response_headers,
      response_body, is_truncated)
    select day, key, number, reason, "startedAt", "durationMs", "statusCode", "errorCode", "errorMessage",
      "errorDetail", timings, peer, url, "sentBy", "signedAt", "requestHeaders", "responseHeaders",
      decode("responseBody", 'base64'), coalesce("isTruncated", false)
    from held
  )
  select key, lease, was_due_at as "dueAt", was_asked_again as "isAskedAgain" from held`);

function columns(): SQL {
  return sql`key bigint, lease integer, status text, "dueAt" bigint, "endedAt" bigint, try integer, probe integer,
    "signsWith" text, "isAtOnce" boolean, refusal text, "statusCode" integer, "errorCode" text, "errorMessage" text,
    "durationMs" integer, number integer, reason text, "startedAt" bigint, "errorDetail" text, timings text, peer text,
    url text, "sentBy" text, "signedAt" integer, "requestHeaders" json, "responseHeaders" text, "responseBody" text,
    "isTruncated" boolean`;
}

/** What is left out is null. In one piece: objects that are made of others are slow. */
function rowOf({ claim, request, outcome, next }: AttemptRecord, now: number) {
  const isWaiting = next.status === "pending";
  const error = outcomeError(outcome);
  const response = outcome.kind === "response" ? outcome.response : undefined;
  const sent = sentOf(request.headers, headingOf(claim));
  return {
    key: claim.delivery,
    lease: claim.lease,
    status: next.status,
    dueAt: isWaiting ? now + next.delayMs : now,
    endedAt: isWaiting ? undefined : now,
    try: isWaiting && !next.countsAsTry ? 0 : 1,
    probe: claim.reason === "probe" ? 1 : 0,
    signsWith: isWaiting ? next.signsWith : undefined,
    // One that is made again at once may have refused the secret, and leaves what was known of the content.
    isAtOnce: isTriedAtOnce(next),
    refusal: refusalOf(outcome) ?? undefined,
    number: claim.number,
    reason: claim.reason,
    startedAt: outcome.startedAt,
    durationMs: outcome.durationMs,
    statusCode: outcome.kind === "response" ? outcome.status : undefined,
    errorCode: error?.code,
    errorMessage: error && storableText(error.message),
    errorDetail: error?.detail,
    timings: attempts.timings.mapToDriverValue(outcome.timings),
    peer: attempts.peer.mapToDriverValue(outcome.peer),
    url: request.url,
    sentBy: sent?.sentBy,
    signedAt: sent?.signedAt,
    requestHeaders: sent ? (sent.others ?? undefined) : request.headers,
    responseHeaders: response && attempts.responseHeaders.mapToDriverValue(response.headers),
    responseBody: response && asBuffer(response.body).toString("base64"),
    isTruncated: response?.truncated,
  };
}

/** The same bytes, not copied. */
const asBuffer = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
