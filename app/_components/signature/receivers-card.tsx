"use client";

import { useState } from "react";
import { Card } from "@/app/_components/ui/card";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Segmented } from "@/app/_components/ui/segmented";
import { receivers } from "./receivers/receivers";

/** Code that receives and verifies, in the languages that people ask for most. */
export function ReceiversCard() {
  const [language, setLanguage] = useState("node");
  const shown = receivers.find(({ value }) => value === language) ?? receivers[0];
  return (
    <Card
      title="A receiver that checks"
      end={<Segmented label="Language" value={language} onChange={setLanguage} choices={receivers} />}
    >
      <CodeBlock label={`Receiver in ${shown.label}`} text={shown.text} />
      <p className="mt-3 text-sm text-muted">
        The webhook-… headers follow Standard Webhooks: its libraries verify them too. X-Signature is the hex
        HMAC-SHA256 of the body alone, without a time. Both are made with the same secret; take either.
      </p>
    </Card>
  );
}
