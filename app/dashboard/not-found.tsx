import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";

/** Unknown, deleted, or another customer's: which of them is nobody's business. */
export default function NotFound() {
  return (
    <EmptyState
      title="There is nothing here"
      action={
        <Button asChild>
          <Link href="/dashboard">To the webhooks</Link>
        </Button>
      }
    >
      <p>It may have been deleted, be older than what is kept, or never have existed.</p>
    </EmptyState>
  );
}
