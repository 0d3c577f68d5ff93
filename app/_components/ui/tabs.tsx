import { Tabs as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

export const Tabs = Radix.Root;

/** The row of tabs; `end` is shown at its far side. */
export function TabList({ label, end, children }: { label: string; end?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-end border-b border-line">
      <Radix.List
        aria-label={label}
        className="-mb-px flex min-w-0 gap-2 overflow-x-auto [scrollbar-width:none]"
      >
        {children}
      </Radix.List>
      <div className="grow" />
      {end}
    </div>
  );
}

export function Tab(props: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className="border-b-2 border-transparent px-1.5 py-2 whitespace-nowrap text-muted -outline-offset-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
      {...props}
    />
  );
}

export function TabPanel(props: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className="pt-4" {...props} />;
}
