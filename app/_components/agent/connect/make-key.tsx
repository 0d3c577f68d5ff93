"use client";

import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { isKeyAccess } from "@/app/_components/api-key/access-words";
import { Button } from "@/app/_components/ui/button";
import { Segmented } from "@/app/_components/ui/segmented";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";

/** As keys are offered elsewhere: long enough for work, and not for ever. */
const keyDays = 90;
const dayMs = 24 * 60 * 60 * 1_000;

const rights = {
  read: {
    label: "Read only",
    hint: "It may look, and subscribe to events. It is refused what changes or sends anything.",
  },
  full: {
    label: "Full access",
    hint: "It may also send again, recover, test and pause, as a member may. Keys and team stay closed to it.",
  },
};

/** Makes a key for an agent, with the rights that are chosen: only to read, unless somebody wants more. */
export function MakeKey({
  name,
  isMade,
  onKey,
}: {
  /** Of the program that it is for. */
  name: string;
  isMade: boolean;
  onKey: (key: string) => void;
}) {
  const [access, setAccess] = useState<keyof typeof rights>("read");
  const utils = trpc.useUtils();
  const create = trpc.apiKeys.create.useMutation({
    onSuccess: async ({ key }) => {
      onKey(key);
      await utils.apiKeys.list.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  if (isMade)
    return (
      <p role="status" className="flex items-start gap-2">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
        <span>{`The key is made: ${rights[access].label.toLowerCase()}, for ${keyDays} days. It is in the settings below.`}</span>
      </p>
    );
  const make = () =>
    create.mutate({
      name: `Agent in ${name}`,
      access,
      expires_at: new Date(Date.now() + keyDays * dayMs).toISOString(),
    });
  return (
    <div className="grid justify-items-start gap-1.5">
      <span className="font-medium">What it may do</span>
      <div className="flex flex-wrap gap-2">
        <Segmented
          label="What it may do"
          value={access}
          onChange={(next) => isKeyAccess(next) && setAccess(next)}
          choices={Object.entries(rights).map(([value, { label }]) => ({ value, label }))}
        />
        <Button look="accent" aria-busy={create.isPending} disabled={create.isPending} onClick={make}>
          {`Make a key for ${keyDays} days`}
        </Button>
      </div>
      <p className="text-sm text-faint">{rights[access].hint}</p>
    </div>
  );
}
