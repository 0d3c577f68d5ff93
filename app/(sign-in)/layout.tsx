import type { ReactNode } from "react";
import { Brand } from "@/app/_components/shell/brand";

/** The quiet room before the dashboard: the name, and one panel in the middle. */
export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center gap-6 px-4 py-10 sm:content-center">
      <Brand />
      {children}
    </main>
  );
}
