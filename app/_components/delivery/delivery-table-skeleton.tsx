import { Skeleton } from "@/app/_components/ui/skeleton";

/** The table's shape while it is on its way. */
export function DeliveryTableSkeleton() {
  return (
    <div aria-hidden className="overflow-hidden rounded-[10px] border border-line">
      <div className="h-9 border-b border-line bg-sunken" />
      {Array.from({ length: 8 }, (_, row) => (
        <div
          key={String(row)}
          className="flex h-[45px] items-center gap-6 border-b border-line px-2.5 last:border-b-0"
        >
          <Skeleton className="h-5 w-20 rounded-full" />
          <Skeleton className="h-4 w-44" />
          <div className="grow" />
          <Skeleton className="h-4 w-16" />
        </div>
      ))}
    </div>
  );
}
