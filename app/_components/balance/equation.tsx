import Link from "next/link";
import { Fragment } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { type Balance, verdictOf } from "./verdict";

/** Where the deliveries behind each number are; a number without a place is only told. */
export type Places = Partial<
  Record<"matched" | "delivered" | "waiting" | "failed" | "cancelled" | "missed", string>
>;

/** What matched, and what became of it, as one line that adds up. */
export function Equation({ balance, places }: { balance: Balance; places: Places }) {
  const { words, tone, icon } = verdictOf(balance);
  const parts = [
    { name: "delivered", words: "delivered" },
    { name: "waiting", words: "waiting" },
    { name: "failed", words: "failed" },
    { name: "cancelled", words: "cancelled" },
    { name: "missed", words: "missed while off" },
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tone} icon={icon}>
        <span>{words}</span>
      </Badge>
      <p className="tabular-nums">
        <Term count={balance.matched} words="matched" href={places.matched} />
        {parts.map(({ name, words }, index) => (
          <Fragment key={name}>
            <span className="text-faint">{index === 0 ? " = " : " + "}</span>
            <Term
              count={balance[name]}
              words={words}
              href={places[name]}
              isBad={(name === "failed" || name === "missed") && balance[name] > 0}
            />
          </Fragment>
        ))}
      </p>
    </div>
  );
}

function Term({
  count,
  words,
  href,
  isBad = false,
}: {
  count: number;
  words: string;
  href: string | undefined;
  isBad?: boolean;
}) {
  const text = (
    <>
      <span className={isBad ? "font-semibold" : "font-medium"}>{count.toLocaleString("en")}</span>
      <span className="text-muted">{` ${words}`}</span>
    </>
  );
  if (!href || count === 0) return <span className="whitespace-nowrap">{text}</span>;
  return (
    <Link href={href} className="whitespace-nowrap underline-offset-2 hover:underline">
      {text}
    </Link>
  );
}
