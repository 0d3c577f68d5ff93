import { createSender as createReal, type SenderOptions } from "@/server/engine/send";
import { pass } from "./orders";

/** The product's transport, which passes the points before a request and after its answer. */
export function createSender(options: SenderOptions): ReturnType<typeof createReal> {
  const sender = createReal(options);
  return {
    ...sender,
    async send(request) {
      pass("before send");
      const outcome = await sender.send(request);
      pass("after send");
      return outcome;
    },
  };
}
