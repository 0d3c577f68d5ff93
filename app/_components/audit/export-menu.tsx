"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/app/_components/ui/menu";
import { toast } from "@/app/_components/ui/toast";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { trpc } from "@/app/_trpc/client";
import type { AuditInput } from "./audit-query";

/** Saves all that fits the filters as a file, not only what is listed. */
export function ExportMenu({ input }: { input: AuditInput }) {
  const utils = trpc.useUtils();
  const [isBusy, setIsBusy] = useState(false);
  const save = async (format: "csv" | "json") => {
    setIsBusy(true);
    try {
      const { exportAuditLog } = await orReload(import("./export-audit-log"));
      const count = await exportAuditLog(format, (cursor) =>
        utils.client.audit.list.query({ ...input, page_size: 200, cursor }),
      );
      toast.success(count === 1 ? "Saved 1 entry" : `Saved ${count.toLocaleString("en")} entries`);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    }
    setIsBusy(false);
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button aria-busy={isBusy} disabled={isBusy}>
          <Download aria-hidden className="size-3.5" />
          <span>Export</span>
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => void save("csv")}>As CSV</MenuItem>
        <MenuItem onSelect={() => void save("json")}>As JSON</MenuItem>
      </MenuContent>
    </Menu>
  );
}
