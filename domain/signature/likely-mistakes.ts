import { libraryHint } from "../webhook/library-secret";

/** A secret that is shorter is easier to guess for who knows how long it is: of such a one the length is not told. */
const shortestTold = 16;

/**
 * What is left when headers and body came in as they were sent: mistakes in the receiver's code or settings that nothing of a
 * request shows, the likeliest first, each with how to tell. What libraries make of the secret may have been told before.
 */
export function likelyMistakes(secret: string, isHintTold: boolean): string[] {
  const hint = isHintTold ? null : libraryHint(secret);
  const told = `ours has ${secret.length}${secret.startsWith("whsec_") ? ", whsec_ included" : ""}`;
  const compare = secret.length < shortestTold ? "compare that with what you gave us" : told;
  return [
    `Your code uses another secret: an old one, that of another webhook, or one with something around it. Log how many characters it has: ${compare}.`,
    ...(hint === null ? [] : [`A library gets it. ${hint}`]),
    "Your code signs something other than these bytes, such as a parsed body that is printed again. Log the length of what it signs, in bytes.",
    "It mixes the two signatures up. X-Signature: hex, over the body, with the secret's text. webhook-signature: base64, over id.timestamp.body, with the base64 part of a whsec_ secret.",
    "It compares wrongly: without sha256= or v1, on one side, or with only the first of several signatures. Log both values right before they are compared.",
    "It refuses the time: milliseconds for seconds, or a clock that is off. Log the difference between its clock and webhook-timestamp.",
  ];
}
