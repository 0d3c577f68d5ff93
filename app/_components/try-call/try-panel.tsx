"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/input";
import { AnswerView } from "./answer-view";
import { CallerFields } from "./caller-fields";
import { memory } from "./memory";
import { ParameterFields } from "./parameter-fields";
import {
  type ApiCall,
  type Caller,
  missingIn,
  requestOf,
  type TriedRequest,
  type Values,
} from "./request-of";
import { sendCall, type TriedAnswer } from "./send-call";
import { useApiCall } from "./use-api-call";

/** What `TryCall` opens: who makes the call, what it takes, and what came back. */
export function TryPanel({ operationId, person }: { operationId: string; person: string | null }) {
  const call = useApiCall(operationId);
  return (
    <div className="min-h-[30rem] rounded-[10px] border border-line-strong p-4">
      {call && <TryForm call={call} person={person} />}
    </div>
  );
}

type Tried = { request: TriedRequest; answer: TriedAnswer | Error };

function TryForm({ call, person }: { call: ApiCall; person: string | null }) {
  const { method, operation } = call;
  const [caller, setCaller] = useState<Caller>(() => firstCaller(call, person));
  const [values, setValues] = useState(() => idsFrom(call, memory.values));
  const [body, setBody] = useState(() => exampleOf(call));
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const isWrite = method !== "GET";
  const isDestructive = operation["x-destructive"] === true;
  const missing = missingIn(call, values);
  const needsKey = caller.by === "key" && operation["x-access"] !== undefined && caller.key === "";

  const send = async () => {
    setAsking(false);
    setSending(true);
    remember(caller, values);
    const request = requestOf(call, values, body, caller);
    const answer = await sendCall(request).catch((error: Error) => error);
    setTried({ request, answer });
    setSending(false);
  };

  return (
    <form
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWrite) setAsking(true);
        else void send();
      }}
    >
      {operation["x-access"] && (
        <CallerFields call={call} person={person} caller={caller} onChange={setCaller} />
      )}
      <ParameterFields
        call={call}
        values={values}
        onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
      />
      {operation.requestBody && (
        <Field label="Body">
          {(ids) => (
            <Textarea
              {...ids}
              mono
              rows={Math.min(12, body.split("\n").length + 1)}
              spellCheck={false}
              value={body}
              onChange={(event) => setBody(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          look={isDestructive ? "danger" : "primary"}
          disabled={isSending || missing.length > 0 || needsKey}
          aria-busy={isSending}
        >
          {isWrite ? `Send ${method}…` : `Send ${method}`}
        </Button>
        <span className="text-sm text-muted">{hintOf({ missing, needsKey, isWrite, isDestructive })}</span>
      </div>
      <AnswerView tried={tried} />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`${operation.summary}?`}
        action={`Send ${method}`}
        look={isDestructive ? "danger" : "primary"}
        cancel="Don’t send"
        onConfirm={() => void send()}
      >
        <p>{isDestructive ? "It really happens, and cannot be undone." : "It really happens."}</p>
        <p className="mono mt-2 wrap-anywhere text-ink" translate="no">
          {`${method} ${requestOf(call, values, body, caller).target}`}
        </p>
        <p className="mt-2">{caller.by === "session" ? `As ${person}.` : "With the key that you gave."}</p>
      </ConfirmDialog>
    </form>
  );
}

function hintOf(about: {
  missing: string[];
  needsKey: boolean;
  isWrite: boolean;
  isDestructive: boolean;
}): string {
  if (about.missing.length > 0) return `Needs ${about.missing.join(" and ")}.`;
  if (about.needsKey) return "Needs a key.";
  if (about.isDestructive) return "Ends or removes something. It asks before it is sent.";
  return about.isWrite ? "Asks before it is sent." : "Only looks.";
}

/** What the last call was made with; the platform's calls are nobody's who signs in as a customer. */
function firstCaller({ operation }: ApiCall, person: string | null): Caller {
  const isPlatforms = operation["x-access"] === "platform";
  const isByKey = person === null || isPlatforms || memory.by === "key";
  return isByKey ? { by: "key", key: memory.key, customerId: memory.customerId } : { by: "session" };
}

function remember(caller: Caller, values: Values): void {
  memory.values = { ...memory.values, ...values };
  memory.by = caller.by;
  if (caller.by === "key") Object.assign(memory, { key: caller.key, customerId: caller.customerId });
}

/** Ids that a path needs; what narrowed another call's list is no matter of this one. */
function idsFrom({ operation }: ApiCall, known: Values): Values {
  const names = operation.parameters.filter(({ in: place }) => place === "path").map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, known[name] ?? ""]));
}

function exampleOf({ operation }: ApiCall): string {
  const example = operation.requestBody?.content["application/json"].example;
  return example === undefined ? "" : JSON.stringify(example, null, 2);
}
