"use client";

import { useState } from "react";
import { Segmented } from "@/app/_components/ui/segmented";
import { Tab, TabList, TabPanel, Tabs } from "@/app/_components/ui/tabs";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AttemptView } from "./attempt-view";
import { type Compared, ResponseDifference } from "./response-difference";
import type { FullDelivery } from "./types";

const looks = [
  { value: "attempt", label: "As it was" },
  { value: "success", label: "Diff: last success" },
];

const lookAtPrevious = { value: "previous", label: "Diff: previous" };

/** The attempts, latest first, one of them open: as it was, or as it differs from another answer. */
export function AttemptTabs({ delivery }: { delivery: FullDelivery }) {
  const { get, replace } = useUrlState();
  const [look, setLook] = useState<"attempt" | Compared>("attempt");
  const { attempts } = delivery;
  const latest = attempts[0];
  if (!latest) return null;
  const open = attempts.find(({ number }) => String(number) === get("attempt")) ?? latest;
  const show = (number: string) => replace({ attempt: number === String(latest.number) ? null : number });
  return (
    <Tabs value={String(open.number)} onValueChange={show}>
      <TabList label="Attempts">
        {attempts.map(({ number }, index) => (
          <Tab key={number} value={String(number)}>
            {index === 0 ? `Attempt ${number}` : number}
          </Tab>
        ))}
      </TabList>
      <TabPanel value={String(open.number)}>
        {open.error && (
          <div className="mb-4">
            <Segmented
              label="Look"
              value={look}
              onChange={(value) => setLook(value === "success" || value === "previous" ? value : "attempt")}
              choices={attempts.length > 1 ? [...looks, lookAtPrevious] : looks}
            />
          </div>
        )}
        {look === "attempt" || !open.error ? (
          <AttemptView
            attempt={open}
            payload={delivery.request?.payload ?? ""}
            ids={{ webhook_id: delivery.webhook_id, event_id: delivery.id }}
          />
        ) : (
          <ResponseDifference delivery={delivery} attempt={open} compared={look} />
        )}
      </TabPanel>
    </Tabs>
  );
}
