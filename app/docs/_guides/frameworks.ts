import type { Guide } from "./guide";

type Framework = { slug: string; name: string; file: string; trap: string };

/** The receivers of examples/, each with what goes wrong there when one does not know. */
const frameworks: Framework[] = [
  {
    slug: "receive-next",
    name: "Next",
    file: "examples/next/app/hooks/route.ts",
    trap: "A route handler has the bytes as long as nobody asks for `request.json()`: ask for `text()`, and parse after the check. In `pages/api` Next parses before your code runs: there, export `config = { api: { bodyParser: false } }` and read the stream.",
  },
  {
    slug: "receive-express-5",
    name: "Express 5",
    file: "examples/express-5.ts",
    trap: "`express.json()` for the whole app leaves an object, and `JSON.stringify` of that is not what was signed. Give the route `express.raw()`, and register it before `express.json()`: whatever parses first wins.",
  },
  {
    slug: "receive-express-4",
    name: "Express 4",
    file: "examples/express-4.ts",
    trap: "As in Express 5, the route needs `express.raw()` before `express.json()`. Express 4 also waits for no promise: what an async handler throws is an unhandled rejection, and the request hangs until Fanfare gives up. Pass errors to `next`.",
  },
  {
    slug: "receive-fastify",
    name: "Fastify 5",
    file: "examples/fastify.ts",
    trap: "Fastify parses JSON before a handler runs. A plugin has content type parsers of its own: take the bytes as a buffer there, and leave the rest of the app as it is.",
  },
  {
    slug: "receive-hono",
    name: "Hono",
    file: "examples/hono.ts",
    trap: "`context.req.text()` is what came only while nothing has asked for `json()` before, a validator for example: after that it is the parsed value, printed again. Register the route before such middleware.",
  },
  {
    slug: "receive-koa",
    name: "Koa",
    file: "examples/koa.ts",
    trap: "Koa reads no body by itself; koa-bodyparser and the like do, and a stream can be read once. Put the receiver before them.",
  },
  {
    slug: "receive-nest",
    name: "NestJS",
    file: "examples/nest.ts",
    trap: "Nest parses before a controller runs. `NestFactory.create(AppModule, { rawBody: true })` keeps the bytes beside what it parsed, as `request.rawBody`. Without it there is nothing left to check, and `@Body()` alone is never enough. Nest answers a POST with 201, which counts as delivered too; 204 says that nothing follows.",
  },
];

export const frameworkGuides: Guide[] = frameworks.map(({ slug, name, file, trap }) => ({
  slug,
  title: `Receive in ${name}`,
  summary: `A receiver in ${name} that checks signatures, and its trap.`,
  text: guideOf(name, file, trap),
}));

function guideOf(name: string, file: string, trap: string): string {
  return `# Receive in ${name}

The signature is made over the bytes of the body, so it has to be checked before anything parses them.

**The trap.** ${trap}

\`\`\`ts file=${file}
\`\`\`
${handleOf(file)}
## Run it

In a checkout of Fanfare, which packs [fanfare-client](/docs/for-programs):

\`\`\`sh
${commandsOf(file)}
\`\`\`

It answers on plain HTTP, on 127.0.0.1: in front of it stands whatever ends TLS for you.

## Try it

1. What nobody signed is refused with 401:
   \`\`\`sh
   curl -i -X POST http://127.0.0.1:4000/hooks -H "Content-Type: application/json" -d '{}'
   \`\`\`
2. Press **Send test** beside the webhook. The answer, 204, is there within a second.
3. A 401 where you expected none: the [signature helper](/dashboard/signature) says what is wrong with it.

A test starts this very file, and lets Fanfare deliver to it: what is signed, what somebody changed on the way, and what nobody signed.
`;
}

function isNext(file: string): boolean {
  return file.startsWith("examples/next/");
}

/** What most of the examples hand an event on to. */
function handleOf(file: string): string {
  if (isNext(file)) return "";
  return `
What your application does with an event, by its type:

\`\`\`ts file=examples/handle.ts
\`\`\`
`;
}

function commandsOf(file: string): string {
  const install = "npm run client\nnpm ci --prefix examples";
  const environment = 'PORT=4000 WEBHOOK_SECRET="$SECRET"';
  if (isNext(file))
    return `${install}\n${environment} npx next dev examples/next --port 4000 --hostname 127.0.0.1`;
  const built = file.replace("examples/", "examples/dist/").replace(/ts$/, "js");
  return `${install} && node node_modules/typescript/bin/tsc -p examples\n${environment} node ${built}`;
}
