import { Command as Cmdk } from "cmdk";
import type { Command } from "./command";

/** One command in the palette. */
export function CommandItem({ command, onRun }: { command: Command; onRun: () => void }) {
  const { id, icon: Icon, title, code, note } = command;
  return (
    <Cmdk.Item
      value={id}
      onSelect={onRun}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-faint" />
      {title && <span className="shrink-0">{title}</span>}{" "}
      {code && (
        <span translate="no" className="mono min-w-0 truncate">
          {code}
        </span>
      )}{" "}
      {note && <span className="min-w-0 shrink-[999] truncate text-faint">{note}</span>}
    </Cmdk.Item>
  );
}
