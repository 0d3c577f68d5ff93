import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { headers } from "next/headers";
import { cache } from "react";
import { asOperator } from "@/domain/as-operator";
import { createPageContext } from "@/server/api/context";
import { type AppRouter, appRouter } from "@/server/api/router";
import { createCallerFactory } from "@/server/api/trpc";
import { createQueryClient } from "./query-client";

const requestContext = cache(async () => createPageContext(await headers()));
const operatorContext = cache(async () =>
  createPageContext(new Headers([...(await headers()), ...Object.entries(asOperator)])),
);
const createCaller = createCallerFactory(appRouter);

/**
 * For pages: calls the product's verbs in this process, on behalf of whoever asked for the page, and hands what
 * was prefetched to the browser.
 */
export const { trpc: api, HydrateClient } = createHydrationHelpers<AppRouter>(
  createCaller(requestContext),
  cache(createQueryClient),
);

/** The same for pages of /platform, on behalf of an operator. */
export const { trpc: platformApi, HydrateClient: HydratePlatform } = createHydrationHelpers<AppRouter>(
  createCaller(operatorContext),
  cache(createQueryClient),
);
