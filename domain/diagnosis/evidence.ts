import type {
  DeliveryError,
  ErrorCode,
  FailureDetail,
  Peer,
  ResponseHeaders,
  Timings,
} from "../delivery/outcome";
import type { RotationBefore } from "./rotation";

/** All that is known of an attempt, whatever came of it. */
export type Evidence = {
  /** Null where it succeeded. */
  error: DeliveryError | null;
  /** Null where the error's code is all that is known of it. */
  detail: FailureDetail | null;
  /** Null when no HTTP answer came. */
  statusCode: number | null;
  /** Of the response; empty when none came. */
  headers: ResponseHeaders;
  /** Of the response, as far as it is kept; empty when none came, and where it is compressed. */
  body: string;
  /** The URL that was called; null when it is not known any more. */
  url: string | null;
  durationMs: number;
  timings: Timings;
  peer: Peer;
  eventType: string;
  /** Bytes of the body that was sent, and the `data` in it. */
  sentBytes: number;
  data: unknown;
  /** The latest change of the webhook's secret before it; null when there was none. */
  rotation: RotationBefore | null;
  history: History;
};

/** What the same webhook answered otherwise, as far as was looked back. */
export type History = {
  /** Earlier attempts of the same delivery, the latest first. */
  earlier: EarlierAttempt[];
  /** Other deliveries of the webhook, the latest first. */
  others: OtherDelivery[];
};

export type EarlierAttempt = {
  /** Null when no HTTP answer came. */
  statusCode: number | null;
  /** Null where it succeeded. */
  errorCode: ErrorCode | null;
  isReused: boolean;
  durationMs: number;
};

/** A delivery that was attempted, by what its latest attempt came to. */
export type OtherDelivery = {
  eventType: string;
  isDelivered: boolean;
  statusCode: number | null;
  sentBytes: number;
  data: unknown;
  attemptCount: number;
};

export const noHistory: History = { earlier: [], others: [] };
