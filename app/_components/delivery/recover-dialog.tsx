"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Dialog, DialogTrigger } from "@/app/_components/ui/dialog";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { type DeliveryFilters, isFiltered } from "./delivery-query";

const RecoverForm = dynamic(() => orReload(import("./recover-form").then((m) => m.RecoverForm)), {
  ssr: false,
});

/** Sends again what fits the filters that are on, or what failed where none is; it says how many before it does. */
export function RecoverDialog({
  filters,
  label = isFiltered(filters) ? "Recover these…" : "Recover…",
}: {
  filters: DeliveryFilters;
  label?: string;
}) {
  const { mayChange } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  if (!mayChange) return null;
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger>
        <Button>{label}</Button>
      </DialogTrigger>
      {isOpen && <RecoverForm filters={filters} onDone={() => setIsOpen(false)} />}
    </Dialog>
  );
}
