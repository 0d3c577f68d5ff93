import type { Metadata } from "next";
import { getsMails } from "@/server/auth/notices";
import { runtime } from "@/server/process/runtime";
import { OneButtonForm } from "../../_parts/one-button-form";
import { Panel } from "../../_parts/panel";
import { TextLink } from "../../_parts/text-link";

export const metadata: Metadata = { title: "No more mails" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const isOn = await getsMails(runtime().auth, token);
  if (isOn)
    return (
      <Panel title="No more mails?" lead="Nothing about your webhooks is sent to you any more.">
        <OneButtonForm
          action={`/unsubscribe/${encodeURIComponent(token)}/end`}
          label="Send me no more mails"
        />
      </Panel>
    );
  return isOn === null ? (
    <Panel title="This link is not known" lead="What you hear of your webhooks is chosen in the settings.">
      <TextLink href="/dashboard/settings">Settings</TextLink>
    </Panel>
  ) : (
    <Panel title="You get no more mails" lead="You can choose them again in the settings.">
      <TextLink href="/dashboard/settings">Settings</TextLink>
    </Panel>
  );
}
