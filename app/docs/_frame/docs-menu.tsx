"use client";

import type { MouseEvent, ReactNode } from "react";

const id = "docs-menu";

/** Opens what `DocsMenu` holds where there is no room for it beside the page: the browser does it by itself. */
export function DocsMenuButton() {
  return (
    <button
      type="button"
      popoverTarget={id}
      className="h-8 rounded-md border border-line-strong px-3 font-medium hover:bg-hover md:hidden"
    >
      Menu
    </button>
  );
}

/** The navigation: beside the page, and on a phone on top of it while it is open. */
export function DocsMenu({ children }: { children: ReactNode }) {
  const close = ({ target, currentTarget }: MouseEvent<HTMLDivElement>) => {
    if (target instanceof Element && target.closest("a")) currentTarget.hidePopover();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: it hears of the links in it.
    <div
      id={id}
      popover="auto"
      onClick={close}
      className="inset-x-0 top-13 m-0 max-h-[80dvh] w-full overflow-y-auto border-b border-line-strong bg-bg px-4 py-3 text-ink md:static md:block md:max-h-none md:border-b-0 md:px-2 md:pt-4"
    >
      {children}
    </div>
  );
}
