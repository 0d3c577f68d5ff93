import { sealedKeyId } from "@/domain/webhook/seal";
import type { StaticHeader } from "@/domain/webhook/static-headers";
import type { Sealed } from "../store";

/** The columns of a webhook in which something is sealed. */
export type SealedColumns = {
  secret: Sealed | null;
  previousSecret: Sealed | null;
  clientKey: Sealed | null;
  headers: StaticHeader[];
};

/** All that is sealed of a webhook. */
export const sealedIn = ({ secret, previousSecret, clientKey, headers }: SealedColumns): Sealed[] => [
  ...[secret, previousSecret, clientKey].filter((value) => value !== null),
  ...headers.flatMap(({ value, isSecret }) => (isSecret ? [value] : [])),
];

/** Whether any of it is sealed with another key than this. */
export const isSealedOtherwise = (columns: SealedColumns, keyId: string): boolean =>
  sealedIn(columns).some((value) => sealedKeyId(value) !== keyId);

export function sealedAnew(
  { secret, previousSecret, clientKey, headers }: SealedColumns,
  seal: (value: Sealed) => Sealed,
): SealedColumns {
  return {
    secret: secret && seal(secret),
    previousSecret: previousSecret && seal(previousSecret),
    clientKey: clientKey && seal(clientKey),
    headers: headers.map((header) => (header.isSecret ? { ...header, value: seal(header.value) } : header)),
  };
}
