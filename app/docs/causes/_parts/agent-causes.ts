import { agentFailures, otherFailure } from "@/domain/diagnosis/agent-failures";
import { causes } from "@/domain/diagnosis/causes";

/** What failures of agents' receivers mean, without what they share with webhooks. */
export const agentCauses = [...agentFailures, otherFailure].filter((cause) => !causes.includes(cause));
