import { Pool } from "undici";

/** What the peer is to do. Its answer is how many requests it made a second. */
export type BareLoop = {
  origin: string;
  paths: string[];
  connectionsPerPath: number;
  headers: Record<string, string>;
  body: string;
  seconds: number;
};

/*
 * The peer: nothing but undici, posting the same body to the same receiver over as many connections. It claims
 * nothing, signs nothing, records nothing, and forgets everything when it ends.
 */
process.once("message", async (loop: BareLoop) => {
  const endAt = performance.now() + loop.seconds * 1_000;
  let count = 0;
  const post = async (pool: Pool, path: string) => {
    while (performance.now() < endAt) {
      const { body } = await pool.request({ method: "POST", path, headers: loop.headers, body: loop.body });
      await body.dump();
      count += 1;
    }
  };
  const pools = loop.paths.map((path) => ({
    path,
    pool: new Pool(loop.origin, { connections: loop.connectionsPerPath }),
  }));
  const startedAt = performance.now();
  await Promise.all(
    pools.flatMap(({ pool, path }) =>
      Array.from({ length: loop.connectionsPerPath }, () => post(pool, path)),
    ),
  );
  process.send?.(count / ((performance.now() - startedAt) / 1_000));
  await Promise.all(pools.map(({ pool }) => pool.close()));
  process.disconnect();
});
