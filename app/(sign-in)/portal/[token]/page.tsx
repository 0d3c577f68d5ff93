import type { Metadata } from "next";
import type { PageProps } from "@/app/dashboard/_session/require-session";
import { isPortalLinkOpen } from "@/server/auth/portal-link";
import { returnPath } from "@/server/auth/return-path";
import { currentMember } from "@/server/auth/session";
import { runtime } from "@/server/process/runtime";
import { OpenPortalForm } from "../../_parts/open-portal-form";
import { PortalPanel } from "../../_parts/portal-panel";
import { TextLink } from "../../_parts/text-link";

export const metadata: Metadata = { title: "Open the dashboard" };

export default async function Page({ params, searchParams }: PageProps<"token">) {
  const { token } = await params;
  if (await isPortalLinkOpen(runtime().auth, token)) {
    return (
      <PortalPanel title="Your webhooks" lead="This link opens your dashboard once, for 8 hours.">
        <OpenPortalForm token={token} to={returnPath((await searchParams).to)} />
      </PortalPanel>
    );
  }
  const isSignedIn = (await currentMember()) !== null;
  return (
    <PortalPanel
      title="This link is over"
      lead="It was used already, or its time is over. Go back to where you found it and open a new one."
    >
      {isSignedIn && <TextLink href="/dashboard">Go to the dashboard</TextLink>}
    </PortalPanel>
  );
}
