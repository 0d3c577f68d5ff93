import { headers } from "next/headers";
import { keepPresses } from "./keep-presses";

/**
 * Keeps the last press on a button that comes before React is awake, until `ReplayPresses` tells that it is. Stands
 * before what can be pressed: a browser runs it as soon as it has read so far.
 */
export async function EarlyPresses() {
  const policy = (await headers()).get("content-security-policy");
  const nonce = /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
  // Browsers hide the nonce from scripts, so React finds another one than it wrote.
  return <script nonce={nonce} suppressHydrationWarning>{`(${keepPresses})()`}</script>;
}
