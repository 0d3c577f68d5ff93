import { diagnoseConnection } from "./diagnosis-connection";
import { diagnoseRotation, type RotationBefore } from "./diagnosis-rotation";
import { diagnoseStatus } from "./diagnosis-status";
import type { DeliveryError, FailureDetail, ResponseHeaders } from "./outcome";

/** What is known of an attempt that failed. */
export type Failure = {
  error: DeliveryError;
  /** Null where the error's code is all that is known of it. */
  detail: FailureDetail | null;
  /** Null when no HTTP answer came. */
  statusCode: number | null;
  /** Of the response; empty when none came. */
  headers: ResponseHeaders;
  /** The URL that was called; null when it is not known any more. */
  url: string | null;
  /** The latest change of the webhook's secret before it; null when there was none. */
  rotation: RotationBefore | null;
};

/** A failure in plain words: what it means, and the one thing to do next. */
export type Diagnosis = {
  meaning: string;
  nextStep: string;
  /** The URL that would have worked, where the answer names one. */
  suggestedUrl: string | null;
};

/** Explains a failed attempt to the engineer who owns the endpoint. */
export function diagnose(failure: Failure): Diagnosis {
  const { statusCode, headers, url, error, detail } = failure;
  if (error.code === "worker_lost" || error.code === "internal") return ours;
  if (error.code === "expired") return expired;
  if (statusCode === null) return { ...diagnoseConnection(error, detail), suggestedUrl: null };
  if (statusCode >= 300 && statusCode < 400) return diagnoseRedirect(statusCode, headers, url);
  const words = diagnoseRotation(statusCode, failure.rotation) ?? diagnoseStatus(statusCode, headers);
  return { ...words, suggestedUrl: null };
}

const ours: Diagnosis = {
  meaning: "This attempt was interrupted on our side; your endpoint may have received it.",
  nextStep: "Nothing to do: it is tried again by itself. Dedupe on the event id, which stays the same.",
  suggestedUrl: null,
};

const expired: Diagnosis = {
  meaning: "The delivery waited longer than deliveries are kept, and was given up.",
  nextStep: "Bring the endpoint back, then redeliver what you still need.",
  suggestedUrl: null,
};

function diagnoseRedirect(status: number, headers: ResponseHeaders, url: string | null): Diagnosis {
  const target = redirectTarget(headers, url);
  if (!target) {
    return {
      meaning: `Your endpoint answered ${status}, a redirect without a usable address.`,
      nextStep: "Enter the URL that finally answers; redirects are never followed.",
      suggestedUrl: null,
    };
  }
  if (/log-?in|sign-?in|oauth|sso|auth/i.test(target.pathname)) {
    return {
      meaning: `Your endpoint sent us to what looks like a sign-in page (${status} to ${target.href}).`,
      nextStep: "Let this path through without a session; check the signature instead.",
      suggestedUrl: null,
    };
  }
  if (target.protocol !== "https:") {
    return {
      meaning: `Your endpoint answered ${status} to ${target.href}, which is not https.`,
      nextStep: "Serve the endpoint over https; redirects are never followed.",
      suggestedUrl: null,
    };
  }
  return {
    meaning: `Your endpoint answered ${status} to ${target.href}`,
    nextStep: "Use that URL: redirects are never followed.",
    suggestedUrl: target.href,
  };
}

function redirectTarget(headers: ResponseHeaders, url: string | null): URL | null {
  const location = headers.location;
  if (typeof location !== "string") return null;
  if (!URL.canParse(location, url ?? undefined)) return null;
  const target = new URL(location, url ?? undefined);
  return target.protocol === "https:" || target.protocol === "http:" ? target : null;
}
