# One image for every role: `node dist/supervisor.mjs` is all of Fanfare on one machine, `node dist/web.mjs` and
# `node dist/worker.mjs` are its parts beside Postgres. See docs/deploy.md.
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
# Only its path matters, which Next writes into what it builds: https://example.com/fanfare needs an image of its own.
ARG PUBLIC_URL=""
RUN npm run build
# One of the two folders is empty. Of the packages, what only builds, or is built in, is half of the size.
RUN mkdir -p .next .next-at \
  && rm -rf .next/cache .next-at/*/cache node_modules/.cache \
  && cd node_modules \
  && rm -rf @esbuild esbuild @img sharp @next/swc-* @tailwindcss lightningcss* tailwindcss @typescript typescript \
    lucide-react marked lowlight highlight.js better-sqlite3/deps better-sqlite3/src

FROM node:${NODE_VERSION}-bookworm-slim
# Two allocator arenas and a young generation of 16 MiB are what `npm start` gives its processes.
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=3000 \
  DATA_DIR=/data \
  MALLOC_ARENA_MAX=2 \
  NODE_OPTIONS=--max-semi-space-size=16
RUN install -d -o 1000 -g 1000 -m 700 /data
WORKDIR /app
# It all stays root's: the processes write to /data and /tmp alone.
COPY --from=build /app/package.json /app/next.config.mjs ./
COPY --from=build /app/scripts/base-path.mjs ./scripts/base-path.mjs
COPY --from=build /app/db/sqlite/migrations ./db/sqlite/migrations
COPY --from=build /app/db/sqlite/connection/checkpoint-thread.mjs ./db/sqlite/connection/checkpoint-thread.mjs
COPY --from=build /app/db/postgres/migrations ./db/postgres/migrations
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next-at ./.next-at
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
USER 1000:1000
VOLUME /data
EXPOSE 3000
# Alive, not ready: who restarts what is unhealthy must not do so because the database is away.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Run it with an init (`docker run --init`): that also ends what a killed child has left behind.
CMD ["node", "dist/supervisor.mjs"]
