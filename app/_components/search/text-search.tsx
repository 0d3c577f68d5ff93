"use client";

import { useEffect, useRef, useState } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { SearchInput } from "@/app/_components/ui/search-input";
import { useUrlState } from "@/app/_components/url/use-url-state";

const typingPauseMs = 300;

/** What to look for in the events of a list, in the URL as `q`. Asks once the typing pauses. */
export function TextSearch({ text }: { text: string }) {
  const { replace } = useUrlState();
  const [typed, setTyped] = useState(text);
  const inputRef = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useShortcut({ key: "/", run: () => inputRef.current?.focus() });
  useEffect(() => setTyped(text), [text]);
  const onChange = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    // Each text is looked for by the index first.
    timer.current = setTimeout(() => replace({ q: value.trim(), look: null }), typingPauseMs);
  };
  return (
    <SearchInput
      ref={inputRef}
      label="Search by event id or payload"
      placeholder="Event id or payload"
      value={typed}
      onChange={onChange}
    />
  );
}
