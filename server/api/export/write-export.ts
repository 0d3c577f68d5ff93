import { createHash } from "node:crypto";
import type { LedgerLine } from "@/db/store";
import { sumOf, Tally } from "../ledger/tally";
import type { ExportKey } from "./export-key";
import { type About, type Format, toExportRow } from "./record";

/** An export, part by part as its ledger is read; its last line is the signature of all before it. */
export async function* writeExport(
  format: Format,
  about: About,
  ledger: AsyncIterable<{ lines: LedgerLine[] }>,
  key: ExportKey,
): AsyncGenerator<string> {
  const writer = format.writer();
  const hash = createHash("sha256");
  const tally = new Tally();
  const noted = (text: string) => {
    hash.update(text);
    return text;
  };
  yield noted(writer.begin(about));
  for await (const { lines } of ledger) {
    tally.add(lines);
    yield noted(writer.rows(lines.map(toExportRow)));
  }
  yield noted(writer.end(sumOf(tally.balances)));
  const sha256 = hash.digest("hex");
  yield writer.signature({ key_id: key.id, sha256, value: `ed25519:${key.sign(sha256)}` });
}
