import type { ComponentProps } from "react";
import { PortalTheme } from "@/app/dashboard/_session/portal-theme";
import { runtime } from "@/server/process/runtime";
import { Panel } from "./panel";

/** A panel before the dashboard of the platform's customers, in the platform's colour and under its logo. */
export function PortalPanel(props: Omit<ComponentProps<typeof Panel>, "logo">) {
  return (
    <>
      <PortalTheme />
      <Panel {...props} logo={runtime().env.portalLogo} />
    </>
  );
}
