import Link from "next/link";
import { Button } from "@/app/_components/ui/button";

/** Leads to the signature helper with an attempt filled in. */
export function SignatureLink({ webhookId, eventId }: { webhookId: string; eventId: string | null }) {
  const query = new URLSearchParams({ webhook: webhookId, ...(eventId !== null && { event: eventId }) });
  return (
    <Button asChild>
      <Link href={`/dashboard/signature?${query}`}>Check the signature</Link>
    </Button>
  );
}
