"use client";

import { Copy } from "lucide-react";
import { copyText } from "@/app/_components/clipboard/copy-text";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/app/_components/ui/menu";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import { sentRequest, toCurl, toFetch, toFixture, withHeaders } from "./request-snippets";
import type { Attempt } from "./types";

type Ids = { webhook_id: string; event_id: string };

/** Copies the request of an attempt, ready to be run or tested against; on request signed anew, as of now. */
export function CopyRequestMenu({
  attempt,
  payload,
  ids,
}: {
  attempt: Attempt;
  payload: string;
  ids: Ids | null;
}) {
  const { mayChange } = useSession();
  const sign = trpc.deliveries.sign.useMutation({ onError: (error) => toast.error(error.message) });
  const sent = sentRequest(attempt, payload);
  const copy = async (what: string, text: string) => {
    if (await copyText(text)) toast(`Copied as ${what}`);
  };
  const copySigned = async (ids: Ids) => {
    const { headers } = await sign.mutateAsync(ids);
    await copy("cURL, signed now", toCurl(withHeaders(sent, headers)));
  };
  return (
    <Menu>
      <MenuTrigger>
        <Button aria-busy={sign.isPending}>
          <Copy aria-hidden className="size-3.5" />
          <span>Copy as…</span>
        </Button>
      </MenuTrigger>
      <MenuContent>
        {mayChange && ids && <MenuItem onSelect={() => void copySigned(ids)}>cURL, signed now</MenuItem>}
        {mayChange && ids && <MenuSeparator />}
        <MenuItem onSelect={() => copy("cURL", toCurl(sent))}>cURL</MenuItem>
        <MenuItem onSelect={() => copy("fetch", toFetch(sent))}>fetch</MenuItem>
        <MenuItem onSelect={() => copy("a test fixture", toFixture(sent))}>Test fixture (JSON)</MenuItem>
      </MenuContent>
    </Menu>
  );
}
