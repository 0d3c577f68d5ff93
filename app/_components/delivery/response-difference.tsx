import { prettyJson } from "@/app/_components/json/json-lines";
import { ChangedLine } from "./changed-line";
import { ChangedLines } from "./changed-lines";
import { lineDifference } from "./line-difference";
import type { Attempt } from "./types";

/** How the answer to one attempt differs from that to an earlier one, line by line. */
export function ResponseDifference({ before, after }: { before: Attempt; after: Attempt }) {
  const lines = lineDifference(answerText(before), answerText(after));
  if (lines.every(({ kind }) => kind === "same"))
    return <p className="text-muted">Both answers are the same.</p>;
  return (
    <ChangedLines label="Difference of the responses">
      {lines.map((line, index) => (
        <ChangedLine key={String(index)} {...line} />
      ))}
    </ChangedLines>
  );
}

/** Headers that differ every time and tell nothing. */
const noise = new Set(["date", "age", "x-request-id", "cf-ray", "etag", "set-cookie"]);

function answerText({ status_code, error, response }: Attempt): string {
  if (!response) return error?.message ?? "no answer";
  const headers = Object.entries(response.headers)
    .filter(([name]) => !noise.has(name))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}: ${[value].flat().join(", ")}`);
  return [`status: ${status_code}`, ...headers, "", prettyJson(response.body) ?? response.body].join("\n");
}
