"use client";

import { useSyncExternalStore } from "react";
import { dataAgeHeader } from "@/domain/data-age";

/** How old the latest answer was at most, and as of when: by this machine's clock, in epoch milliseconds. */
export type DataAge = { ageMs: number; asOf: number };

/** Younger data is as good as what the server has now: looking at a replica each second accounts for so much. */
const noticedMs = 2_000;

let latest: DataAge | null = null;
const listeners = new Set<() => void>();

/** Takes how old an answer is; one that says nothing is as of now. */
export function noteAnswer({ headers }: Response, askedAt: number): void {
  const told = headers.get(dataAgeHeader);
  latest = told === null ? null : { ageMs: Number(told), asOf: askedAt - Number(told) };
  for (const listener of listeners) listener();
}

/** Null while answers are as of now. */
export const useDataAge = (): DataAge | null => useSyncExternalStore(subscribe, read, none);

/** Whether a person should know of it. */
export const isNoticed = ({ ageMs }: DataAge) => ageMs >= noticedMs;

export const agoWords = ({ ageMs }: DataAge) => `As of ${Math.round(ageMs / 1_000)} s ago`;

const read = () => latest;
const none = () => null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
