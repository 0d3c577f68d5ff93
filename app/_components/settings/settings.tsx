"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { PageHeader } from "@/app/_components/ui/page-header";
import { AccountCard } from "./account-card";
import { AppearanceCard } from "./appearance-card";
import { InstallationCard } from "./installation-card";
import { MailCard } from "./mail-card";
import { PasswordCard } from "./password-card";

/** What concerns the person at this screen, and facts about the installation. */
export function Settings() {
  const { user } = useSession();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid max-w-3xl gap-4">
        <AppearanceCard />
        <AccountCard />
        {user && <MailCard />}
        {user && <PasswordCard />}
        <InstallationCard />
      </div>
    </>
  );
}
