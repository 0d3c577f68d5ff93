import { type Cidr, judgeAddress } from "@/domain/network/address";

/**
 * The connect-time check: every address that a name leads to must be one that events may go to, since one bad
 * answer among good ones is how rebinding gets in. Answers the objection in words, or null.
 */
export function objectTo(host: string, addresses: readonly string[], allow: readonly Cidr[]): string | null {
  for (const address of addresses) {
    const reason = judgeAddress(address, allow);
    if (!reason) continue;
    const what =
      address === host ? `${address} is ${reason}` : `${host} leads to ${address}, which is ${reason}`;
    return `${what}. Webhooks may only go to public addresses.`;
  }
  return null;
}
