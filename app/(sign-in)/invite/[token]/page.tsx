import type { Metadata } from "next";
import { describeInvitation } from "@/server/auth/invitation";
import { invitePath } from "@/server/auth/return-path";
import { currentMember, currentPerson } from "@/server/auth/session";
import { runtime } from "@/server/process/runtime";
import { JoinForm } from "../../_parts/join-form";
import { Panel } from "../../_parts/panel";
import { SignInHint } from "../../_parts/sign-in-hint";
import { SignOutForm } from "../../_parts/sign-out-form";
import { SignUpForm } from "../../_parts/sign-up-form";
import { TextLink } from "../../_parts/text-link";

export const metadata: Metadata = { title: "Invitation" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = await describeInvitation(runtime().auth, token);
  if (!invitation) {
    const lead = "This invitation was used, withdrawn, or is over. Ask an owner of the team for a new one.";
    return (
      <Panel title="This invitation is over" lead={lead}>
        <TextLink href="/sign-in">Sign in</TextLink>
      </Panel>
    );
  }
  const { customerName, role } = invitation;
  const title = `Join ${customerName}`;
  if (await currentMember()) {
    const lead =
      "You are signed in to a team already, and an account belongs to one. Sign out to join this one.";
    return (
      <Panel title={title} lead={lead}>
        <SignOutForm />
      </Panel>
    );
  }
  const person = await currentPerson();
  if (person) {
    return (
      <Panel title={title} lead={`As ${role}, with the account ${person.email}.`}>
        <JoinForm invitation={token} />
      </Panel>
    );
  }
  return (
    <Panel
      title={title}
      lead={`You are invited as ${role}.`}
      footer={<SignInHint to={`${invitePath}${token}`} />}
    >
      <SignUpForm to="/dashboard" invitation={token} />
    </Panel>
  );
}
