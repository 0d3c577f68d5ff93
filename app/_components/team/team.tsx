"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { Members } from "./members";

/** Who belongs to the customer, with which role, and who is invited. */
export function Team() {
  const { isOwner } = useSession();
  if (!isOwner) {
    return (
      <>
        <PageHeader title="Team" />
        <EmptyState title="Only owners manage the team">
          <p>Ask an owner to invite somebody or to change a role.</p>
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Team">
        <InviteDialog />
      </PageHeader>
      <Members />
      <Invitations />
    </>
  );
}
