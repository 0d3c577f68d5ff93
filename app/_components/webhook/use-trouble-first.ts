"use client";

import { type RefObject, useEffect, useState } from "react";
import { inOrder, troubleFirst } from "./trouble-first";
import type { Webhook } from "./types";

/** A new order stands for so long before it is shown, and waits further while somebody points at the list. */
const holdMs = 10_000;
const lookAgainMs = 2_000;

/** Webhooks with trouble first, in an order that moves nothing under anybody's hand. */
export function useTroubleFirst(webhooks: Webhook[], list: RefObject<HTMLElement | null>): Webhook[] {
  const wanted = troubleFirst(webhooks)
    .map(({ id }) => id)
    .join(" ");
  const [shown, setShown] = useState(wanted);
  const order = inOrder(webhooks, shown.split(" "));
  useEffect(() => {
    if (wanted === shown) return;
    let timer = setTimeout(adopt, holdMs);
    function adopt(): void {
      if (list.current?.matches(":hover, :focus-within")) timer = setTimeout(adopt, lookAgainMs);
      else setShown(wanted);
    }
    return () => clearTimeout(timer);
  }, [wanted, shown, list]);
  return order;
}
