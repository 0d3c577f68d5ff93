import { answerOpenApi } from "@/server/api/operator/openapi";

export { answerOpenApi as GET };
export const dynamic = "force-dynamic";
