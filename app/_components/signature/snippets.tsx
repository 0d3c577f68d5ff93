"use client";

import { useState } from "react";
import { Card } from "@/app/_components/ui/card";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Segmented } from "@/app/_components/ui/segmented";
import { snippets } from "./snippet-texts";

/** Code that verifies X-Signature, in the languages that people ask for most. */
export function Snippets() {
  const [language, setLanguage] = useState("node");
  const shown = snippets.find(({ value }) => value === language) ?? snippets[0];
  return (
    <Card
      title="Verify X-Signature"
      end={<Segmented label="Language" value={language} onChange={setLanguage} choices={snippets} />}
    >
      <CodeBlock label={`Snippet for ${shown.label}`} text={shown.text} />
      <p className="mt-3 text-sm text-muted">
        While a secret is rotated, one of the three headers is made with the one you have. The webhook-…
        headers follow Standard Webhooks: its libraries verify them, and refuse replays. Both signatures are
        made with the same secret; take either.
      </p>
    </Card>
  );
}
