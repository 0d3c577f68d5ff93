import type { Situation } from "../situation";
import { apache } from "./apache";
import { certificates } from "./certificates";
import { clientCertificates } from "./client-certificates";
import { handshakes } from "./handshakes";
import { nginx } from "./nginx";
import { inNode } from "./node";
import { others } from "./others";
import { ports } from "./ports";
import { proxies } from "./proxies";
import { inPython } from "./python";

/** Everything that is delivered to, in the order of the report. */
export const situations: Situation[] = [
  ...certificates,
  ...clientCertificates,
  ...handshakes,
  ...ports,
  ...nginx,
  ...apache,
  ...proxies,
  ...inPython,
  ...inNode,
  ...others,
];
