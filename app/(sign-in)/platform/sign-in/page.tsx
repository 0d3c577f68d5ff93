import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { PageProps } from "@/app/dashboard/_session/require-session";
import { findOperatorSession } from "@/app/platform/_session/require-operator";
import { platformPath } from "@/server/auth/return-path";
import { Panel } from "../../_parts/panel";
import { PlatformSignInForm } from "../../_parts/platform-sign-in-form";

export const metadata: Metadata = { title: "Sign in as an operator" };

export default async function Page({ searchParams }: PageProps) {
  const to = platformPath((await searchParams).to);
  if (await findOperatorSession()) redirect(to);
  return (
    <Panel
      title="Platform"
      lead="For who runs Fanfare. The name is kept with what you change; the session lasts 8 hours."
    >
      <PlatformSignInForm to={to} />
    </Panel>
  );
}
