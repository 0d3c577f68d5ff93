import { answerExportKey } from "@/server/api/operator/export-key";

export { answerExportKey as GET };
export const dynamic = "force-dynamic";
