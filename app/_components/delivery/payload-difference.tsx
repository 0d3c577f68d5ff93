"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { type JsonDifference, jsonDifferences } from "@/domain/event/json-difference";
import { ChangedLine } from "./changed-line";
import { ChangedLines } from "./changed-lines";

/** Two payloads that have nothing in common differ everywhere: nobody reads more than these. */
const shownAtMost = 100;

/** Where the payload of one event differs from that of another, by JSON path. */
export function PayloadDifference({ before, after }: { before: string; after: string }) {
  const [showsUsual, setShowsUsual] = useState(false);
  const differences = jsonDifferences(JSON.parse(before), JSON.parse(after));
  const usual = differences.filter(({ isUsual }) => isUsual);
  const telling = differences.filter(({ isUsual }) => !isUsual);
  const shown = (showsUsual ? differences : telling).slice(0, shownAtMost);
  return (
    <>
      {telling.length === 0 && (
        <p className="mb-2 text-muted">Both payloads are alike, but for their ids and times.</p>
      )}
      {shown.length > 0 && (
        <ChangedLines label="Difference of the payloads">
          {shown.map((difference) => (
            <Difference key={difference.path} difference={difference} />
          ))}
        </ChangedLines>
      )}
      <p className="mt-1 flex min-h-6 flex-wrap items-center gap-2 text-xs text-faint">
        {telling.length > shownAtMost && (
          <span>{`The first ${shownAtMost} of ${telling.length.toLocaleString("en")} differences.`}</span>
        )}
        {usual.length > 0 && (
          <Button
            look="quiet"
            size="small"
            className="-ml-2 text-xs"
            onClick={() => setShowsUsual(!showsUsual)}
          >
            {showsUsual ? "Leave ids and times out" : `${usual.length} ids and times differ, as always`}
          </Button>
        )}
      </p>
    </>
  );
}

function Difference({ difference: { path, kind, before, after } }: { difference: JsonDifference }) {
  return (
    <>
      <div className="px-3 pt-1 text-muted">{path}</div>
      {kind !== "only_after" && <ChangedLine kind="removed" text={JSON.stringify(before, null, 2)} />}
      {kind !== "only_before" && <ChangedLine kind="added" text={JSON.stringify(after, null, 2)} />}
    </>
  );
}
