import { readEnvOfData } from "./existing-data";
import { renewMark } from "./key-mark";
import { resealAll } from "./reseal";
import { startCore } from "./runtime";
import { assertKnown, assertOpens } from "./sealed-keys";
import { refuseToStart } from "./start-error";

/*
 * `npm run keys:rotate`: re-encrypts every secret to the first key of the ring. Fanfare may run meanwhile, once it
 * was started with that ring: refused while a worker runs that could not open the result.
 */
try {
  const { env, ring, store, keyMark } = await startCore(readEnvOfData());
  await assertOpens(ring, store);
  await assertKnown(ring, store);
  if (keyMark) await renewMark(env, keyMark);
  const count = await resealAll(ring, store);
  await store.close();
  const [current, ...older] = ring.map(({ id }) => id);
  process.stdout.write(`Every secret is sealed with the key "${current}"; ${count} were re-encrypted.\n`);
  if (older.length > 0) {
    process.stdout.write(
      `No longer needed: ${older.map((id) => `"${id}"`).join(", ")}. Keep them for backups.\n`,
    );
  }
} catch (error) {
  refuseToStart(error);
}
