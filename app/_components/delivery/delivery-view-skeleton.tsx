import { Skeleton } from "@/app/_components/ui/skeleton";

/** The shape of a delivery while it is on its way. */
export function DeliveryViewSkeleton() {
  return (
    <div aria-hidden className="grid gap-4">
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-16 w-full rounded-[10px]" />
      <Skeleton className="h-9 w-64" />
      <Skeleton className="h-32 w-full rounded-[10px]" />
      <Skeleton className="h-56 w-full rounded-[10px]" />
    </div>
  );
}
