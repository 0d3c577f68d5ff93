import { parseCidr } from "@/domain/network/address";
import { checkTarget } from "@/domain/webhook/target";

/** Where private targets are allowed, only the server knows which: everything that can be one passes here. */
const anywhere = ["0.0.0.0/0", "::/0"].flatMap((range) => parseCidr(range) ?? []);

/** What the server would say against this URL, as far as the browser can know; null when nothing. */
export function urlProblem(url: string, allowsPrivateTargets: boolean): string | null {
  const target = checkTarget(url.trim(), allowsPrivateTargets ? anywhere : []);
  return "problem" in target ? target.problem : null;
}
