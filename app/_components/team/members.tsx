"use client";

import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { BreakableName } from "@/app/_components/ui/breakable-name";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Problem } from "@/app/_components/ui/problem";
import { Select } from "@/app/_components/ui/select";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Cell, HeadCell, Row, Table } from "@/app/_components/ui/table";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { ResetPasswordButton } from "./reset-password-button";
import { isRole, roleWords } from "./roles";
import type { Member } from "./types";

/** The people of the team. The last owner can be neither removed nor made less. */
export function Members() {
  const { data: members, error: failure, refetch } = trpc.team.list.useQuery();
  const [removing, setRemoving] = useState<Member | null>(null);
  const utils = trpc.useUtils();
  const remove = trpc.team.remove.useMutation({
    onSuccess: async () => {
      setRemoving(null);
      toast("Removed from the team");
      await utils.team.list.invalidate();
    },
    onError: (refusal) => toast.error(refusal.message),
  });
  const error = shownError(failure, members);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  if (!members) return <Skeleton className="h-28 w-full rounded-[10px]" />;
  return (
    <>
      <Table label="Members">
        <thead>
          <tr>
            <HeadCell>Person</HeadCell>
            <HeadCell>Role</HeadCell>
            <HeadCell className="hidden sm:table-cell">Since</HeadCell>
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.user_id} member={member} onRemove={() => setRemoving(member)} />
          ))}
        </tbody>
      </Table>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={`Remove ${removing?.name ?? removing?.email ?? "this person"}?`}
        action="Remove from the team"
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ user_id: removing.user_id })}
      >
        They see nothing of this customer from now on. API keys that they made go on working.
      </ConfirmDialog>
    </>
  );
}

function MemberRow({ member, onRemove }: { member: Member; onRemove: () => void }) {
  const { user } = useSession();
  const utils = trpc.useUtils();
  const setRole = trpc.team.setRole.useMutation({
    onError: (refusal) => toast.error(refusal.message),
    onSettled: () => utils.team.list.invalidate(),
  });
  const isSelf = member.user_id === user?.id;
  return (
    <Row>
      <Cell>
        <span className="font-medium">{member.name ?? "Without an account"}</span>
        {isSelf && <span className="text-faint"> (you)</span>}
        <span className="block text-sm text-muted">
          <BreakableName name={member.email} />
        </span>
      </Cell>
      <Cell>
        <Select
          label={`Role of ${member.name ?? member.user_id}`}
          value={setRole.isPending ? (setRole.variables.role ?? member.role) : member.role}
          onChange={(role) => isRole(role) && setRole.mutate({ user_id: member.user_id, role })}
          choices={roleWords}
        />
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime at={member.created_at} />
      </Cell>
      <Cell>
        <div className="flex flex-wrap justify-end gap-2">
          <ResetPasswordButton member={member} />
          {!isSelf && (
            <Button size="small" aria-label={`Remove ${member.name ?? member.user_id}`} onClick={onRemove}>
              Remove…
            </Button>
          )}
        </div>
      </Cell>
    </Row>
  );
}
