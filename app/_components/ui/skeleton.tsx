import { classNames } from "./class-names";

/** The place of something that is on its way: give it the size of what will come. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden
      data-skeleton
      className={classNames("block motion-safe:animate-pulse rounded bg-off-ground", className)}
    />
  );
}
