import type { Cause } from "../cause";

/** What is not about the endpoint at all. */
export const ours: Cause[] = [
  {
    code: "interrupted_here",
    fits: (look) => look.isCode("worker_lost", "internal") && "certain",
    meaning: "This attempt was interrupted on our side; your endpoint may have received it.",
    nextStep: "Nothing to do: it is tried again by itself. Dedupe on the event id, which stays the same.",
    seen: ["Fanfare: a worker ended during an attempt"],
  },
  {
    code: "proxy_unusable",
    fits: (look) => look.isCode("proxy_error") && (look.isDetail("proxy_refused") ? false : "certain"),
    meaning:
      "The proxy by which this installation sends could not be used; your endpoint was not asked for anything.",
    nextStep:
      "Nothing to do at the endpoint: it is tried again by itself. The operator has to look after DELIVERY_PROXY.",
    seen: ["HTTP proxies: no connection, or 407 to CONNECT"],
  },
  {
    code: "proxy_refused",
    fits: (look) => look.isCode("proxy_error") && look.isDetail("proxy_refused") && "certain",
    meaning:
      "The proxy by which this installation sends does not let it connect to your endpoint, which was not asked for anything.",
    nextStep:
      "Ask the operator to allow this host and port in the proxy; one that knows names alone needs DELIVERY_PROXY_RESOLVES.",
    seen: ["Squid 5.7: 403 to CONNECT (TCP_DENIED)"],
  },
  {
    code: "expired",
    fits: (look) => look.isCode("expired") && "certain",
    meaning: "The delivery waited longer than deliveries are kept, and was given up.",
    nextStep: "Bring the endpoint back, then redeliver what you still need.",
    seen: ["Fanfare: RETENTION"],
  },
];
