import type { ErrorCode } from "@/domain/delivery/outcome";
import { type ToldDiagnosis, tellError } from "@/domain/diagnosis/outcome-evidence";
/** The platform's own webhook belongs to a customer that no API shows. */
export const systemCustomerId = "00000000-0000-7000-8000-000000000000";
export const systemWebhookId = "00000000-0000-7000-8000-000000000001";

/** Whether it is the platform's own webhook. */
export const isSystemWebhook = ({ id }: { id: string }) => id === systemWebhookId;

/** What the platform is told of a delivery that failed; the diagnosis is made from its error when none is given. */
export function failedData(
  eventId: string,
  delivery: { eventType: string; attempts: number; errorCode: ErrorCode | null; errorMessage: string | null },
  diagnosis?: ToldDiagnosis,
) {
  const { errorCode: code, errorMessage, eventType, attempts } = delivery;
  const error = code && { code, message: errorMessage ?? "" };
  return {
    event_id: eventId,
    event_type: eventType,
    attempt_count: attempts,
    error,
    diagnosis: diagnosis ?? (error && tellError(error)),
  };
}
