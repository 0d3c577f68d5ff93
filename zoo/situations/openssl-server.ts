import type { Made } from "../openssl";
import type { Place } from "../place";

/** Starts `openssl s_server` with these further arguments. */
export async function opensslServing(
  place: Place,
  { cert, key }: Pick<Made, "cert" | "key">,
  args: string[],
): Promise<string> {
  const port = await place.port();
  const shown = ["-cert", cert, "-key", key];
  await place.run("openssl", ["s_server", "-accept", `${port}`, ...shown, "-quiet", ...args], { port });
  return `https://localhost:${port}/in`;
}
