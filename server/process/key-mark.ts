import { createHash } from "node:crypto";
import type { KeyMark } from "@/db/opened";
import { open, seal, sealedKeyId } from "@/domain/webhook/seal";
import type { Env } from "./env";
import { StartError } from "./start-error";

/*
 * Processes that share a database must share their keys: what one seals another has to open, and a session or a link of
 * one machine has to hold on the next. So the first one leaves digests of its keys in the database, sealed with its key
 * ring, which all others compare with theirs.
 */

type Keys = Pick<Env, "platformApiKey" | "platformApiKeyPrevious" | "authSecret" | "keyRing">;

/** What the mark is sealed for. */
const owner = "the keys of this installation";
const others = ["AUTH_SECRET", "PLATFORM_API_KEY"] as const;
type Digests = Record<(typeof others)[number], string>;

/**
 * Throws a StartError unless these are the keys that the database was set up with. While the platform's key is replaced
 * machine by machine, that may be the one before.
 */
export async function assertOwn(keys: Keys, mark: KeyMark): Promise<void> {
  const own = digestsOf(keys);
  const previous = keys.platformApiKeyPrevious && digest(keys.platformApiKeyPrevious);
  const kept = read(keys, await mark.keep(sealMark(keys)));
  const isOwn = (name: (typeof others)[number]) =>
    kept[name] === own[name] || (name === "PLATFORM_API_KEY" && kept[name] === previous);
  const differing = others.filter((name) => !isOwn(name));
  if (differing.length > 0) throw refusal(differing.join(" and "), change);
}

/** Makes these keys the ones of the database, which the ring must open already. */
export async function renewMark(keys: Keys, mark: KeyMark): Promise<void> {
  for (let isNew = false; !isNew; ) {
    const sealed = sealMark(keys);
    const kept = await mark.keep(sealed);
    read(keys, kept);
    isNew = kept === sealed || (await mark.replace(kept, sealed));
  }
}

/** The mark that a process with these keys leaves. */
export const sealMark = (keys: Keys) => seal(keys.keyRing, JSON.stringify(digestsOf(keys)), owner);

function read({ keyRing }: Keys, kept: string): Digests {
  try {
    return JSON.parse(open(keyRing, kept, owner)) as Digests;
  } catch {
    throw refusal("ENCRYPTION_KEYS", `Its key is "${sealedKeyId(kept)}".`);
  }
}

const digestsOf = ({ authSecret, platformApiKey }: Keys): Digests => ({
  AUTH_SECRET: digest(authSecret),
  PLATFORM_API_KEY: digest(platformApiKey),
});

const digest = (key: string) => createHash("sha256").update(key).digest("base64url");

const change = "To change it everywhere, run npm run keys:rotate with the new value, then start all with it.";

function refusal(names: string, more: string): StartError {
  return new StartError(
    `This database was set up with other ${names}: all machines that share it need the same. Nothing was changed. ` +
      `Give the value of the machine that set it up, which keeps what it made in its DATA_DIR. ${more}`,
  );
}
