"use client";

import { createTRPCReact } from "@trpc/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/router";

/** The product's verbs as hooks. */
export const trpc = createTRPCReact<AppRouter>();

/** What the verbs answer, by router and verb. */
export type Outputs = inferRouterOutputs<AppRouter>;
