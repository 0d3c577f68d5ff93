"use client";

import { RelativeTime } from "@/app/_components/time/relative-time";
import { Button } from "@/app/_components/ui/button";
import { Cell, HeadCell, Row, Table } from "@/app/_components/ui/table";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { roleWord } from "./roles";

/** Links that were given out and not used yet. */
export function Invitations() {
  const { data: invitations = [] } = trpc.team.invitations.useQuery();
  const utils = trpc.useUtils();
  const revoke = trpc.team.revokeInvitation.useMutation({
    onSuccess: () => toast("Invitation withdrawn"),
    onError: (error) => toast.error(error.message),
    onSettled: () => utils.team.invitations.invalidate(),
  });
  if (invitations.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="mb-2 text-muted">Open invitations</h2>
      <Table label="Open invitations">
        <thead>
          <tr>
            <HeadCell>Role</HeadCell>
            <HeadCell>Made</HeadCell>
            <HeadCell>Ends</HeadCell>
            <HeadCell>
              <span className="sr-only">Actions</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {invitations.map(({ id, role, created_at, expires_at }) => (
            <Row key={id}>
              <Cell>{roleWord(role)}</Cell>
              <Cell className="text-muted">
                <RelativeTime at={created_at} />
              </Cell>
              <Cell className="text-muted">
                <RelativeTime at={expires_at} />
              </Cell>
              <Cell className="text-right">
                <Button
                  size="small"
                  disabled={revoke.isPending}
                  onClick={() => revoke.mutate({ invitation_id: id })}
                >
                  Withdraw
                </Button>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
