import { formatCountdown } from "@/app/_components/time/format";

/** When what a limit holds goes out at the latest, if nothing fails: all that waits, so many a second. */
export function limitWords(waiting: number, perSecond: number): string {
  const inMs = Math.ceil(waiting / perSecond) * 1000;
  const verb = waiting === 1 ? "waits" : "wait";
  return `${waiting.toLocaleString("en")} ${verb}, and ${perSecond} a second may begin: it goes out within ${formatCountdown(inMs)}.`;
}
