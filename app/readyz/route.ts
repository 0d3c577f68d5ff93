import { answerReadiness } from "@/server/api/operator/health";

export { answerReadiness as GET };
export const dynamic = "force-dynamic";
