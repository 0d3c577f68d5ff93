"use client";

import { useState } from "react";
import { useServerFacts } from "@/app/_components/facts/server-facts";
import { RangePicker } from "@/app/_components/time/range-picker";
import type { TimeRange } from "@/app/_components/time/time-range";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { DialogClose, DialogContent } from "@/app/_components/ui/dialog";
import { Field } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { sitePath } from "@/app/_components/url/site-path";
import { trpc } from "@/app/_trpc/client";
import { type Asked, sizeWords, toRange } from "./export-range";

const formats = [
  { value: "json", label: "JSON" },
  { value: "csv", label: "CSV" },
];

/** Chooses what is saved, and tells how much that is. */
export function ExportForm({
  webhookId = "",
  range: shown,
  onDone,
}: {
  webhookId: string | undefined;
  /** The time that the list shows, which is where the choice begins. */
  range: TimeRange | null;
  onDone: () => void;
}) {
  const [openedAt] = useState(Date.now);
  const [asked, setAsked] = useState<Asked>({
    range: shown ?? { preset: "7d" },
    webhookId,
    format: "json",
  });
  const change = (part: Partial<Asked>) => setAsked((before) => ({ ...before, ...part }));
  const zone = useTimeZone();
  const range = toRange(asked, openedAt, zone);
  const counted = trpc.stats.balance.useQuery(range, {
    // Counting may read a month of events: it is not done again whenever all that is shown is refreshed.
    staleTime: "static",
  });
  return (
    <DialogContent
      title="Export deliveries"
      description="A signed file with a row for each event and webhook that it matched, delivered or not."
      width="narrow"
      footer={<ExportButtons href={hrefOf(range, asked.format)} counted={counted.data} onDone={onDone} />}
    >
      <div className="grid gap-4 pt-1">
        <div className="grid justify-items-start gap-1.5">
          <span className="font-medium">Accepted</span>
          <RangePicker label="Accepted" value={asked.range} anyTime onChange={(range) => change({ range })} />
          <p className="text-sm text-faint">{`Days are those of ${zone.replaceAll("_", " ")}.`}</p>
        </div>
        <WebhookChoice value={asked.webhookId} onChange={(id) => change({ webhookId: id })} />
        <Segmented
          label="Format"
          value={asked.format}
          onChange={(format) => change({ format: format === "csv" ? "csv" : "json" })}
          choices={formats}
        />
        <p aria-live="polite" className="text-muted">
          {counted.error?.message ?? sizeOf(counted.data, asked.format)}
        </p>
        <HowToVerify format={asked.format} />
      </div>
    </DialogContent>
  );
}

type Counted = { matched: number; is_complete: boolean };

function sizeOf(counted: Counted | undefined, format: Asked["format"]): string {
  if (!counted) return "Counting…";
  const rows = `${counted.matched.toLocaleString("en")} ${counted.matched === 1 ? "row" : "rows"}`;
  return counted.is_complete
    ? `${rows}, ${sizeWords(counted.matched, format)}.`
    : `At least ${rows}, ${sizeWords(counted.matched, format)} or more.`;
}

const hrefOf = (range: ReturnType<typeof toRange>, format: string) =>
  sitePath(`/export?${new URLSearchParams({ ...range, format })}`);

function ExportButtons({
  href,
  counted,
  onDone,
}: {
  href: string;
  counted: Counted | undefined;
  onDone: () => void;
}) {
  return (
    <>
      <DialogClose>
        <Button>Cancel</Button>
      </DialogClose>
      {counted ? (
        <Button asChild look="primary">
          <a href={href} download onClick={onDone}>
            Export
          </a>
        </Button>
      ) : (
        <Button look="primary" disabled>
          Export
        </Button>
      )}
    </>
  );
}

function WebhookChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const choices = webhooks.map(({ id, webhook_url }) => ({
    value: id,
    label: <Untranslated>{webhook_url.replace("https://", "")}</Untranslated>,
  }));
  return (
    <Field label="Webhook">
      {({ id }) => (
        <Select
          id={id}
          label="Webhook"
          value={value}
          onChange={onChange}
          choices={[{ value: "", label: "All, deleted ones too" }, ...choices]}
        />
      )}
    </Field>
  );
}

/** The last line signs all before it: whoever gets the file can show that it was not changed. */
function HowToVerify({ format }: { format: Asked["format"] }) {
  const { publicUrl } = useServerFacts();
  return (
    <details className="text-sm">
      <summary className="text-muted">How anybody verifies it, with OpenSSL 3</summary>
      <div className="pt-2">
        <CodeBlock label="Commands that verify an export" text={commandsFor(`export.${format}`, publicUrl)} />
      </div>
    </details>
  );
}

/** As docs/export.md has them. */
const commandsFor = (file: string, publicUrl: string) =>
  `curl -o key.pem ${publicUrl}/export-key
printf 'fanfare-export-v1 %s' "$(sed '$d' ${file} | openssl dgst -sha256 -r | cut -d' ' -f1)" > signed.txt
sed -n '$s/.*ed25519:\\([A-Za-z0-9+/=]*\\).*/\\1/p' ${file} | openssl base64 -d -A > signature.bin
openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed.txt -sigfile signature.bin`;
