"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { CopyBox } from "@/app/_components/ui/copy-box";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/app/_components/ui/dialog";
import { DialogButtons } from "@/app/_components/ui/dialog-buttons";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Select } from "@/app/_components/ui/select";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { isRole, type Role, roleWords } from "./roles";

/** Makes a link that invites one person: it goes by mail where any is sent, or whoever made it passes it on. */
export function InviteDialog() {
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState<Role>("member");
  const utils = trpc.useUtils();
  const invite = trpc.team.invite.useMutation({
    onSuccess: () => utils.team.invitations.invalidate(),
    onError: (error) => toast.error(error.message),
  });
  const [email, setEmail] = useState("");
  const { data: choice } = trpc.notices.get.useQuery();
  const link = invite.data?.url;
  const sentTo = invite.data?.sent_to;
  const onOpenChange = (open: boolean) => {
    setIsOpen(open);
    if (!open) invite.reset();
  };
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogTrigger>
        <Button look="primary">Invite…</Button>
      </DialogTrigger>
      <DialogContent
        title={sentTo ? "A mail is on its way" : link ? "Pass this link on" : "Invite somebody"}
        description={
          sentTo
            ? `The link was mailed to ${sentTo}. It works once, within 7 days.`
            : link
              ? "It works once, within 7 days, and is shown only now."
              : "You get a link to pass on."
        }
        width="narrow"
        footer={
          link ? (
            <DialogClose>
              <Button look="primary">Done</Button>
            </DialogClose>
          ) : (
            <DialogButtons
              isBusy={invite.isPending}
              onClick={() => invite.mutate({ role, email: email.trim() || undefined })}
            >
              Make a link
            </DialogButtons>
          )
        }
      >
        {link ? (
          <CopyBox text={link} />
        ) : (
          <div className="grid gap-4">
            {choice?.is_mailed && (
              <Field label="Email" hint="Empty: nothing is mailed, and you pass the link on.">
                {(ids) => (
                  <Input
                    {...ids}
                    type="email"
                    value={email}
                    onChange={(event) => setEmail(event.target.value)}
                  />
                )}
              </Field>
            )}
            <Field label="Role">
              {({ id }) => (
                <Select
                  id={id}
                  label="Role"
                  value={role}
                  onChange={(value) => isRole(value) && setRole(value)}
                  choices={roleWords}
                />
              )}
            </Field>
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
