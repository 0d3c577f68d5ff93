export type PasteProblem = {
  /** What is wrong, and what to do. */
  sentence: string;
  /** The secret without what was pasted along with it. */
  clean: string;
};

/** Line breaks, other control characters, and what is invisible: nobody means them to be part of a key. */
const unseen = /[\p{Cc}\p{Cf}]/gu;
/** How Standard Webhooks marks signatures, and what some copy along with a secret. */
const signatureMark = /^v1,\s*/i;
/** A secret of that standard as a line of a settings file or of code has it: quoted, or after its name. */
const written = /^(?:\w+\s*[=:]\s*)?["'`]?(?:v1,\s*)?whsec_([\w+/=-]+)["'`]?[,;]?$/i;

/**
 * What came along when a secret was copied; null when nothing. Taken as it is, it would be part of the key, and no
 * signature would fit the secret that the receiver has.
 */
export function pasteProblem(secret: string): PasteProblem | null {
  const seen = secret.replace(unseen, "");
  const trimmed = seen.trim();
  const key = written.exec(trimmed)?.[1];
  const clean = key === undefined ? trimmed.replace(signatureMark, "") : `whsec_${key}`;
  if (clean === secret) return null;
  return { sentence: `The secret ${whatIsWrong(secret, seen, trimmed)}`, clean };
}

function whatIsWrong(secret: string, seen: string, trimmed: string): string {
  if (secret.trim() !== secret) return "has a blank or a line break at its beginning or end. Remove it.";
  if (seen !== secret) return "holds a line break or an invisible character. Remove it.";
  if (trimmed !== seen) return "has a blank at its beginning or end. Remove it.";
  if (signatureMark.test(secret)) return "begins with v1, which marks signatures. Leave that out.";
  return "has something around it, or its mark in capitals. Leave only what begins with whsec_.";
}
