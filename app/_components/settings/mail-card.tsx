"use client";

import { useId } from "react";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Switch } from "@/app/_components/ui/switch";
import { toast } from "@/app/_components/ui/toast";
import { type Outputs, trpc } from "@/app/_trpc/client";

type Choice = Outputs["notices"]["get"];
type Kind = Choice["kinds"][number];

const words: Record<Kind, string> = {
  failing: "It begins to fail",
  recovered: "It works again",
  disabling_soon: "It is about to be switched off",
  disabled: "It was switched off",
  certificate_expiring: "Its certificate ends soon",
  client_certificate_expiring: "Its client certificate ends soon",
  slow: "It takes nearly as long as it may",
};
const kinds = Object.keys(words) as Kind[];

/** What the person hears of webhooks by mail. */
export function MailCard() {
  const { data: choice } = trpc.notices.get.useQuery();
  const utils = trpc.useUtils();
  const choose = trpc.notices.choose.useMutation({
    onMutate: async (chosen) => {
      await utils.notices.get.cancel();
      utils.notices.get.setData(undefined, (before) => before && { ...before, ...chosen });
    },
    onError: (error) => toast.error(error.message),
    onSettled: () => utils.notices.get.invalidate(),
  });
  const set = (chosen: Kind[]) => choose.mutate({ kinds: chosen });
  if (!choice) return null;
  const isOn = choice.kinds.length > 0;
  return (
    <Card
      title="Mail about webhooks"
      end={
        choice.is_mailed && (
          <Switch
            aria-label="Mail about webhooks"
            checked={isOn}
            onCheckedChange={(checked) => set(checked ? kinds : [])}
          />
        )
      }
    >
      {choice.is_mailed ? (
        <div className="grid gap-3">
          <p className="text-muted">
            {`To ${choice.address}, at most one mail in ten minutes with all that happened since the last one.`}
          </p>
          {isOn && !choice.is_confirmed && <Unconfirmed address={choice.address} />}
          <ul className="grid gap-2 sm:grid-cols-2">
            {kinds.map((kind) => (
              <KindBox
                key={kind}
                label={words[kind]}
                checked={choice.kinds.includes(kind)}
                onToggle={(checked) =>
                  set(checked ? [...choice.kinds, kind] : choice.kinds.filter((each) => each !== kind))
                }
              />
            ))}
          </ul>
        </div>
      ) : (
        <p className="text-muted">
          This installation sends no mails. A webhook of yours can be told of the others: it asks for “About
          your webhooks” among its events.
        </p>
      )}
    </Card>
  );
}

function KindBox({
  label,
  checked,
  onToggle,
}: {
  label: string;
  checked: boolean;
  onToggle: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <li className="flex items-center gap-2.5">
      <Checkbox id={id} checked={checked} onCheckedChange={(isOn) => onToggle(isOn === true)} />
      <label htmlFor={id}>{label}</label>
    </li>
  );
}

function Unconfirmed({ address }: { address: string }) {
  const send = trpc.notices.sendConfirmation.useMutation({ onError: (error) => toast.error(error.message) });
  return (
    <div
      role="status"
      className="grid justify-items-start gap-2 rounded-lg border border-warn/40 px-3 py-2.5"
    >
      <p>
        {send.isSuccess
          ? `A mail is on its way to ${address}. Open the link in it within a day.`
          : "Nothing is sent yet: confirm that this address is yours."}
      </p>
      <Button disabled={send.isPending} aria-busy={send.isPending} onClick={() => send.mutate()}>
        {send.isSuccess ? "Send it again" : "Send me the link"}
      </Button>
    </div>
  );
}
