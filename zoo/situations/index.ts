import type { Situation } from "../situation";
import { certificates } from "./certificates";
import { clientCertificates } from "./client-certificates";
import { handshakes } from "./handshakes";
import { nginx } from "./nginx";
import { ports } from "./ports";

/** Everything that is delivered to, in the order of the report. */
export const situations: Situation[] = [...certificates, ...clientCertificates, ...handshakes, ...ports, ...nginx];
