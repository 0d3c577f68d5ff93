"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "@/app/_components/ui/class-names";

/** One entry of the navigation, marked while its page is shown. `also` are paths that belong to it. */
export function NavLink({
  href,
  also = [],
  icon: Icon,
  end,
  children,
}: {
  href: string;
  also?: string[];
  icon: LucideIcon;
  end?: ReactNode;
  children: ReactNode;
}) {
  const path = usePathname();
  const isCurrent =
    path === href || [href, ...also].some((part) => part !== "/dashboard" && path.startsWith(part));
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className={classNames(
        "flex h-8 items-center gap-2.5 rounded-md px-2",
        isCurrent ? "bg-hover font-medium text-ink" : "text-muted hover:text-ink",
      )}
    >
      <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      <span className="grow">{children}</span>
      {end}
    </Link>
  );
}
