"use client";

import { useHasAgents } from "@/app/_components/session/use-has-agents";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import { trpc } from "@/app/_trpc/client";
import type { ApiKey } from "./types";

/** Asks before a key dies. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const utils = trpc.useUtils();
  const hasAgents = useHasAgents();
  const revoke = trpc.apiKeys.revoke.useMutation({
    onSuccess: async () => {
      onClose();
      toast("Key revoked");
      await utils.apiKeys.list.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      open={apiKey !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${apiKey?.name ?? "this key"}?`}
      action="Revoke key"
      busy={revoke.isPending}
      onConfirm={() => apiKey && revoke.mutate({ key_id: apiKey.id })}
    >
      <span>Programs that use the key</span>{" "}
      <span translate="no" className="mono text-ink">
        {`${apiKey?.prefix}…`}
      </span>{" "}
      <span>are refused from the next request on.</span>{" "}
      {hasAgents && <span>Agents that subscribed with it are disconnected.</span>}{" "}
      <span>This cannot be undone.</span>
    </ConfirmDialog>
  );
}
