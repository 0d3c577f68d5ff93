"use client";

import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { toast } from "@/app/_components/ui/toast";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { agentName, askedWords } from "./agent-words";
import type { Agent } from "./types";

/** Asks before a subscription ends, naming what is lost, and what would keep the agent away for good. */
export function DisconnectDialog({ agent, onClose }: { agent: Agent | null; onClose: () => void }) {
  const utils = trpc.useUtils();
  const { get, replace } = useUrlState();
  const end = trpc.agents.end.useMutation({
    onSuccess: async (_, { agent_id }) => {
      await utils.agents.list.cancel();
      utils.agents.list.setData(undefined, (list) => list?.filter(({ id }) => id !== agent_id));
      if (get("agent") === agent_id) replace({ agent: null, delivery: null, attempt: null });
      onClose();
      toast("Agent disconnected");
      await utils.agents.list.invalidate();
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <ConfirmDialog
      open={agent !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Disconnect ${agent ? agentName(agent) : "this agent"}?`}
      action="Disconnect"
      busy={end.isPending}
      onConfirm={() => agent && end.mutate({ agent_id: agent.id })}
    >
      {agent && (
        <>
          <p className="text-ink">
            <span translate="no" className="mono wrap-anywhere">
              {agent.event_type}
            </span>{" "}
            <span>{askedWords(agent)}</span>
          </p>
          <ul className="mt-2 list-disc pl-5">
            <li>Nothing more of it is sent.</li>
            <li>{cancelledWords(agent.pending_count)}</li>
            <li>What it was sent is shown no more. The audit log keeps when it began and ended.</li>
            <li>The agent may subscribe again while its key counts: revoke the key to keep it away.</li>
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}

function cancelledWords(count: number): string {
  if (count === 0) return "Nothing is waiting to be delivered.";
  return `${count.toLocaleString("en")} waiting ${count === 1 ? "delivery is" : "deliveries are"} cancelled.`;
}
