/** `5 events`, or `at least 5 events` where they are too many to be counted. */
export function eventsWords({ count, is_complete }: { count: number; is_complete: boolean }): string {
  const words = `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`;
  return is_complete ? words : `at least ${words}`;
}
