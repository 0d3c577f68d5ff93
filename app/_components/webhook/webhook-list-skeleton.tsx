import { Skeleton } from "@/app/_components/ui/skeleton";

/** The list's shape while it is on its way. */
export function WebhookListSkeleton() {
  return (
    <div aria-hidden className="overflow-hidden rounded-[10px] border border-line">
      <div className="hidden h-9 border-b border-line bg-sunken xl:block" />
      {[0, 1, 2].map((row) => (
        <div
          key={row}
          className="flex h-[68px] items-center gap-6 border-b border-line px-2.5 last:border-b-0"
        >
          <Skeleton className="h-5 w-20 rounded-full" />
          <Skeleton className="h-4 w-72" />
          <div className="grow" />
          <Skeleton className="hidden h-5 w-24 sm:block" />
          <Skeleton className="h-8 w-20" />
        </div>
      ))}
    </div>
  );
}
