import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";

/** What did not work, in words, with the way out. */
export function Problem({
  message,
  onRetry,
  children,
}: {
  message: string;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-[10px] border border-bad/40 px-4 py-3.5"
    >
      <div className="flex min-w-0 grow basis-48 items-start gap-3">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        <p className="min-w-0 wrap-anywhere">{message}</p>
      </div>
      {children}
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
