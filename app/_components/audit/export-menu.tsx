"use client";

import { Download } from "lucide-react";
import { Button } from "@/app/_components/ui/button";
import { Menu, MenuContent, MenuLinkItem, MenuTrigger } from "@/app/_components/ui/menu";
import { sitePath } from "@/app/_components/url/site-path";
import type { AuditInput } from "./audit-query";

/** Saves all that fits the filters as a file, not only what is listed. */
export function ExportMenu({ input }: { input: AuditInput }) {
  return (
    <Menu>
      <MenuTrigger>
        <Button>
          <Download aria-hidden className="size-3.5" />
          <span>Export</span>
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuLinkItem>
          <a href={pathOf(input, "csv")} download>
            As CSV
          </a>
        </MenuLinkItem>
        <MenuLinkItem>
          <a href={pathOf(input, "json")} download>
            As JSON, a line an entry
          </a>
        </MenuLinkItem>
      </MenuContent>
    </Menu>
  );
}

function pathOf({ page_size: _, ...filters }: AuditInput, format: string): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, value);
  return sitePath(`/export/audit?${query}`);
}
