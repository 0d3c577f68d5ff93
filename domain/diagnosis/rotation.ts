import { isSecretRefusal } from "../webhook/rotation";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The change of the secret that came before a failed attempt, in epoch milliseconds. */
export type RotationBefore = {
  rotatedAt: number;
  /** When the overlap ends or ended; null when there was none. */
  until: number | null;
  /** When the attempt failed, and whether it was a test, which is not made again with the other secret. */
  failedAt: number;
  isTest: boolean;
};

/** What a refusal most likely means within a day after the secrets that sign changed; null when it is something else. */
export function diagnoseRotation(status: number, rotation: RotationBefore | null) {
  if (!rotation || !isSecretRefusal(status)) return null;
  const { rotatedAt, until, failedAt, isTest } = rotation;
  const ended = until !== null && failedAt >= until;
  const agoMs = failedAt - (ended ? until : rotatedAt);
  if (agoMs < 0 || agoMs > dayMs) return null;
  const ago = `${age(agoMs)} before`;
  if (ended) return overlapEnded(status, ago);
  if (until === null) return replaced(status, ago);
  return isTest ? refusedTest(status, ago) : refusedBoth(status, ago);
}

const overlapEnded = (status: number, ago: string) => ({
  meaning: `Your endpoint refused the request (${status}). The overlap of the rotation ended ${ago}: only the new secret signs.`,
  nextStep: "Give your endpoint the new secret; without it, rotate again and copy the one that is shown.",
});

const replaced = (status: number, ago: string) => ({
  meaning: `Your endpoint refused the request (${status}). The secret was replaced ${ago}, without an overlap.`,
  nextStep: "Give your endpoint the new secret. Next time rotate with an overlap: nothing is refused then.",
});

const refusedTest = (status: number, ago: string) => ({
  meaning: `Your endpoint refused the test (${status}). The secret was rotated ${ago}, and a test is not tried with the other one.`,
  nextStep:
    "Check X-Signature, X-Signature-Next and X-Signature-Previous against your secret: one of them fits.",
});

const refusedBoth = (status: number, ago: string) => ({
  meaning: `Your endpoint refuses both secrets (${status}). The secret was rotated ${ago}.`,
  nextStep:
    status === 400
      ? "If the response below is not about the signature, it is the body. Else check which secret it has."
      : "Check which secret your endpoint has; if it is neither, rotate again and give it the new one.",
});

const age = (ms: number) =>
  ms < hourMs ? `${Math.max(1, Math.round(ms / minuteMs))} min` : `${Math.floor(ms / hourMs)} h`;
