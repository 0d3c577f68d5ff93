"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { sitePath } from "@/app/_components/url/site-path";

/** A plain form, which works before the page is awake; it leads to `to`. A second click would find the link used up. */
export function OpenPortalForm({ token, to }: { token: string; to: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  // In a frame the site around it has opened the link on purpose: nothing is left to press.
  useEffect(() => {
    if (window.self !== window.top) ref.current?.requestSubmit();
  }, []);
  return (
    <form
      ref={ref}
      method="post"
      action={sitePath(`/portal/${encodeURIComponent(token)}/redeem?to=${encodeURIComponent(to)}`)}
      onSubmit={() => setIsBusy(true)}
    >
      <Button
        type="submit"
        look="primary"
        className="h-9 w-full justify-center"
        aria-busy={isBusy}
        disabled={isBusy}
      >
        Open the dashboard
      </Button>
    </form>
  );
}
