import type { Situation } from "../situation";
import { apache } from "./apache";
import { nginx } from "./nginx";
import { inNode } from "./node";
import { others } from "./others";
import { proxies } from "./proxies";
import { inPython } from "./python";

/** Everything that is delivered to, in the order of the report. */
export const situations: Situation[] = [...nginx, ...apache, ...proxies, ...inPython, ...inNode, ...others];
