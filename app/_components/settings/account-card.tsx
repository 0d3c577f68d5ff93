"use client";

import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { signOut, signOutEverywhere } from "@/app/_components/session/sign-out";
import { roleWord } from "@/app/_components/team/roles";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { CopyButton } from "@/app/_components/ui/copy-button";

/** Who is signed in for whom, and the ways out. */
export function AccountCard() {
  const { user, customer, role, is_portal } = useSession();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Card title="Account">
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <dt className="flex min-h-6 items-center text-faint">Signed in as</dt>
        <dd className="flex min-h-6 flex-wrap items-center gap-x-1">
          {user ? `${user.name} · ${user.email}` : "A guest with a link from the platform"}
        </dd>
        <dt className="flex min-h-6 items-center text-faint">Customer</dt>
        <dd className="flex min-h-6 flex-wrap items-center gap-x-1.5">
          <span>{customer.name}</span>{" "}
          <span translate="no" className="mono wrap-anywhere text-muted">
            {customer.id}
          </span>
          <CopyButton text={customer.id} label="Copy the customer id" />
        </dd>
        <dt className="flex min-h-6 items-center text-faint">Role</dt>
        <dd className="flex min-h-6 items-center">
          {is_portal ? "Member, without keys and team" : roleWord(role)}
        </dd>
      </dl>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={signOut}>Sign out</Button>
        {user && <Button onClick={() => setIsAsking(true)}>Sign out everywhere…</Button>}
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title="Sign out everywhere?"
        action="Sign out everywhere"
        onConfirm={signOutEverywhere}
      >
        Every session of yours ends, on every device, this one too. API keys go on working.
      </ConfirmDialog>
    </Card>
  );
}
