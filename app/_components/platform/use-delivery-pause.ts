"use client";

import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";

const askEveryMs = 5_000;

/** Whether all delivery is held, kept true, and the switch. */
export function useDeliveryPause() {
  const utils = trpc.useUtils();
  const { data } = trpc.platform.session.useQuery(undefined, { refetchInterval: askEveryMs });
  const shared = {
    onError: (error: { message: string }) => toast.error(error.message),
    onSettled: () => Promise.all([utils.platform.session.invalidate(), utils.platform.overview.invalidate()]),
  };
  const pausing = trpc.platform.pauseDelivery.useMutation({
    ...shared,
    onSuccess: () => void toast("All delivery is paused. Workers stop within seconds."),
  });
  const resuming = trpc.platform.resumeDelivery.useMutation({
    ...shared,
    onSuccess: () => void toast("Delivery is resumed. What was held is on its way."),
  });
  return { pause: data?.pause ?? null, pausing, resuming };
}
