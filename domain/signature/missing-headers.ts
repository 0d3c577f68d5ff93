import { bad, type Finding, info } from "./finding";

/** The signatures that a request of a webhook with a secret carries, and what the second of them covers. */
const signatures = ["x-signature", "webhook-signature"];
const covered = ["webhook-id", "webhook-timestamp"];

/** What stands for a value that a log hides. */
const hidden = /^(?:\*{2,}|\[?<?(?:redacted|filtered|masked|hidden|removed|secret)>?\]?|•{2,}|x{4,}$)/i;

/**
 * Which headers of the request are missing in what was pasted, if it is a request of ours at all: of one that shows only its
 * signature, nobody can say. `sent` has the names that were sent, where the attempt is known.
 */
export function missingHeaders(
  headers: Record<string, string>,
  pasted: string,
  sent: string[] | null,
): Finding[] {
  const names = Object.keys(headers);
  const hiddenNames = names.filter((name) => hidden.test(headers[name] ?? ""));
  const hiddenFinding = hiddenNames.map((name) =>
    info(`Your log hides ${name}. Print it for one request, to have it checked.`),
  );
  if (pasted.trim() === "") return [info("No headers were pasted, so no signature can be compared.")];
  if (names.length === 0) {
    return [
      bad(
        "None of the headers that we send is in what you pasted: paste the request's, not the answer's. If your endpoint really gets none, something in between makes the request anew.",
      ),
    ];
  }
  const missing = (sent ?? [...signatures, ...covered])
    .map((name) => name.toLowerCase())
    .filter((name) => !(name in headers));
  const signatureMissing = signatures.every((name) => missing.includes(name));
  const isWhole = names.length >= 4 || signatureMissing;
  if (missing.length === 0 || !isWhole) return hiddenFinding;
  const certain = sent === null ? "A request of this webhook carries" : "We sent";
  const text = `${certain} ${list(missing)} too, but what you pasted has only ${list(names)}. Either your log leaves them out, or something in between removed them: a gateway, a proxy or a framework with a list of allowed headers. Print all names that your code gets.`;
  return [...hiddenFinding, (signatureMissing ? bad : info)(text)];
}

function list(names: string[]): string {
  const [last = ""] = names.slice(-1);
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
