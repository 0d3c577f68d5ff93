"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { formatAge } from "@/app/_components/time/format";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { HeaderRows } from "./header-rows";
import type { Sending, SendingProblems } from "./sending";

/** How requests are sent: with which headers, how many in a second, and for how long an answer is waited for. */
export function SendingFields({
  sending,
  problems,
  isListener = false,
  onChange,
}: {
  sending: Sending;
  problems: SendingProblems;
  /** Nobody sends to one: neither the rate nor the timeout would do anything. */
  isListener?: boolean;
  onChange: (sending: Sending) => void;
}) {
  const { deliveryTimeoutMs } = useServerFacts();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <HeaderRows
        headers={sending.headers}
        problems={problems}
        onChange={(headers) => onChange({ ...sending, headers })}
      />
      {!isListener && (
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <Field
            label="Deliveries per second"
            optional
            hint="As many as go, when empty. What is beyond it waits and is not lost; tests do not wait."
            error={problems.rate_limit}
          >
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                autoComplete="off"
                placeholder="No limit"
                value={sending.rate}
                onChange={(event) => onChange({ ...sending, rate: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="Timeout in seconds"
            optional
            hint={`${formatAge(deliveryTimeoutMs)} when empty, which is the longest. It runs from DNS to the end of the headers.`}
            error={problems.timeout_seconds}
          >
            {(ids) => (
              <Input
                {...ids}
                inputMode="numeric"
                autoComplete="off"
                placeholder={String(deliveryTimeoutMs / 1000)}
                value={sending.timeout}
                onChange={(event) => onChange({ ...sending, timeout: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
