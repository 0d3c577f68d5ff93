import type { LedgerLine } from "@/db/store";
import type { Balance } from "@/domain/delivery/balance";
import { isoTime, nullableIsoTime } from "../views/time";

/** What an export says of itself, before its rows. */
export type About = {
  made_by: string;
  made_at: string;
  customer_id: string;
  since: string | null;
  until: string;
  webhook_id: string | null;
  key_id: string;
};

/** A row of an export: an event for a webhook that it matched. */
export type ExportRow = ReturnType<typeof toExportRow>;

export function toExportRow({ proof, ...line }: LedgerLine) {
  return {
    event_id: line.eventId,
    event_type: line.eventType,
    webhook_id: line.webhookId,
    url: proof.url,
    accepted_at: isoTime(line.acceptedAt),
    ended_at: nullableIsoTime(line.endedAt),
    status: line.status,
    attempts: line.attempts,
    status_code: line.statusCode,
    error_code: line.errorCode,
    body_sha256: proof.bodySha256,
    signed_at: proof.signedAt,
  };
}

export type Signed = { key_id: string; sha256: string; value: string };

/** How an export is written: all of it but the signature's line, which is the last, is signed. */
export type Format = {
  contentType: string;
  extension: string;
  writer: () => {
    begin(about: About): string;
    rows(rows: ExportRow[]): string;
    end(summary: Balance): string;
    signature(signed: Signed): string;
  };
};
