"use client";

import { Dialog, DialogContent } from "@/app/_components/ui/dialog";
import { shortcutGroups } from "./shortcuts";

/** All shortcuts at a glance. */
export default function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Keyboard shortcuts"
        description="Single keys can be turned off in the settings."
        width="narrow"
      >
        <div className="grid gap-5">
          {shortcutGroups.map((group) => (
            <section key={group.title}>
              <h3 className="mb-1 text-xs font-medium text-faint">{group.title}</h3>
              <dl>
                {group.shortcuts.map(({ keys, does }) => (
                  <div key={does} className="flex justify-between border-b border-line py-1.5 last:border-0">
                    <dt>{does}</dt>
                    <dd className="flex gap-1.5">
                      {keys.map((key) => (
                        <kbd
                          translate="no"
                          key={key}
                          className="rounded border border-line-strong px-1.5 text-xs text-muted"
                        >
                          {key}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
