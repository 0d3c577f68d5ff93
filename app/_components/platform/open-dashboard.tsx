"use client";

import { ExternalLink } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";

/** Opens a customer's dashboard in a tab of its own, at `to`, by a portal link made for this press. */
export function OpenDashboard({
  customer,
  to = "/dashboard",
  children = "Open dashboard",
}: {
  customer: { id: string; name: string };
  to?: string;
  children?: string;
}) {
  const { mutateAsync, isPending } = trpc.customers.createPortalLink.useMutation();
  const open = async () => {
    const tab = window.open("about:blank", "_blank"); // now: browsers allow a tab only during a press
    try {
      const { url } = await mutateAsync({ customer_id: customer.id, expires_in: 300 });
      const target = `${url}?to=${encodeURIComponent(to)}`;
      if (tab) tab.location.replace(target);
      else window.location.assign(target);
    } catch (error) {
      tab?.close();
      toast.error(error instanceof Error ? error.message : "The dashboard could not be opened.");
    }
  };
  return (
    <Button
      size="small"
      aria-label={`${children} of ${customer.name}, in a new tab`}
      disabled={isPending}
      aria-busy={isPending}
      onClick={() => void open()}
    >
      <span>{children}</span>
      <ExternalLink aria-hidden className="size-3.5" />
    </Button>
  );
}
