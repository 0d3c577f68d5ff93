"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { useCatchUp } from "./use-catch-up";
import { type LiveDelivery, useLiveStream } from "./use-live-stream";
import { useOfflineSince } from "./use-offline-since";
import { usePageVisible } from "./use-page-visible";
import { useRefresh } from "./use-refresh";

/** `live` = pushed as it happens, `polling` = asked for now and then, `paused` = the tab is hidden. */
export type LiveState = "connecting" | "live" | "polling" | "paused";

type Listener = {
  onDelivery: (delivery: LiveDelivery) => void;
  /** Deliveries may have changed that nobody told of. */
  onMissed: () => void;
};
type Live = {
  state: LiveState;
  /** Since when the server cannot be reached; null while it can. */
  offlineSince: number | null;
  listen: (listener: Listener) => () => void;
};

const Context = createContext<Live>({ state: "paused", offlineSince: null, listen: () => () => {} });

const pollMs = 5_000;
/** A stream that is not there by then may be kept away by a proxy, or by too many tabs: the page polls meanwhile. */
const patienceMs = 3_000;

/**
 * The live stream of the page: tells who listens of each delivery that changed, and keeps the summaries fresh. A
 * hidden tab takes no part in it. While it cannot be had, everything is asked for again every few seconds.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const isVisible = usePageVisible();
  const listeners = useRef(new Set<Listener>());
  const { refreshAll, refreshSummaries } = useRefresh();
  const { isLive, retry } = useLiveStream(isVisible, (delivery) => {
    noteTold();
    for (const { onDelivery } of listeners.current) onDelivery(delivery);
    refreshSummaries();
  });
  const fellBack = useIsLate(isVisible && !isLive);
  const state = liveState({ isVisible, isLive, fellBack });
  const lookAgain = () => {
    refreshAll();
    for (const { onMissed } of listeners.current) onMissed();
  };
  const poll = useEffectEvent(() => {
    lookAgain();
    // A stream that was refused is not tried again by itself, and one that a proxy swallows never begins.
    retry();
  });
  const offlineSince = useOfflineSince({ isWanted: isVisible, isLive }, () => {
    lookAgain();
    retry();
  });
  const refresh = useEffectEvent(refreshAll);
  const noteTold = useCatchUp(state === "live", { lookAgain, refreshSummaries });
  useEffect(() => {
    if (state === "live") refresh();
    if (state !== "polling") return;
    const timer = setInterval(poll, pollMs);
    return () => clearInterval(timer);
  }, [state]);
  // Anew in every state, so that all listen anew: nobody has heard what happened before the stream, or before they came.
  const live = useMemo<Live>(
    () => ({
      state,
      offlineSince,
      listen: (listener) => {
        listeners.current.add(listener);
        if (state === "live") listener.onMissed();
        return () => listeners.current.delete(listener);
      },
    }),
    [state, offlineSince],
  );
  return <Context value={live}>{children}</Context>;
}

/** Whether a wait has taken longer than anybody wants to look at old figures. */
function useIsLate(isWaiting: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setIsLate(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isWaiting]);
  return isLate;
}

function liveState(stream: { isVisible: boolean; isLive: boolean; fellBack: boolean }): LiveState {
  if (!stream.isVisible) return "paused";
  if (stream.isLive) return "live";
  return stream.fellBack ? "polling" : "connecting";
}

/** Since when the server cannot be reached, as epoch milliseconds; null while it can. */
export const useOffline = () => useContext(Context).offlineSince;

export const useLiveState = () => useContext(Context).state;

/**
 * Calls back with the latest state of every delivery that changes while the page is looked at, and tells
 * `onMissed` where changes may not have been told: as soon as there is a stream to listen to, and again and again
 * while there is none.
 */
export function useLiveDeliveries(
  onDelivery: Listener["onDelivery"],
  onMissed: Listener["onMissed"] = () => {},
): void {
  const { listen } = useContext(Context);
  const hear = useEffectEvent(onDelivery);
  const miss = useEffectEvent(onMissed);
  useEffect(() => listen({ onDelivery: (delivery) => hear(delivery), onMissed: () => miss() }), [listen]);
}
