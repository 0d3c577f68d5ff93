import { z } from "zod";

/** A time as the API shows it. */
export const timeView = z.iso.datetime().describe("ISO 8601, UTC, with milliseconds");

export const isoTime = (epochMs: number) => new Date(epochMs).toISOString();

export const nullableIsoTime = (epochMs: number | null) => (epochMs === null ? null : isoTime(epochMs));
