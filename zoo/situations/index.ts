import type { Situation } from "../situation";
import { nginx } from "./nginx";

/** Everything that is delivered to, in the order of the report. */
export const situations: Situation[] = [...nginx];
