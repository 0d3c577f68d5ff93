import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { returnPath, signInPath } from "@/server/auth/return-path";
import { currentMember } from "@/server/auth/session";
import { runtime } from "@/server/runtime";
import { Panel } from "../_parts/panel";
import { SignUpForm } from "../_parts/sign-up-form";
import { TextLink } from "../_parts/text-link";

export const metadata: Metadata = { title: "Sign up" };

export default async function Page({ searchParams }: { searchParams: Promise<{ to?: string | string[] }> }) {
  const to = returnPath((await searchParams).to);
  if (await currentMember()) redirect(to);
  const signIn = <TextLink href={signInPath(to)}>Sign in</TextLink>;
  if (runtime().env.signUp === "closed") {
    const lead = "New accounts need an invitation: ask an owner of your team for one.";
    return <Panel title="Sign-up is closed" lead={lead} footer={<>Have an account? {signIn}</>} />;
  }
  return (
    <Panel
      title="Create your account"
      lead="Webhooks that you can trust, and see through."
      footer={<>Have an account? {signIn}</>}
    >
      <SignUpForm to={to} />
    </Panel>
  );
}
