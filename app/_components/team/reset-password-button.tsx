"use client";

import { Button } from "@/app/_components/ui/button";
import { CopyBox } from "@/app/_components/ui/copy-box";
import { Dialog, DialogClose, DialogContent } from "@/app/_components/ui/dialog";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { Member } from "./types";

/** Makes a link with which a member who forgot the password sets a new one, which also goes by mail where any is sent. */
export function ResetPasswordButton({ member }: { member: Member }) {
  const reset = trpc.team.createResetLink.useMutation({ onError: (error) => toast.error(error.message) });
  const link = reset.data?.url;
  const name = member.name ?? member.email ?? "this person";
  return (
    <>
      <Button
        size="small"
        aria-label={`Reset the password of ${name}`}
        disabled={reset.isPending}
        onClick={() => reset.mutate({ user_id: member.user_id })}
      >
        <span className="max-sm:hidden">Reset password…</span>
        <span className="sm:hidden">Reset…</span>
      </Button>
      <Dialog open={link !== undefined} onOpenChange={(isOpen) => !isOpen && reset.reset()}>
        <DialogContent
          title={reset.data?.sent_to ? "A mail is on its way" : `Pass this link on to ${name}`}
          description={
            reset.data?.sent_to
              ? `It was mailed to ${reset.data.sent_to}. Whoever opens it sets a new password, once.`
              : "Whoever opens it sets a new password, once. It is shown only now."
          }
          width="narrow"
          footer={
            <DialogClose>
              <Button look="primary">Done</Button>
            </DialogClose>
          }
        >
          <CopyBox text={link ?? ""} />
        </DialogContent>
      </Dialog>
    </>
  );
}
