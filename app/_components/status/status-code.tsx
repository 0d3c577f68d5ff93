import { isSuccess } from "@/domain/delivery/outcome";

/** An HTTP status in its colour; "no answer" in words when none came. */
export function StatusCode({ status }: { status: number | null }) {
  if (status === null) return <span className="whitespace-nowrap text-bad">no answer</span>;
  return <span className={isSuccess(status) ? "text-ok" : "text-bad"}>{status}</span>;
}
