"use client";

import { ClipboardCopy, Ellipsis, FileCheck2, FlaskConical, Settings2, Trash2 } from "lucide-react";
import Link from "next/link";
import { copyText } from "@/app/_components/clipboard/copy-text";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLinkItem,
  MenuSeparator,
  MenuTrigger,
} from "@/app/_components/ui/menu";
import { toast } from "@/app/_components/ui/toast";
import { PauseItems } from "./pause-items";
import type { Webhook } from "./types";

/** What else can be done with a webhook. */
export function WebhookMenu({ webhook, onDelete }: { webhook: Webhook; onDelete: () => void }) {
  const { mayChange } = useSession();
  const page = `/dashboard/webhooks/${webhook.id}`;
  const copy = async (what: string, text: string) => {
    if (await copyText(text)) toast(`${what} copied`);
  };
  return (
    <Menu>
      <MenuTrigger>
        <Button look="quiet" size="icon" aria-label={`More for ${webhook.webhook_url}`}>
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {mayChange && (
          <MenuLinkItem>
            <Link href={`${page}?tab=test`}>
              <FlaskConical aria-hidden className="size-4 text-faint" />
              <span>Test panel</span>
            </Link>
          </MenuLinkItem>
        )}
        <MenuLinkItem>
          <Link href={`${page}?tab=settings`}>
            <Settings2 aria-hidden className="size-4 text-faint" />
            <span>{mayChange ? "Edit" : "Settings"}</span>
          </Link>
        </MenuLinkItem>
        {mayChange && <PauseItems webhook={webhook} />}
        <MenuSeparator />
        <MenuLinkItem>
          <Link href={`/dashboard/signature?webhook=${webhook.id}`}>
            <FileCheck2 aria-hidden className="size-4 text-faint" />
            <span>Signature helper</span>
          </Link>
        </MenuLinkItem>
        <MenuItem icon={ClipboardCopy} onSelect={() => copy("URL", webhook.webhook_url)}>
          Copy URL
        </MenuItem>
        <MenuItem icon={ClipboardCopy} onSelect={() => copy("Id", webhook.id)}>
          Copy id
        </MenuItem>
        {mayChange && (
          <>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger onSelect={onDelete}>
              Delete…
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}
