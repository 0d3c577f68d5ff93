"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { joinSharedStream, type OpenStream, type Shared } from "./shared-stream";

export type LiveDelivery = Outputs["deliveries"]["list"]["items"][number];

/**
 * The live stream that the windows of this browser share while they are looked at. Each session has one of its
 * own, and a window that still shows another customer than the browser is signed in to gets none.
 */
export function useLiveStream(
  isWanted: boolean,
  onDelivery: (delivery: LiveDelivery) => void,
): { isLive: boolean; retry: () => void } {
  const { customer, user } = useSession();
  const { client } = trpc.useUtils();
  const name = `fanfare.live ${customer.id} ${user?.email ?? "portal"}`;
  const [isLive, setLive] = useState(false);
  const shared = useRef<Shared>(null);
  const hear = useEffectEvent(onDelivery);
  const open = useEffectEvent<OpenStream<LiveDelivery>>((lastEventId, { onLive, onLost, onItem }) => {
    const input = { details: true, customer_id: customer.id, lastEventId };
    const stream = client.live.deliveries.subscribe(input, {
      onConnectionStateChange: ({ state }) => (state === "pending" ? onLive() : onLost()),
      onData: ({ id, data }) => onItem(data, id),
      onError: onLost,
    });
    return () => stream.unsubscribe();
  });
  useEffect(() => {
    if (!isWanted) return;
    const joined = joinSharedStream<LiveDelivery>({
      name,
      open: (...asked) => open(...asked),
      onLive: setLive,
      onItem: (delivery) => hear(delivery),
    });
    shared.current = joined;
    return () => {
      joined.leave();
      shared.current = null;
      setLive(false);
    };
  }, [isWanted, name]);
  return { isLive: isWanted && isLive, retry: () => shared.current?.retry() };
}
