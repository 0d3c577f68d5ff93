import { headers } from "next/headers";
import { keepPresses } from "./keep-presses";
import { ReplayPresses } from "./replay-presses";

/** Keeps the last press on a button that comes before React is awake, and presses again once it is. */
export async function EarlyPresses() {
  const policy = (await headers()).get("content-security-policy");
  const nonce = /'nonce-([^']+)'/.exec(policy ?? "")?.[1];
  return (
    <>
      {/* Browsers hide the nonce from scripts, so React finds another one than it wrote. */}
      <script nonce={nonce} suppressHydrationWarning>{`(${keepPresses})()`}</script>
      <ReplayPresses />
    </>
  );
}
