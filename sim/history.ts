import { randomBytes } from "node:crypto";
import { Agents } from "./agents";
import { Commands } from "./commands";
import { type Database, openInMemory, openOnFile } from "./database";
import { createDice, type Dice } from "./dice";
import { noFaults, someFaults } from "./faults";
import { Life } from "./life";
import { lookAround } from "./look";
import { judgeAgents } from "./model/agents";
import { compareAttempts, compareCounters, compareRows } from "./model/compare";
import { createModel } from "./model/model";
import { judgeEnd, judgeWaiting, nextWorkAt } from "./model/progress";
import { count, type Model, type Settings, workerOf } from "./model/state";
import { Processes } from "./processes";
import { Receivers } from "./receivers";
import { type Action, actions, day, drawSettings, faultyActions } from "./script";
import { SeenStore, Trace } from "./seen-store";
import { Tape, type TapedCall } from "./tape";
import { VirtualTime } from "./time";

export type Violation = { invariant: number; sentence: string; step: number };

export type RunResult = {
  seed: number;
  steps: number;
  violations: Violation[];
  /** How often what happened. */
  counts: Record<string, number>;
  digest: number;
  virtualMs: number;
  tape: TapedCall[] | null;
};

/**
 * One history of a Fanfare with faults, then without, then until everything has ended, all of it drawn from the seed. It replaces
 * the timers of the thread that it runs in. When it is taped, one connection serves all, so that one call comes after
 * the other.
 */
export async function runSeed(seed: number, steps: number, isTaped = false): Promise<RunResult> {
  const history = new History(seed, steps, isTaped);
  return history.run();
}

/** Every commit is judged when it happens; all rows only now and then, for what no verb told of. */
const compareEvery = 5;
/** A tape holds what people see now and then. */
const lookEvery = 25;

/** A fifth of them, so that those in which something was found once are as they were, and all that are taped. */
const hasAgents = (seed: number) => seed % 5 === 2;

class History {
  private readonly violations: Violation[] = [];
  private readonly time = new VirtualTime();
  private readonly dice: Dice;
  private readonly settings: Settings;
  private readonly model: Model;
  private readonly database: Database;
  private readonly web: SeenStore;
  private readonly workerStore: SeenStore;
  private readonly receivers: Receivers;
  private readonly processes: Processes;
  private readonly commands: Commands;
  private readonly agents: Agents | null;
  private readonly trace = new Trace();
  private readonly tape: Tape | null;
  private faultRates = noFaults;
  private isWithoutFaults = false;
  private step = 0;
  private compared = 0;

  constructor(
    private readonly seed: number,
    private readonly steps: number,
    isTaped: boolean,
  ) {
    const { time, trace } = this;
    this.dice = createDice(seed, "script");
    time.install(createDice(seed, "backoff").next);
    this.settings = drawSettings(this.dice);
    this.model = createModel(
      this.settings,
      () => time.elapsedMs,
      (invariant, sentence) => this.violations.push({ invariant, sentence, step: this.step }),
    );
    const { model, settings } = this;
    this.database = this.dice.chance(1 / 8) && !isTaped ? openOnFile(time.clock) : openInMemory(time.clock);
    this.tape = isTaped ? new Tape(time) : null;
    const outlook = {
      time,
      model,
      trace,
      tape: this.tape,
      dice: createDice(seed, "faults"),
      faultRates: () => this.faultRates,
    };
    const { web, worker } = this.database;
    this.web = new SeenStore("web", web, outlook);
    this.workerStore = worker === web ? this.web : new SeenStore("worker", worker, outlook);
    this.receivers = new Receivers(createDice(seed, "receivers"), time, model, trace);
    const ring = [{ id: "k1", key: randomBytes(32) }];
    const store = this.web.seenBy(new Life(), null);
    const shared = { time, model, ring, store, receivers: this.receivers };
    this.processes = new Processes({
      ...shared,
      settings,
      workerStore: this.workerStore,
      dice: createDice(seed, "processes"),
      log: (detail, message) => this.hear(detail, message),
    });
    this.commands = new Commands({ ...shared, dice: createDice(seed, "commands") });
    this.agents =
      hasAgents(seed) || isTaped ? new Agents({ ...shared, dice: createDice(seed, "agents") }) : null;
  }

  async run(): Promise<RunResult> {
    const { dice, commands, processes } = this;
    const onSurprise = (error: unknown) => this.model.blame(26, `nobody caught: ${(error as Error).stack}`);
    process.on("unhandledRejection", onSurprise);
    try {
      await commands.begin();
      this.faultRates = someFaults;
      for (let n = dice.between(1, 2); n > 0; n -= 1) processes.start();
      await this.withFaults(Math.round(this.steps * 0.7));
      await this.endFaults();
      await this.withoutFaults(Math.round(this.steps * 0.3));
      await this.runToEnd();
    } catch (error) {
      if (this.violations.length === 0) throw error;
    } finally {
      process.off("unhandledRejection", onSurprise);
      this.database.close();
    }
    return {
      seed: this.seed,
      steps: this.step,
      violations: this.violations,
      counts: this.model.counts,
      digest: this.trace.digest,
      virtualMs: this.time.elapsedMs,
      tape: this.tape?.calls ?? null,
    };
  }

  private async withFaults(steps: number): Promise<void> {
    for (let n = 0; n < steps && !this.isOver(); n += 1) {
      this.step += 1;
      await this.act(this.dice.weigh(faultyActions));
      if (this.step % compareEvery === 0) this.compare();
      await this.lookForTape();
    }
  }

  /** What began before may still go wrong for a while. */
  private async endFaults(): Promise<void> {
    this.faultRates = noFaults;
    this.processes.calm();
    await this.time.pass(20_000, this.isOver);
    this.processes.calm();
    this.isWithoutFaults = true;
  }

  private async withoutFaults(steps: number): Promise<void> {
    for (let n = 0; n < steps && !this.isOver(); n += 1) {
      this.step += 1;
      await this.act(this.dice.weigh(actions));
      if (this.step % compareEvery === 0) this.compare();
      this.judgeWaiting();
      await this.lookForTape();
    }
  }

  /** Everybody is well now: whatever can end ends in time. */
  private async runToEnd(): Promise<void> {
    const { commands, model, time, receivers } = this;
    if (this.isOver()) return;
    receivers.areWell = true;
    commands.activateAll();
    await this.passTime(this.settings.leaseMs); // what is in flight may still fail, or change a webhook
    commands.activateAll();
    await this.passTime(1_000);
    const endsAt = this.lastWorkAt() + this.settings.leaseMs + 15 * 60_000;
    for (let next = nextWorkAt(model); next !== null && !this.isOver(); next = nextWorkAt(model)) {
      if (time.clock() > endsAt) break;
      const isIdle = [...model.workers.values()].every(({ flying }) => flying.size === 0);
      const leapMs = next - time.clock() - 1_100;
      if (isIdle && leapMs > 1_000) time.sleep(leapMs);
      await this.passTime(600);
    }
    await this.passTime(3_000);
    this.compare();
    const context = this.context();
    judgeEnd(context);
    judgeAgents(context);
    compareAttempts(context);
    compareCounters(context);
    this.findSecrets();
    if (this.dice.chance(0.25)) await this.outlastRetention();
  }

  private async lookForTape(): Promise<void> {
    if (!this.tape || this.step % lookEvery !== 0) return;
    const { faultRates } = this;
    this.faultRates = noFaults;
    let isLooking = true;
    const looking = lookAround(this.web.seenBy(new Life(), null), this.model, this.time.clock());
    looking.finally(() => {
      isLooking = false;
    });
    while (isLooking) await this.time.pass(1, this.isOver); // long reads make pauses
    await looking;
    this.faultRates = faultRates;
  }

  private lastWorkAt(): number {
    const pending = [...this.model.deliveries.values()].filter(({ status }) => status === "pending");
    const dues = pending.map(({ dueAt, hook }) =>
      Math.max(dueAt, hook.open?.probeAt ?? 0, hook.pause?.until ?? 0),
    );
    return Math.max(this.time.clock(), ...dues);
  }

  /** Long after, all that ended is gone. */
  private async outlastRetention(): Promise<void> {
    const { time, model, settings } = this;
    time.sleep(settings.retentionMs + day);
    await time.pass(70_000, this.isOver);
    this.compare();
    const left = [...model.deliveries.values()].filter(({ status }) => status !== "pending");
    const old = left.filter(({ endedAt }) => (endedAt ?? 0) < time.clock() - settings.retentionMs - day / 2);
    if (old.length > 0) model.blame(23, `${old.length} deliveries are kept for ever`);
  }

  /** No secret that a customer wrote is in the database as it was written. */
  private findSecrets(): void {
    const bytes = this.web.connection.sqlite.serialize();
    for (const plain of this.model.plainOf.values()) {
      if (plain !== null && bytes.includes(plain)) this.model.blame(14, `the database holds ${plain}`);
    }
  }

  private async act(action: Action): Promise<void> {
    const { commands, processes, dice, time } = this;
    const acts: Record<Action, () => void | Promise<void>> = {
      moment: () => this.passTime(dice.between(1, 400)),
      while: () => this.passTime(dice.between(400, 2_500)),
      sleep: () => this.sleep(),
      publish: () => commands.publish(),
      edit: () => commands.edit(),
      rotate: () => commands.rotate(),
      pause: () => commands.pause(),
      resume: () => commands.resume(),
      create: () => commands.create(),
      remove: () => commands.remove(),
      removeCustomer: () => commands.removeCustomer(),
      redeliver: () => commands.redeliver(),
      recover: () => commands.recover(),
      giveUp: () => commands.giveUp(),
      test: () => commands.test(),
      changeReceiver: () => commands.changeReceiver(),
      stranger: () => commands.stranger(),
      platform: () => commands.platform(),
      kill: () => processes.kill(),
      freeze: () => processes.freeze(),
      restart: () => void processes.restart(),
      jump: () => this.jump(),
      lock: () => this.lock(),
    };
    await acts[action]();
    this.agents?.act();
    await time.pass(dice.between(0, 20), this.isOver);
  }

  /** Time passes in small pieces, so that patience can be judged. */
  private async passTime(ms: number): Promise<void> {
    for (let left = ms; left > 0 && !this.isOver(); left -= 1_000) {
      await this.time.pass(Math.min(left, 1_000), this.isOver);
      if (this.isWithoutFaults) this.judgeWaiting();
    }
  }

  private judgeWaiting(): void {
    const alive = this.processes.running.map(({ id }) => workerOf(this.model, id));
    judgeWaiting(this.model, this.time.clock(), alive);
  }

  /** The machine sleeps: seconds to days. */
  private sleep(): void {
    const { dice, time, processes } = this;
    processes.troubleAll();
    time.sleep(dice.pick([10_000, 60_000, 600_000, 2 * 60 * 60_000, day, dice.chance(0.3) ? 6 * day : day]));
    processes.troubleAll();
  }

  private jump(): void {
    this.processes.troubleAll();
    this.time.jumpWall(this.dice.pick([-1, 1]) * 60 * 60_000);
    count(this.model, "clock jumps");
  }

  /** Somebody else writes for a while. */
  private lock(): void {
    const unlock = this.database.lock?.();
    if (!unlock) return;
    this.processes.troubleAll();
    this.time.after(this.dice.pick([3, 40, 700, 4_000, 11_000]), () => {
      this.processes.troubleAll();
      unlock();
    });
  }

  private hear(detail: object, message: string): void {
    const text = `${message} ${(detail as { err?: Error }).err?.message}`;
    if (this.isWithoutFaults && !message.startsWith("An attempt failed"))
      this.model.blame(26, `the log says: ${text}`);
    for (const plain of this.model.plainOf.values()) {
      if (plain !== null && text.includes(plain)) this.model.blame(14, "the log tells a secret");
    }
  }

  /** Compares everything, if anything was written since the last time. */
  private compare(): void {
    const written = this.web.rows.changes() + this.workerStore.rows.changes();
    if (this.isOver() || written === this.compared) return;
    this.compared = written;
    compareRows(this.context());
  }

  private context() {
    const now = this.time.clock();
    return {
      model: this.model,
      rows: this.web.rows,
      now,
      asked: { at: now, caps: new Map(), targets: null, waiting: null },
    };
  }

  private readonly isOver = () => this.violations.length > 0;
}
