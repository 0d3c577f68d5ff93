import { PageHeader } from "@/app/_components/ui/page-header";
import { CheckForm } from "./check-form";
import { ReceiversCard } from "./receivers-card";

/** Says which secret and scheme a received request fits, or exactly what is wrong with it. */
export function SignatureHelper() {
  return (
    <>
      <PageHeader title="Signature helper" />
      <p className="-mt-2 mb-4 max-w-3xl text-muted">
        Your endpoint refuses a signature, and you don't see why? Paste what it received, as your log prints
        it. It is compared with what was sent, with the webhook's secrets and with the mistakes that people
        make, on the server: secrets are never shown.
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[repeat(2,minmax(0,1fr))]">
        <CheckForm />
        <ReceiversCard />
      </div>
    </>
  );
}
