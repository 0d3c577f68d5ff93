"use client";

import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/input";

/** The event's data as editable JSON; what the schema refuses is listed with its path. ⌘↵ sends. */
export function SampleEditor({
  text,
  onChange,
  onSend,
  jsonProblem,
  fieldErrors,
}: {
  text: string;
  onChange: (text: string) => void;
  onSend: () => void;
  jsonProblem: string | null;
  fieldErrors: { path: (string | number)[]; message: string }[];
}) {
  const refused = fieldErrors.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
  return (
    <Field label="Data" error={jsonProblem ?? (refused || null)}>
      {(ids) => (
        <Textarea
          {...ids}
          mono
          rows={Math.min(24, Math.max(10, text.split("\n").length))}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            onSend();
          }}
        />
      )}
    </Field>
  );
}
