import type { Metadata } from "next";
import { isResetLinkOpen } from "@/server/auth/reset-link";
import { runtime } from "@/server/process/runtime";
import { Panel } from "../../_parts/panel";
import { ResetPanel } from "../../_parts/reset-panel";
import { TextLink } from "../../_parts/text-link";

export const metadata: Metadata = { title: "New password" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (await isResetLinkOpen(runtime().auth, token)) return <ResetPanel token={token} />;
  return (
    <Panel title="This link is over" lead="It was used, replaced by a newer one, or older than an hour.">
      <TextLink href="/sign-in">Sign in</TextLink>
    </Panel>
  );
}
