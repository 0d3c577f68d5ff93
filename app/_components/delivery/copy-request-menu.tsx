"use client";

import { Copy } from "lucide-react";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/app/_components/ui/menu";
import { sentRequest, toCurl, toFetch, toFixture } from "./request-snippets";
import type { Attempt } from "./types";

/** Copies the request of an attempt, ready to be run or tested against. */
export function CopyRequestMenu({ attempt, payload }: { attempt: Attempt; payload: string }) {
  const sent = sentRequest(attempt, payload);
  const copy = async (what: string, text: string) => {
    await navigator.clipboard.writeText(text);
    toast(`Copied as ${what}`);
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button>
          <Copy aria-hidden className="size-3.5" />
          Copy as…
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => copy("cURL", toCurl(sent))}>cURL</MenuItem>
        <MenuItem onSelect={() => copy("fetch", toFetch(sent))}>fetch</MenuItem>
        <MenuItem onSelect={() => copy("a test fixture", toFixture(sent))}>Test fixture (JSON)</MenuItem>
      </MenuContent>
    </Menu>
  );
}
