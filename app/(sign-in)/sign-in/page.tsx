import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { invitePath, returnPath } from "@/server/auth/return-path";
import { currentMember, currentPerson } from "@/server/auth/session";
import { runtime } from "@/server/process/runtime";
import { Panel } from "../_parts/panel";
import { SignInForm } from "../_parts/sign-in-form";
import { SignOutForm } from "../_parts/sign-out-form";
import { SignUpHint } from "../_parts/sign-up-hint";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  const to = returnPath((await searchParams).to);
  if (await currentMember()) redirect(to);
  const person = await currentPerson();
  if (person && to.startsWith(invitePath)) redirect(to);
  if (person) {
    return (
      <Panel
        title="You are on no team"
        lead={`You are signed in as ${person.email}. Ask an owner of your team for an invitation, then open its link here.`}
      >
        <SignOutForm />
      </Panel>
    );
  }
  return (
    <Panel title="Sign in" footer={<SignUpHint isOpen={runtime().env.signUp === "open"} to={to} />}>
      <SignInForm to={to} />
    </Panel>
  );
}
