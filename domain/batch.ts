/** Contract: calls that fit in one tRPC batch. The dashboard's largest page makes a dozen. */
export const maxBatchCalls = 20;
