import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { returnPath } from "@/server/auth/return-path";
import { currentMember } from "@/server/auth/session";
import { runtime } from "@/server/process/runtime";
import { Panel } from "../_parts/panel";
import { SignInHint } from "../_parts/sign-in-hint";
import { SignUpForm } from "../_parts/sign-up-form";

export const metadata: Metadata = { title: "Sign up" };

export default async function Page({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  const to = returnPath((await searchParams).to);
  if (await currentMember()) redirect(to);
  const signIn = <SignInHint to={to} />;
  if (runtime().env.signUp === "closed") {
    const lead = "New accounts need an invitation: ask an owner of your team for one.";
    return <Panel title="Sign-up is closed" lead={lead} footer={signIn} />;
  }
  return (
    <Panel title="Create your account" lead="Webhooks that you can trust, and see through." footer={signIn}>
      <SignUpForm to={to} />
    </Panel>
  );
}
