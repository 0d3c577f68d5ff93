"use client";

import { StatusCode } from "@/app/_components/status/status-code";
import { CopyRequestMenu } from "./copy-request-menu";
import { HeaderLines } from "./header-lines";
import { Payload } from "./payload";
import { PeerFacts } from "./peer-facts";
import type { Attempt } from "./types";
import { Waterfall } from "./waterfall";

/** One attempt: what came back and how long it took, the response as received, the request as sent. */
export function AttemptView({
  attempt,
  payload,
  ids,
}: {
  attempt: Attempt;
  payload: string;
  /** Of the delivery, to sign its request anew; null where nobody can. */
  ids: { webhook_id: string; event_id: string } | null;
}) {
  const { response, request, details } = attempt;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div>
        <div className="mb-2 flex items-center gap-x-2.5">
          <div className="flex min-w-0 grow flex-wrap items-center gap-x-2.5 gap-y-1">
            <h3 className="text-[0.9375rem]">
              <StatusCode status={attempt.status_code} />
            </h3>
            <PeerFacts attempt={attempt} />
          </div>
          <CopyRequestMenu attempt={attempt} payload={payload} ids={ids} />
        </div>
        {attempt.error && <p className="mb-2 wrap-anywhere text-muted">{attempt.error.message}</p>}
        <Waterfall attempt={attempt} />
      </div>
      <section>
        <h3 className="mb-1.5">Response</h3>
        {response ? (
          <Payload
            label="Response"
            text={response.body}
            truncated={response.truncated}
            head={<HeaderLines headers={response.headers} />}
          />
        ) : (
          <p className="text-muted">No HTTP answer came.</p>
        )}
      </section>
      <section>
        <h3 className="mb-1.5">Request</h3>
        <Payload
          label="Request"
          text={payload}
          head={<HeaderLines method="POST" url={details?.url ?? null} headers={request.headers} />}
        />
        <p className="mt-1 text-xs text-faint">Signatures are made anew for each attempt and are not kept.</p>
      </section>
    </div>
  );
}
