import type { ReactNode } from "react";
import { Brand } from "@/app/_components/shell/brand";
import { PlatformLogo } from "@/app/_components/shell/platform-logo";

/** Whose page it is, and one task: what it is, the way to do it, and the way elsewhere below. */
export function Panel({
  logo = null,
  title,
  lead,
  footer,
  children,
}: {
  /** In place of ours, a `data:` URL. */
  logo?: string | null;
  title: string;
  lead?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <>
      {logo ? <PlatformLogo src={logo} /> : <Brand />}
      <section className="w-full max-w-[22.5rem] rounded-[10px] border border-line bg-panel p-6">
        <h1 className="text-xl tracking-tight">{title}</h1>
        {lead && <p className="mt-1 text-muted">{lead}</p>}
        {children && <div className="mt-5">{children}</div>}
      </section>
      {footer && <p className="max-w-[22.5rem] text-center text-sm text-muted">{footer}</p>}
    </>
  );
}
