"use client";

import { createTRPCReact } from "@trpc/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/router";

/** The product's verbs as hooks. */
export const trpc = createTRPCReact<AppRouter>();

/** What the verbs take, by router and verb. */
export type Inputs = inferRouterInputs<AppRouter>;

/** What the verbs answer, by router and verb. */
export type Outputs = inferRouterOutputs<AppRouter>;
