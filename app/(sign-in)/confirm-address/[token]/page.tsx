import type { Metadata } from "next";
import { findAddressProof } from "@/server/auth/notices";
import { runtime } from "@/server/process/runtime";
import { OneButtonForm } from "../../_parts/one-button-form";
import { Panel } from "../../_parts/panel";
import { TextLink } from "../../_parts/text-link";

export const metadata: Metadata = { title: "Confirm your address" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const person = await findAddressProof(runtime().auth, token);
  if (person)
    return (
      <Panel
        title="Confirm your address"
        lead={`What you chose to hear of your webhooks is sent to ${person.email}.`}
      >
        <OneButtonForm
          action={`/confirm-address/${encodeURIComponent(token)}/confirm`}
          label="This address is mine"
        />
      </Panel>
    );
  return (
    <Panel title="This link is over" lead="It is older than a day. Ask for a new one in the settings.">
      <TextLink href="/dashboard/settings">Settings</TextLink>
    </Panel>
  );
}
