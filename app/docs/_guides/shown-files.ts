import express4 from "@/examples/express-4.ts?raw";
import express5 from "@/examples/express-5.ts?raw";
import fastify from "@/examples/fastify.ts?raw";
import handle from "@/examples/handle.ts?raw";
import hono from "@/examples/hono.ts?raw";
import koa from "@/examples/koa.ts?raw";
import nest from "@/examples/nest.ts?raw";
import next from "@/examples/next/app/hooks/route.ts?raw";
import { receivers } from "../../_components/signature/receivers/receivers";

/** What guides show: files that tests run, as they are. */
export const shownFiles: Record<string, string> = {
  "examples/express-4.ts": express4,
  "examples/express-5.ts": express5,
  "examples/fastify.ts": fastify,
  "examples/handle.ts": handle,
  "examples/hono.ts": hono,
  "examples/koa.ts": koa,
  "examples/nest.ts": nest,
  "examples/next/app/hooks/route.ts": next,
  ...Object.fromEntries(receivers.map(({ value, text }) => [`receiver in ${value}`, text])),
};
