"use client";

import { useState } from "react";
import { Segmented } from "@/app/_components/ui/segmented";
import { Tab, TabList, TabPanel, Tabs } from "@/app/_components/ui/tabs";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AttemptView } from "./attempt-view";
import { ResponseDifference } from "./response-difference";
import { SuccessDifference } from "./success-difference";
import type { FullDelivery } from "./types";

const looks = [
  { value: "attempt", label: "As it was" },
  { value: "success", label: "Diff: last success" },
];

const lookAtPrevious = { value: "previous", label: "Diff: previous" };

/** The attempts, latest first, one of them open: as it was, or as it differs from another answer. */
export function AttemptTabs({ delivery }: { delivery: FullDelivery }) {
  const { get, replace } = useUrlState();
  const [look, setLook] = useState("attempt");
  const { attempts } = delivery;
  const latest = attempts[0];
  if (!latest) return null;
  const open = attempts.find(({ number }) => String(number) === get("attempt")) ?? latest;
  const previous = attempts.find(({ number }) => number === open.number - 1);
  const shownLook = !open.error || (look === "previous" && !previous) ? "attempt" : look;
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
              value={shownLook}
              onChange={setLook}
              choices={previous ? [...looks, lookAtPrevious] : looks}
            />
          </div>
        )}
        {shownLook === "success" ? (
          <SuccessDifference delivery={delivery} attempt={open} />
        ) : shownLook === "previous" && previous ? (
          <ResponseDifference before={previous} after={open} />
        ) : (
          <AttemptView
            attempt={open}
            payload={delivery.request?.payload ?? ""}
            ids={{ webhook_id: delivery.webhook_id, event_id: delivery.id }}
          />
        )}
      </TabPanel>
    </Tabs>
  );
}
