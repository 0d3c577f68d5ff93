import { answerHealth } from "@/server/api/operator/health";

export { answerHealth as GET };
export const dynamic = "force-dynamic";
