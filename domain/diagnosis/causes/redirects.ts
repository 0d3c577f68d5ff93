import type { Cause } from "../cause";
import type { Look } from "../look";

const isRedirect = (look: Look) => look.status >= 300 && look.status < 400;

/** Answers that send us elsewhere; they are never followed. */
export const redirects: Cause[] = [
  {
    code: "redirect_without_target",
    fits: (look) => isRedirect(look) && look.target === null && "certain",
    meaning: (look) => `Your endpoint answered ${look.status}, a redirect without a usable address.`,
    nextStep: "Enter the URL that finally answers; redirects are never followed.",
    seen: ["304 to a POST, a Location that is no address"],
  },
  {
    code: "redirect_to_sign_in",
    fits: (look) =>
      isRedirect(look) && /log-?in|sign-?in|oauth|sso|auth/i.test(look.target?.pathname ?? "") && "certain",
    meaning: (look) =>
      `Your endpoint sent us to what looks like a sign-in page (${look.status} to ${look.target?.href}).`,
    nextStep: "Let this path through without a session; check the signature instead.",
    seen: ["302 to /login"],
  },
  {
    code: "redirect_to_http",
    fits: (look) => isRedirect(look) && look.target?.protocol === "http:" && "certain",
    meaning: (look) => `Your endpoint answered ${look.status} to ${look.target?.href}, which is not https.`,
    nextStep: "Serve the endpoint over https; redirects are never followed.",
    seen: ["301 to http://"],
  },
  {
    code: "redirect",
    fits: (look) => isRedirect(look) && "certain",
    meaning: (look) => `Your endpoint answered ${look.status} to ${look.target?.href}`,
    nextStep: "Use that URL: redirects are never followed.",
    suggestedUrl: (look) => look.target?.href ?? null,
    seen: ["301, 302, 307, 308 to another path or host"],
  },
];
