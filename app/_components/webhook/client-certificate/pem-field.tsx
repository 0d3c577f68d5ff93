"use client";

import { useId } from "react";
import { Field } from "@/app/_components/ui/field";
import { Textarea } from "@/app/_components/ui/input";

/** PEM text, pasted or read from a file. */
export function PemField({
  label,
  hint,
  placeholder,
  error,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  placeholder: string;
  error: string | undefined;
  value: string;
  onChange: (text: string) => void;
}) {
  const fileId = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <Field label={label} hint={hint} error={error}>
        {(ids) => (
          <Textarea
            {...ids}
            mono
            rows={5}
            spellCheck={false}
            autoComplete="off"
            translate="no"
            placeholder={placeholder}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <label htmlFor={fileId} className="text-sm text-muted">
        <span>or from a file:</span>{" "}
        <input
          id={fileId}
          type="file"
          accept=".pem,.crt,.cer,.key,.txt"
          aria-label={`${label} from a file`}
          className="max-w-full text-sm file:mr-2 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:bg-panel file:px-2 file:py-0.5 file:text-ink"
          onChange={async (event) => {
            const file = event.target.files?.[0];
            if (file) onChange(await file.text());
          }}
        />
      </label>
    </div>
  );
}
