"use client";

import { useId, useState } from "react";
import { DialogContent } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Segmented } from "@/app/_components/ui/segmented";
import { Select } from "@/app/_components/ui/select";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { accessWords, isKeyAccess } from "./access-words";

const dayMs = 24 * 60 * 60 * 1000;

const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "365 days" },
  { value: "never", label: "Never" },
];

/** What a new key is for, what it may do, and how long. */
export function CreateKeyForm({ onCreated }: { onCreated: (key: string) => void }) {
  const formId = useId();
  const [name, setName] = useState("");
  const [access, setAccess] = useState<keyof typeof accessWords>("full");
  const [days, setDays] = useState("90");
  const utils = trpc.useUtils();
  const create = trpc.apiKeys.create.useMutation({
    onSuccess: async (created) => {
      onCreated(created.key);
      await utils.apiKeys.list.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <DialogContent
      title="New API key"
      width="narrow"
      footer={
        <DialogButtons type="submit" form={formId} isBusy={create.isPending}>
          Create key
        </DialogButtons>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ name: name.trim() || undefined, access, expires_at: endOf(days) });
        }}
      >
        <Field
          label="Name"
          optional
          hint="Where it will be used, so that you know what stops when you revoke it."
        >
          {(ids) => (
            <Input
              {...ids}
              value={name}
              maxLength={200}
              placeholder="Billing service, production"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium">Access</span>
          <Segmented
            label="Access"
            value={access}
            onChange={(next) => isKeyAccess(next) && setAccess(next)}
            choices={Object.entries(accessWords).map(([value, { label }]) => ({ value, label }))}
          />
          <p className="text-sm text-faint">{accessWords[access].hint}</p>
        </div>
        <Field
          label="Expires"
          hint={
            days === "never"
              ? "It works until somebody revokes it."
              : "From then on it is refused. Make another one before."
          }
        >
          {({ id }) => <Select id={id} label="Expires" value={days} onChange={setDays} choices={lifetimes} />}
        </Field>
      </form>
    </DialogContent>
  );
}

const endOf = (days: string) =>
  days === "never" ? undefined : new Date(Date.now() + Number(days) * dayMs).toISOString();
