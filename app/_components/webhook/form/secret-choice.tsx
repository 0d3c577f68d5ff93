"use client";

import { RadioGroup } from "radix-ui";
import { SecretField } from "./secret-field";

export type SecretWay = "generate" | "own" | "none";

const ways: { value: SecretWay; label: string; words: string }[] = [
  { value: "generate", label: "Generate one", words: "Shown once, right after this." },
  { value: "own", label: "Use my own", words: "Any text, or a whsec_ secret of Standard Webhooks." },
  { value: "none", label: "None", words: "Requests are not signed: anyone could fake them." },
];

/** How requests are signed: a new secret, an own one, or none. */
export function SecretChoice({
  way,
  onWay,
  own,
  onOwn,
}: {
  way: SecretWay;
  onWay: (way: SecretWay) => void;
  own: string;
  onOwn: (own: string) => void;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">Signing secret</legend>
      <RadioGroup.Root
        aria-label="Signing secret"
        value={way}
        onValueChange={(value) => onWay(value as SecretWay)}
        className="grid gap-2 sm:grid-cols-3"
      >
        {ways.map(({ value, label, words }) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="rounded-lg border border-line-strong px-3 py-2 text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-ground"
          >
            <span className="block font-medium">{label}</span>
            <span className="block text-sm text-muted">{words}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {way === "own" && <SecretField label="Secret" secret={own} onChange={onOwn} />}
    </fieldset>
  );
}
