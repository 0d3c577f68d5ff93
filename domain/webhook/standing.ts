import type { Certificate } from "./certificate";
import type { Countdown } from "./countdown";

/** Somebody holds what waits, since when and until when; null for until somebody resumes it. */
export type Pause = { at: number; until: number | null };

/** Whether anything is sent to a webhook, and what it is judged by. Times are epoch milliseconds. */
export type Standing = {
  isActive: boolean;
  disabledReason: string | null;
  disabledAt: number | null;
  /** Only of one that is on. */
  pause: Pause | null;
  /** Grows with every new URL, secret and activation: older attempts no longer judge the webhook. */
  version: number;
  countdown: Countdown | null;
  /** The one that its URL of now showed last; null before. */
  certificate: Certificate | null;
  /** The platform was told that it fails, and not yet that it recovered. */
  isReportedFailing: boolean;
};

/** Somebody switched it on: whatever switched it off is forgotten. */
export function switchOn(standing: Standing): Standing {
  return { ...standing, isActive: true, disabledReason: null, disabledAt: null };
}

/**
 * Nothing is sent to it any more, and a pause has nothing left to hold. The reason is for people; somebody who switches
 * it off needs none.
 */
export function switchOff(standing: Standing, reason: string | null, now: number): Standing {
  return { ...standing, isActive: false, disabledReason: reason, disabledAt: now, pause: null };
}

/** What was known of it is of the past: attempts that are under way no longer judge it, and nothing counts down. */
export function beginVersion(standing: Standing): Standing {
  return { ...standing, version: standing.version + 1, countdown: null, certificate: null };
}

/** An attempt saw the endpoint's certificate. */
export function seeCertificate(standing: Standing, certificate: Certificate | null): Standing {
  return certificate === null ? standing : { ...standing, certificate };
}

/** An attempt failed, which the platform has been told. */
export function countDown(standing: Standing, countdown: Countdown): Standing {
  return { ...standing, countdown, isReportedFailing: true };
}

/** Something was delivered: nothing counts down. */
export function recover(standing: Standing): Standing {
  return { ...standing, countdown: null, isReportedFailing: false };
}
