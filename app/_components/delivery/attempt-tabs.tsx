"use client";

import { Tab, TabList, TabPanel, Tabs } from "@/app/_components/ui/tabs";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AttemptView } from "./attempt-view";
import type { FullDelivery } from "./types";

/** The attempts, latest first, one of them open. */
export function AttemptTabs({ delivery }: { delivery: FullDelivery }) {
  const { get, replace } = useUrlState();
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
        <AttemptView
          attempt={open}
          payload={delivery.request?.payload ?? ""}
          ids={{ webhook_id: delivery.webhook_id, event_id: delivery.id }}
        />
      </TabPanel>
    </Tabs>
  );
}
