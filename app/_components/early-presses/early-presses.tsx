import { headers } from "next/headers";
import { keepPresses } from "./keep-presses";

/**
 * Keeps the last press on a button that comes before React is awake, until `ReplayPresses` tells that it is. Stands
 * before what can be pressed: a browser runs it as soon as it has read so far.
 *
 * From the first paint of the dashboard to that moment it takes 0.8 to 1.6 s, 1.6 to 2.4 s over slow 4G, and 2.5 to
 * 4.6 s with a quarter of the processor (Chromium 156, React 19.3, nothing cached, two shared cores). React repeats
 * no click that came before its code: without this "Send test" sends nothing and says nothing, and a form loads its
 * page anew.
 */
export async function EarlyPresses() {
  const policy = (await headers()).get("content-security-policy");
  const nonce = /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
  // Browsers hide the nonce from scripts, so React finds another one than it wrote.
  return <script nonce={nonce} suppressHydrationWarning>{`(${keepPresses})()`}</script>;
}
