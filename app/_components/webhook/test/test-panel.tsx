"use client";

import { useEffect, useRef, useState } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { firstType } from "@/app/_components/test-event/first-type";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Kbd } from "@/app/_components/ui/kbd";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useTyped } from "@/app/_components/upgrade/typed";
import type { EventType, Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { listsType } from "@/domain/event/lists-type";
import { SampleEditor } from "./sample-editor";
import { TestResult } from "./test-result";

/** Sends one event of a chosen type with data of one's own, and shows at once what came of it. */
export function TestPanel({ webhook }: { webhook: Webhook }) {
  const { data: types = [] } = trpc.eventTypes.list.useQuery({ include: "notices" });
  const [chosen, setChosen] = useState<string>();
  useTyped(`test-type/${webhook.id}`, chosen, setChosen);
  const type = types.find((each) => each.type === chosen) ?? firstType(webhook.events, types);
  if (!type) return null;
  const choices = types.map((each) => ({
    value: each.type,
    label: <Untranslated>{each.type}</Untranslated>,
    hint: listsType(webhook.events, each.type) ? undefined : "not in this webhook's events",
  }));
  return (
    <TestOfType
      key={type.type}
      webhook={webhook}
      type={type}
      picker={<Select label="Event type" mono value={type.type} onChange={setChosen} choices={choices} />}
    />
  );
}

function TestOfType({
  webhook,
  type,
  picker,
}: {
  webhook: Webhook;
  type: EventType;
  picker: React.ReactNode;
}) {
  const sample = JSON.stringify(type.sample, null, 2);
  const [text, setText] = useState(sample);
  const [jsonProblem, setJsonProblem] = useState<string | null>(null);
  useTyped(`test/${webhook.id}/${type.type}`, text === sample ? undefined : text, setText);
  const sendRef = useRef<HTMLButtonElement>(null);
  useEffect(() => sendRef.current?.focus({ preventScroll: true }), []);
  const utils = trpc.useUtils();
  const test = trpc.webhooks.test.useMutation({
    onSettled: () => Promise.all([utils.webhooks.invalidate(), utils.stats.invalidate()]),
  });
  const send = () => {
    const parsed = parseJson(text);
    setJsonProblem(parsed.problem);
    if (!parsed.problem) test.mutate({ webhook_id: webhook.id, event_type: type.type, data: parsed.data });
  };
  useShortcut({ key: "t", run: () => sendRef.current?.focus() });
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Card
        title="Send a test"
        end={
          <>
            {text !== sample && (
              <Button look="quiet" size="small" onClick={() => setText(sample)}>
                Back to the sample
              </Button>
            )}
            <Button
              ref={sendRef}
              look="primary"
              disabled={test.isPending}
              aria-busy={test.isPending}
              onClick={send}
            >
              <span>{test.isPending ? "Sending…" : "Send"}</span> <Kbd>↵</Kbd>
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <div className="flex flex-wrap items-center gap-2">
            {picker}
            <span className="text-muted">{type.description}</span>
          </div>
          <SampleEditor
            text={text}
            onChange={(changed) => {
              setText(changed);
              setJsonProblem(parseJson(changed).problem);
            }}
            onSend={send}
            jsonProblem={jsonProblem}
            fieldErrors={test.error?.data?.errors ?? []}
          />
          <p className="text-sm text-faint">
            A test is sent once, also to a webhook that is switched off, and is never retried. Its event id is
            new.
          </p>
        </div>
      </Card>
      <TestResult
        webhook={webhook}
        delivery={test.data}
        isSending={test.isPending}
        problem={test.error && !test.error.data?.errors ? test.error.message : null}
        onSendAgain={send}
      />
    </div>
  );
}

function parseJson(text: string): { data: unknown; problem: string | null } {
  try {
    return { data: JSON.parse(text), problem: null };
  } catch (error) {
    return {
      data: undefined,
      problem: `This is not JSON yet: ${error instanceof Error ? error.message : error}`,
    };
  }
}
