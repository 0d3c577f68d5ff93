import type { Place } from "../place";
import type { Situation } from "../situation";
import { node, npm } from "../software";
import { asHost } from "./backends";

/** A module that listens on PORT, without TLS. Answers its URL behind TLS. */
async function nodeWith(place: Place, text: string, path = "/in"): Promise<string> {
  const port = await place.port();
  const file = place.write("app.mjs", text);
  await place.run(process.execPath, [file], { port, env: { PORT: String(port) } });
  return `${await place.behindTls(port)}${path}`;
}

/** The same under the host name of a tunnel. */
async function tunnelled(place: Place, text: string): Promise<string> {
  const port = await place.port();
  await place.run(process.execPath, [place.write("app.mjs", text)], { port, env: { PORT: String(port) } });
  return `${await place.behindTls(await asHost(place, port, "tunnel.northwind.example"))}/in`;
}

const expressWith = (place: Place, handlers: string, path?: string) =>
  nodeWith(
    place,
    `import express from "express"; const app = express(); ${handlers}; app.listen(process.env.PORT, "127.0.0.1");`,
    path,
  );
const express4With = (place: Place, handlers: string) =>
  nodeWith(
    place,
    `import express from "express-4"; const app = express(); ${handlers}; app.listen(process.env.PORT, "127.0.0.1");`,
  );
const fastifyWith = (place: Place, options: string, handlers: string) =>
  nodeWith(
    place,
    `import Fastify from "fastify"; const app = Fastify(${options}); ${handlers}; await app.listen({ port: process.env.PORT, host: "127.0.0.1" });`,
  );
const koaWith = (place: Place, version: "koa" | "koa-2", handlers: string) =>
  nodeWith(
    place,
    `import Koa from "${version}"; const app = new Koa(); ${handlers}; app.listen(process.env.PORT, "127.0.0.1");`,
  );
const honoWith = (place: Place, handlers: string) =>
  nodeWith(
    place,
    `import { Hono } from "hono"; import { serve } from "@hono/node-server"; const app = new Hono(); ${handlers}; serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });`,
  );
const hapiWith = (place: Place, handlers: string) =>
  nodeWith(
    place,
    `import Hapi from "@hapi/hapi"; const app = Hapi.server({ port: process.env.PORT, host: "127.0.0.1" }); ${handlers}; await app.start();`,
  );

const express = [npm("Express")];
const express4 = [npm("Express", "express-4")];
const fastify = [npm("Fastify")];
const koa = [npm("Koa")];
const koa2 = [npm("Koa", "koa-2")];
const hono = [npm("Hono")];
const hapi = [npm("hapi", "@hapi/hapi")];

const signInPaths: [string, string][] = [
  ["session", "/session/new"],
  ["redirect-to", "/?redirect_to=%2Fin"],
  ["sign-up", "/signup?next=/in"],
  ["other-host", "https://accounts.northwind.example/o/authorize?client_id=1&response_type=code"],
];

export const inNode: Situation[] = [
  {
    name: "express-get-only",
    about: "Express has that path for GET alone",
    software: express,
    start: (place) => expressWith(place, `app.get("/in", (request, response) => response.send("ok"))`),
    expected: "no_post_route",
  },
  {
    name: "express-body-too-large",
    about: "Express parses bodies of up to 100 KiB",
    software: express,
    bodyBytes: 150_000,
    start: (place) =>
      expressWith(
        place,
        `app.use(express.json()); app.post("/in", (request, response) => response.send("ok"))`,
      ),
    expected: "body_too_large",
  },
  {
    name: "express-https-behind-tls",
    about: "Express behind a TLS proxy sends everything to https",
    software: express,
    start: (place) =>
      expressWith(
        place,
        `app.use((request, response, next) => request.secure ? next() : response.redirect(301, "https://" + request.headers.host + request.url))`,
      ),
    expected: "https_not_seen",
  },
  ...signInPaths.map(
    ([name, target]): Situation => ({
      name: `express-sign-in-${name}`,
      about: `Express sends people who are not signed in to ${target}`,
      software: express,
      start: (place) =>
        expressWith(place, `app.use((request, response) => response.redirect(${JSON.stringify(target)}))`),
      expected: "redirect_to_sign_in",
    }),
  ),
  {
    name: "express-authors-slash",
    about: "Express wants the slash after /authors/hooks",
    software: express,
    start: (place) =>
      expressWith(
        place,
        `app.use((request, response) => response.redirect(301, request.path + "/"))`,
        "/authors/hooks",
      ),
    expected: "redirect",
  },
  {
    name: "express-parsed-before-signature",
    about: "Express verifies the parsed body, as Stripe's library says it",
    software: express,
    start: (place) =>
      expressWith(
        place,
        `app.use(express.json()); app.post("/in", (request, response) => response.status(400).send("Webhook Error: No signatures found matching the expected signature for payload. Are you passing the raw request body you received from Stripe?"))`,
      ),
    expected: "other_sender_expected",
  },
  {
    name: "express-for-stripe",
    about: "A handler made for Stripe",
    software: express,
    start: (place) =>
      expressWith(
        place,
        `app.post("/in", (request, response) => response.status(400).send("Webhook Error: No stripe-signature header value was provided."))`,
      ),
    expected: "other_sender_expected",
  },
  {
    name: "express-5-unparsed-body",
    about: "Express 5 reads a field of a body that nobody parsed",
    software: express,
    start: (place) =>
      expressWith(place, `app.post("/in", (request, response) => response.json({ id: request.body.id }))`),
    expected: "field_not_there",
  },
  {
    name: "express-4-unparsed-body",
    about: "Express 4 answers with the body that nobody parsed",
    software: express4,
    start: (place) =>
      express4With(place, `app.post("/in", (request, response) => response.json({ ...request.body }))`),
    expected: null,
  },
  {
    name: "express-4-crash",
    about: "Express 4, and the handler fails",
    software: express4,
    start: (place) =>
      express4With(place, `app.post("/in", (request, response) => response.json({ id: request.body.id }))`),
    expected: "field_not_there",
  },
  {
    name: "fastify-get-only",
    about: "Fastify has that path for GET alone",
    software: fastify,
    start: (place) => fastifyWith(place, "", `app.get("/in", async () => "ok")`),
    expected: "no_post_route",
  },
  {
    name: "fastify-body-too-large",
    about: "Fastify takes bodies of up to 100 bytes",
    software: fastify,
    start: (place) => fastifyWith(place, "{ bodyLimit: 100 }", `app.post("/in", async () => "ok")`),
    expected: "body_too_large",
  },
  {
    name: "fastify-field-missing",
    about: "Fastify's schema requires a field that events do not have",
    software: fastify,
    start: (place) =>
      fastifyWith(
        place,
        "",
        `app.post("/in", { schema: { body: { type: "object", required: ["event"], properties: { event: { type: "string" } } } } }, async () => "ok")`,
      ),
    expected: "field_wanted",
  },
  {
    name: "fastify-no-parser",
    about: "Fastify takes forms alone",
    software: fastify,
    start: (place) =>
      fastifyWith(place, "", `app.removeAllContentTypeParsers(); app.post("/in", async () => "ok")`),
    expected: "json_refused",
  },
  {
    name: "koa-no-answer",
    about: "A Koa handler that sets no answer",
    software: koa,
    start: (place) => koaWith(place, "koa", "app.use(async () => {})"),
    expected: "handler_without_answer",
  },
  {
    name: "koa-2-no-answer",
    about: "A Koa 2 handler that sets no answer",
    software: koa2,
    start: (place) => koaWith(place, "koa-2", "app.use(async () => {})"),
    expected: "handler_without_answer",
  },
  {
    name: "hono-no-route",
    about: "Hono has that path for GET alone",
    software: hono,
    start: (place) => honoWith(place, `app.get("/in", (c) => c.text("ok"))`),
    expected: "no_post_route",
  },
  {
    name: "hono-no-answer",
    about: "A Hono middleware that sets no answer",
    software: hono,
    start: (place) => honoWith(place, `app.use("/in", async (c, next) => { await next(); })`),
    expected: "no_post_route",
  },
  {
    name: "hapi-body-too-large",
    about: "hapi takes bodies of up to 100 bytes",
    software: hapi,
    start: (place) =>
      hapiWith(
        place,
        `app.route({ method: "POST", path: "/in", options: { payload: { maxBytes: 100 } }, handler: () => "ok" })`,
      ),
    expected: "body_too_large",
  },
  {
    name: "nest-get-only",
    about: "Nest has that path for GET alone",
    software: [npm("Nest", "@nestjs/core")],
    start: (place) =>
      nodeWith(
        place,
        `import "reflect-metadata"; import { Module, Controller, Get } from "@nestjs/common"; import { NestFactory } from "@nestjs/core";
        class Hooks { get() { return "ok"; } }
        Get("in")(Hooks.prototype, "get", Object.getOwnPropertyDescriptor(Hooks.prototype, "get")); Controller()(Hooks);
        class App {} Module({ controllers: [Hooks] })(App);
        const app = await NestFactory.create(App, { logger: false }); await app.listen(process.env.PORT, "127.0.0.1");`,
      ),
    expected: "no_post_route",
  },
  {
    name: "vite-allowed-hosts",
    about: "Vite's development server, and the host is not in allowedHosts",
    software: [npm("Vite")],
    start: (place) =>
      tunnelled(
        place,
        `import { createServer } from "vite";
        const server = { port: Number(process.env.PORT), host: "127.0.0.1" };
        const vite = await createServer({ root: import.meta.dirname, configFile: false, server });
        await vite.listen();`,
      ),
    expected: "host_not_allowed",
  },
  {
    name: "webpack-allowed-hosts",
    about: "webpack's development server, and the host is not in allowedHosts",
    software: [npm("webpack-dev-server")],
    start: (place) => {
      place.write("entry.js", "");
      return tunnelled(
        place,
        `import webpack from "webpack"; import Server from "webpack-dev-server";
        const compiler = webpack({ mode: "development", context: import.meta.dirname, entry: "./entry.js" });
        await new Server({ port: process.env.PORT, host: "127.0.0.1", hot: false, client: false }, compiler).start();`,
      );
    },
    expected: "host_not_allowed",
  },
  {
    name: "serve-single-page-application",
    about: "serve -s answers every path with the page of an application",
    software: [npm("serve")],
    start: async (place) => {
      const port = await place.port();
      place.write("site/index.html", "<!doctype html><title>Northwind</title><div id=root></div>");
      await place.run(
        process.execPath,
        ["node_modules/serve/build/main.js", "-s", "site", "-l", `tcp://127.0.0.1:${port}`],
        { port },
      );
      return `${await place.behindTls(port)}/in`;
    },
    expected: "looks_like_page",
  },
  {
    name: "next-get-only",
    about: "Next's route has GET alone",
    software: [npm("Next.js", "next")],
    start: async (place) => {
      const port = await place.port();
      place.write("package.json", "{}");
      place.write("app/in/route.js", `export const GET = () => new Response("ok");`);
      place.write(
        "app/layout.js",
        "export default function Layout({ children }) { return <html><body>{children}</body></html>; }",
      );
      await place.run(
        process.execPath,
        ["node_modules/next/dist/bin/next", "dev", "-p", String(port), "-H", "127.0.0.1"],
        { port, env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "development" } },
      );
      await fetch(`http://127.0.0.1:${port}/in`); // it compiles what is asked for first
      return `${await place.behindTls(port)}/in`;
    },
    expected: "post_not_allowed",
  },
  {
    name: "websocket-server",
    about: "A WebSocket server",
    software: [npm("ws")],
    start: (place) =>
      nodeWith(
        place,
        `import { WebSocketServer } from "ws"; new WebSocketServer({ port: process.env.PORT, host: "127.0.0.1" });`,
      ),
    expected: "websocket_endpoint",
  },
  {
    name: "graphql-endpoint",
    about: "A GraphQL endpoint",
    software: [npm("graphql-http")],
    start: (place) =>
      nodeWith(
        place,
        `import { createServer } from "node:http"; import { createHandler } from "graphql-http/lib/use/http"; import { buildSchema } from "graphql";
        createServer(createHandler({ schema: buildSchema("type Query { ok: Boolean }") })).listen(process.env.PORT, "127.0.0.1");`,
      ),
    expected: "graphql_endpoint",
  },
  {
    name: "node-handled",
    about: "Node answers 200 with nothing",
    software: [node],
    start: (place) =>
      nodeWith(
        place,
        `import { createServer } from "node:http"; createServer((request, response) => response.end()).listen(process.env.PORT, "127.0.0.1");`,
      ),
    expected: null,
  },
];
