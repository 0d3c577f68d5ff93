import type { Connection } from "@/db/sqlite/connection/connection";
import { sqliteStore } from "@/db/sqlite/store";
import type { Store } from "@/db/store";
import { type Dice, hash } from "./dice";
import { drawFault, type FaultRates, StoreFault } from "./faults";
import type { Life } from "./life";
import type { Context, Moment } from "./model/context";
import { type Call, committed, rememberFor } from "./model/model";
import { type Rows, rowsOf } from "./model/rows";
import { type Model, workerOf } from "./model/state";
import type { Tape, TapedCall } from "./tape";
import type { VirtualTime } from "./time";

/** What a database connection and the processes that share it look out from. */
export type Outlook = {
  time: VirtualTime;
  model: Model;
  dice: Dice;
  faultRates: () => FaultRates;
  trace: Trace;
  tape: Tape | null;
};

/** A running digest of a history: equal seeds give equal ones. */
export class Trace {
  digest = 0;
  add(text: string): void {
    this.digest = hash(text, this.digest || undefined);
  }
}

/** They also write later than when they are called. Of these, one at a time. */
const lateVerbs: (keyof Store)[] = ["startRecovery", "cancelPending", "replayEvents"];

type Asked = Call & Moment & { isCommitted: boolean; taped?: TapedCall };

/** The real store on a connection whose every commit the model follows. */
export class SeenStore {
  readonly rows: Rows;
  private inner: Store;
  /** Which call a write belongs to: the one that is being made, else the late one that is under way. */
  private asked: Asked | null = null;
  private late: Asked | null = null;
  private lateOnes: Promise<unknown> = Promise.resolve();
  private processes = 0;

  constructor(
    readonly name: string,
    readonly connection: Connection,
    private readonly outlook: Outlook,
  ) {
    this.rows = rowsOf(connection);
    this.inner = this.open();
  }

  /** A new process prepares everything anew. */
  reopen(): void {
    this.inner = this.open();
  }

  /** The store as one process sees it: only while it lives, and with what goes wrong on the way. */
  seenBy(life: Life, workerId: string | null): Store {
    const verbs = Object.keys(this.inner) as (keyof Store)[];
    const seen = verbs.map((verb) => [verb, (...args: unknown[]) => this.call(life, workerId, verb, args)]);
    return {
      ...(Object.fromEntries(seen) as Store),
      onChange: (listener) => this.inner.onChange(() => life.isAlive && listener()),
    };
  }

  private open(): Store {
    this.processes += 1;
    return sqliteStore({ ...this.connection, write: (body) => this.write(body) });
  }

  private async call(life: Life, workerId: string | null, verb: keyof Store, args: unknown[]) {
    const { time, model, dice, faultRates } = this.outlook;
    const fault = drawFault(dice, faultRates(), verb);
    const worker = workerId === null ? null : workerOf(model, workerId);
    const feel = () => {
      if (!worker || (fault.delayMs === 0 && !fault.fails)) return;
      worker.troubledAtMs = Math.max(worker.troubledAtMs, time.elapsedMs);
    };
    feel();
    const asked: Asked = {
      verb,
      args,
      at: time.clock(),
      caps: new Map(worker?.caps),
      targets: null,
      waiting: null,
      isCommitted: false,
    };
    if (fault.delayMs > 0) await time.pause(fault.delayMs);
    if (!life.isAlive) await life.turn();
    if (fault.fails === "before") throw new StoreFault(`${verb} failed, and nothing was done`);
    const result = await this.ask(asked);
    feel();
    if (verb === "publishEvents" && !asked.isCommitted) {
      model.blame(1, "events were acknowledged before they were committed");
    }
    if (!life.isAlive) await life.turn();
    if (fault.fails === "after") throw new StoreFault(`${verb} failed, and everything was done`);
    return result;
  }

  private ask(asked: Asked): unknown {
    if (!lateVerbs.includes(asked.verb)) return this.begin(asked);
    const asking = this.lateOnes.then(async () => {
      this.late = asked;
      try {
        return await this.begin(asked);
      } finally {
        this.late = null;
      }
    });
    this.lateOnes = asking.catch(() => {});
    return asking;
  }

  private begin(asked: Asked): unknown {
    const verb = this.inner[asked.verb] as (...args: unknown[]) => unknown;
    this.asked = asked;
    const { model, time, tape } = this.outlook;
    Object.assign(asked, { at: time.clock(), ...rememberFor(model, asked) });
    const taped = tape?.begin(`${this.name} ${this.processes}`, asked.verb, asked.args);
    asked.taped = taped?.call;
    try {
      const answer = verb(...(taped?.args ?? asked.args));
      return taped ? keepAnswer(taped.call, answer) : answer;
    } finally {
      this.asked = null;
    }
  }

  private write<T>(body: () => T): Promise<T> {
    const asked = this.asked ?? this.late; // no other verb writes later than it is called
    return this.connection.write(() => {
      if (!asked) throw new Error("Somebody writes whom nobody asked.");
      return this.follow(asked, body);
    });
  }

  private follow<T>(asked: Asked, body: () => T): T {
    const { model, time, trace, tape } = this.outlook;
    if (asked.taped && !asked.isCommitted) tape?.placeWrite(asked.taped, asked.args);
    const before = this.rows.changes();
    const context = { model, rows: this.rows, now: time.clock(), asked };
    let result: T;
    try {
      result = body();
    } catch (error) {
      const refused = (error as { result?: unknown }).result;
      asked.isCommitted = true;
      if (refused === undefined) surprise(model, asked, error as Error);
      else this.judge(context, asked, refused);
      throw error;
    }
    asked.isCommitted = true;
    const isQuietUpkeep = asked.verb === "maintain" && this.rows.changes() === before;
    if (!isQuietUpkeep) this.judge(context, asked, result);
    trace.add(`${asked.verb} ${time.elapsedMs} ${this.rows.changes() - before}`);
    return result;
  }

  /** A model that stumbles is a finding too, and must not undo the transaction. */
  private judge(context: Context, asked: Asked, result: unknown): void {
    try {
      committed(context, asked, result);
    } catch (error) {
      context.model.blame(0, `the model stumbled over ${asked.verb}: ${(error as Error).stack}`);
    }
  }
}

async function keepAnswer(call: TapedCall, answer: unknown): Promise<unknown> {
  try {
    const result = await answer;
    call.result = structuredClone(result);
    return result;
  } catch (error) {
    call.threw = true;
    throw error;
  }
}

/** No command of ours may make the store throw, but one for a customer who has just been deleted. */
function surprise(model: Model, { verb, args }: Call, error: Error): void {
  const made = args[0] as { customerId?: string } | undefined;
  const isLate = verb === "createWebhook" && model.customers.get(made?.customerId ?? "")?.isDeleted;
  if (!isLate) model.blame(26, `${verb} threw: ${error.message}`);
}
