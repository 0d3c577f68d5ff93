import type { ReactNode } from "react";
import { PlatformShell } from "@/app/_components/platform/platform-shell";
import { TrpcProvider } from "@/app/_trpc/provider";
import { HydratePlatform, platformApi } from "@/app/_trpc/server";
import { asOperator } from "@/domain/as-operator";
import { findOperatorSession } from "./_session/require-operator";

/** Who runs Fanfare, around their pages. Pages guard themselves, so whoever is not signed in sees none of this. */
export default async function PlatformLayout({ children }: { children: ReactNode }) {
  if (!(await findOperatorSession())) return children;
  await platformApi.platform.session.prefetch();
  return (
    <TrpcProvider headers={asOperator} signInPage="/platform/sign-in">
      <HydratePlatform>
        <PlatformShell>{children}</PlatformShell>
      </HydratePlatform>
    </TrpcProvider>
  );
}
