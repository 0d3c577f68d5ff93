"use client";

import type { ConfirmProps } from "./confirm-box";
import { OnceOpen, part } from "./part";

const ConfirmBox = part(() => import("./confirm-box").then((m) => m.ConfirmBox));

/** Asks before something is lost or done twice. `children` name what, and how much of it. */
export function ConfirmDialog(props: ConfirmProps) {
  return (
    <OnceOpen open={props.open}>
      <ConfirmBox {...props} />
    </OnceOpen>
  );
}
