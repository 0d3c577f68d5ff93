"use client";

import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Segmented } from "@/app/_components/ui/segmented";
import { sitePath } from "@/app/_components/url/site-path";
import { memory } from "./memory";
import type { ApiCall, Caller } from "./request-of";

/** As whom a call is made: as who is signed in, or with a key, which stays in this page's memory. */
export function CallerFields({
  call,
  person,
  caller,
  onChange,
}: {
  call: ApiCall;
  person: string | null;
  caller: Caller;
  onChange: (caller: Caller) => void;
}) {
  const mayBePerson = person !== null && call.operation["x-access"] !== "platform";
  const byKey: Caller = { by: "key", key: memory.key, customerId: memory.customerId };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {mayBePerson ? (
        <Segmented
          label="Who makes the call"
          value={caller.by}
          onChange={(by) => onChange(by === "session" ? { by: "session" } : byKey)}
          choices={[
            { value: "session", label: `As ${person}` },
            { value: "key", label: "With a key" },
          ]}
        />
      ) : (
        <p className="text-muted">
          {person !== null && <span>Only the platform’s key may make this call.</span>}
          {person === null && (
            <span>
              <span>With a key, or after you </span>
              <a href={sitePath(signInPath(call))} className="text-accent underline">
                sign in
              </a>
              <span>, as yourself.</span>
            </span>
          )}
        </p>
      )}
      {caller.by === "key" && <KeyFields call={call} caller={caller} onChange={onChange} />}
    </div>
  );
}

const signInPath = ({ operation: { operationId } }: ApiCall) =>
  `/sign-in?to=${encodeURIComponent(`/docs?try=${operationId}#${operationId.toLowerCase().replaceAll(".", "-")}`)}`;

function KeyFields({
  call,
  caller,
  onChange,
}: {
  call: ApiCall;
  caller: Extract<Caller, { by: "key" }>;
  onChange: (caller: Caller) => void;
}) {
  const isForCustomer = call.operation.parameters.some(({ name }) => name === "X-Customer-Id");
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="X-API-KEY" hint="Kept until you leave this page, and nowhere else.">
        {(ids) => (
          <Input
            {...ids}
            type="password"
            mono
            autoComplete="off"
            spellCheck={false}
            value={caller.key}
            onChange={(event) => onChange({ ...caller, key: event.target.value.trim() })}
          />
        )}
      </Field>
      {isForCustomer && (
        <Field label="X-Customer-Id" optional hint="With the platform’s key: whose call it is.">
          {(ids) => (
            <Input
              {...ids}
              mono
              autoComplete="off"
              spellCheck={false}
              value={caller.customerId}
              onChange={(event) => onChange({ ...caller, customerId: event.target.value.trim() })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
