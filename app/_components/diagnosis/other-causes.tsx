"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { classNames } from "@/app/_components/ui/class-names";
import { CauseLink } from "./cause-link";
import { HowToTell } from "./how-to-tell";
import type { Cause } from "./types";

/** Causes that look the same, each with its fix and how to tell it. On a phone they open when asked for. */
export function OtherCauses({ causes }: { causes: Cause[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const one = causes.length === 1;
  return (
    <div>
      <Button
        look="quiet"
        size="small"
        className="-ml-2 sm:hidden"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span>{one ? "1 other cause looks the same" : `${causes.length} other causes look the same`}</span>
        <ChevronDown aria-hidden className={classNames("size-3.5", isOpen && "rotate-180")} />
      </Button>
      <p className="mb-1 text-sm font-medium text-muted max-sm:hidden">
        {one ? "Another cause looks the same:" : "Others look the same:"}
      </p>
      <ul className={classNames("grid gap-2 border-l-2 border-line-strong pl-3", !isOpen && "max-sm:hidden")}>
        {causes.map(({ code, meaning, next_step, tell_apart }) => (
          <li key={code} className="text-sm">
            <p>
              <b className="font-medium">{meaning}</b> <span>{next_step}</span> <CauseLink code={code} />
            </p>
            {tell_apart && <HowToTell words={tell_apart} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
