import type { ReactNode } from "react";

/** The quiet room before the dashboard, with one panel in the middle. */
export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-start justify-items-center gap-6 px-4 py-10 sm:content-center">
      {children}
    </main>
  );
}
