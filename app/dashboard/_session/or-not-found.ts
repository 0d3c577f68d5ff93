import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** What was asked for, or the 404 page: also for what belongs to another customer. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
