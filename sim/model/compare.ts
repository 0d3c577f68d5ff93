import type { Context } from "./context";
import { compareHook } from "./health";
import { pendingOf } from "./state";

/** Compares all rows with the model. */
export function compareRows({ model, rows, now }: Context): void {
  const current = rows.deliveries();
  if (current.length !== model.deliveries.size) {
    model.blame(1, `there are ${current.length} deliveries, and should be ${model.deliveries.size}`);
  }
  for (const row of current) {
    const delivery = model.deliveries.get(row.key);
    if (!delivery) continue;
    const { status, token, attempts, tries, probes, lostInARow, endedAt } = delivery;
    const state = `${status} ${token} ${attempts.length} ${tries} ${probes} ${lostInARow}`;
    const expected = endedAt === null ? state : `${state} ${endedAt}`;
    if (row.state !== expected) {
      model.blame(3, `delivery ${row.key} is (${row.state}), and should be (${expected})`);
    }
    if ((row.refusal?.slice(0, 3) ?? null) !== delivery.refusedWith) {
      model.blame(30, `delivery ${row.key} was refused with ${row.refusal}, not ${delivery.refusedWith}`);
    }
    if (row.status !== "pending") continue;
    if (row.signs_with !== delivery.second) {
      model.blame(
        13,
        `delivery ${row.key} goes on with the ${row.signs_with} secret, not ${delivery.second}`,
      );
    }
    if (row.due_at !== delivery.dueAt) {
      model.blame(7, `delivery ${row.key} is due ${row.due_at - delivery.dueAt} ms off`);
    }
    if (row.leased_by !== (delivery.lease?.worker.id ?? null)) {
      model.blame(8, `delivery ${row.key} is leased by ${row.leased_by}`);
    }
  }
  for (const row of rows.hooks()) {
    const hook = model.hooks.get(row.key);
    if (!hook || hook.isDeleted) continue;
    compareHook(model, hook, now, row);
    const pending = pendingOf(model, hook).length;
    if (row.pending !== pending) model.blame(24, `webhook ${hook.id} counts ${row.pending} of ${pending}`);
  }
}

/** Attempts are numbered 1 to n, with what came of each. */
export function compareAttempts({ model, rows }: Context): void {
  const found = new Map<number, string[]>();
  for (const row of rows.attempts()) {
    const own = found.get(row.delivery_key) ?? [];
    found.set(row.delivery_key, [...own, `${row.number} ${row.reason} ${row.status_code ?? row.error_code}`]);
  }
  for (const { key, attempts } of model.deliveries.values()) {
    const should = attempts.map(({ reason, code }, index) => `${index + 1} ${reason} ${code}`).join();
    const is = (found.get(key) ?? []).join();
    if (is !== should) model.blame(6, `delivery ${key} has attempts ${is}, and should have ${should}`);
  }
}

type Counted = {
  delivered: number;
  failed: number;
  codes: Record<string, number>;
  latency: Record<string, number>;
};

/** The charts' numbers equal a recount of the attempts, latency in steps of a quarter of a doubling. */
export function compareCounters({ model, rows }: Context): void {
  const should = new Map<string, Counted>();
  for (const { hook, startedAt, code, durationMs } of model.counted) {
    if (hook.isDeleted) continue;
    const name = `${hook.key} ${Math.floor(startedAt / hourMs) * hourMs}`;
    const counters = should.get(name) ?? { delivered: 0, failed: 0, codes: {}, latency: {} };
    should.set(name, counters);
    counters.codes[code] = (counters.codes[code] ?? 0) + 1;
    if (!/^2/.test(code)) {
      counters.failed += 1;
      continue;
    }
    const step = Math.max(0, Math.ceil(4 * Math.log2(Math.max(1, durationMs))));
    counters.delivered += 1;
    counters.latency[step] = (counters.latency[step] ?? 0) + 1;
  }
  for (const row of rows.rollups()) {
    if (model.hooks.get(row.webhook_key)?.isDeleted !== false) continue;
    const { delivered, failed, codes, latency } = JSON.parse(row.counters) as Counted;
    const name = `${row.webhook_key} ${row.start}`;
    const expected = JSON.stringify(should.get(name) ?? null);
    should.delete(name);
    if (JSON.stringify({ delivered, failed, codes, latency }) !== expected) {
      model.blame(24, `the charts of ${name} say ${row.counters}, and should say ${expected}`);
    }
  }
  if (should.size > 0) model.blame(24, `the charts leave out ${[...should.keys()]}`);
}

const hourMs = 60 * 60_000;
