import { answerMetrics } from "@/server/api/operator/metrics";

export { answerMetrics as GET };
export const dynamic = "force-dynamic";
