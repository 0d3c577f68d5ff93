"use client";

import { useState } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import { type Outputs, trpc } from "@/app/_trpc/client";
import type { Selection } from "./use-selection";

/** As many as one call takes. */
const most = 200;

/** What can be done with the deliveries that are chosen. It lies over the page, so that nothing moves for it. */
export function SelectionBar({ selection: { chosen, clear } }: { selection: Selection }) {
  const [isAsking, setIsAsking] = useState(false);
  const utils = trpc.useUtils();
  const redeliver = trpc.deliveries.redeliverMany.useMutation({
    onSuccess: async ({ answers }) => {
      const { words, description } = answerWords(answers);
      toast(words, { description });
      clear();
      await utils.recoveries.list.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  const send = () => {
    setIsAsking(false);
    redeliver.mutate({
      deliveries: chosen.map(({ webhook_id, id }) => ({ webhook_id, event_id: id })),
    });
  };
  const delivered = chosen.filter(({ status }) => status === "delivered").length;
  const press = () => (delivered > 0 ? setIsAsking(true) : send());
  const isTooMany = chosen.length > most;
  const isOn = !isTooMany && !redeliver.isPending;
  useShortcut({ key: "Escape", run: clear });
  useShortcut({ key: "r", run: press, isOn });
  return (
    <section
      aria-label="Selection"
      className="fixed inset-x-3 bottom-4 z-30 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-xl border border-line-strong bg-panel px-4 py-2.5 shadow-lg"
    >
      <p aria-live="polite">
        <b>{`${chosen.length.toLocaleString("en")} selected`}</b>
        {isTooMany && (
          <span className="text-muted">{` · at most ${most} together; filter and recover sends more`}</span>
        )}
      </p>
      <Button look="primary" disabled={!isOn} aria-busy={redeliver.isPending} onClick={press}>
        Redeliver
      </Button>
      <Button look="quiet" onClick={clear}>
        Clear
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`Send ${delivered === 1 ? "one" : delivered} a second time?`}
        action={`Redeliver ${chosen.length}`}
        look="primary"
        cancel="Cancel"
        onConfirm={send}
      >
        <span>{`${delivered} of ${chosen.length} ${delivered === 1 ? "was" : "were"} delivered. Your endpoint gets ${delivered === 1 ? "it" : "them"} again, with the same X-Event-Id and the same payload.`}</span>
      </ConfirmDialog>
    </section>
  );
}

type Answers = Outputs["deliveries"]["redeliverMany"]["answers"];

const leftWords = {
  inactive: (count: number) => `${count} of an inactive webhook: activate it first`,
  is_test: (count: number) => `${count} ${count === 1 ? "is a test" : "are tests"}`,
  not_found: (count: number) => `${count} no longer kept`,
};

/** How many are on their way, and why the others are not. */
function answerWords(answers: Answers) {
  const countOf = (answer: Answers[number]) => answers.filter((each) => each === answer).length;
  const due = countOf("due");
  const left = (["inactive", "is_test", "not_found"] as const).filter((answer) => countOf(answer) > 0);
  return {
    words: due === 0 ? "None was sent again" : `${due} on ${due === 1 ? "its" : "their"} way again`,
    description:
      left.length > 0
        ? `Left: ${left.map((answer) => leftWords[answer](countOf(answer))).join("; ")}`
        : undefined,
  };
}
