import type { Store } from "@/db/store";
import type { KeyRing } from "@/domain/webhook/seal";
import { createEngine, type Engine } from "@/server/engine/engine";
import type { Dice } from "./dice";
import { Life } from "./life";
import { count, type Model, type Settings, workerOf } from "./model/state";
import type { Receivers } from "./receivers";
import type { SeenStore } from "./seen-store";
import type { VirtualTime } from "./time";

type WorkerProcess = { id: string; life: Life; engine: Engine };

export type Machine = {
  time: VirtualTime;
  model: Model;
  dice: Dice;
  settings: Settings;
  ring: KeyRing;
  receivers: Receivers;
  /** The worker's connection, and the supervisor's way to the store. */
  workerStore: SeenStore;
  store: Store;
  log: (detail: object, message: string) => void;
};

/** The worker processes of a simulated machine, and what may happen to them. */
export class Processes {
  readonly running: WorkerProcess[] = [];
  private started = 0;

  constructor(private readonly machine: Machine) {}

  start(): void {
    const { machine } = this;
    const { settings, time, dice } = machine;
    this.started += 1;
    const id = `worker-${this.started}`;
    const life = new Life();
    if (dice.chance(0.3)) machine.workerStore.reopen();
    const engine = createEngine({
      store: machine.workerStore.seenBy(life, id),
      sender: machine.receivers.senderOf(life, id, settings.timeoutMs),
      ring: machine.ring,
      version: "sim",
      clock: time.clock,
      random: dice.next,
      log: { error: machine.log },
      workerId: id,
      mark: { pid: this.started, host: "sim", startedAt: "" },
      deliveryTimeoutMs: settings.timeoutMs,
      deliveryConcurrency: settings.concurrency,
      webhookConcurrency: settings.webhookConcurrency,
      retentionMs: settings.retentionMs,
      hasSearchIndex: false,
      retryScheduleMs: settings.scheduleMs,
    });
    const worker = { id, life, engine };
    this.running.push(worker);
    engine.start().catch(() => this.end(worker, true));
  }

  /** Ends at once, with all that it had in flight; perhaps the supervisor notices. */
  kill(): void {
    const worker = this.pick();
    if (worker) this.end(worker, this.machine.dice.chance(0.6));
  }

  freeze(): void {
    const { machine } = this;
    const worker = this.pick();
    if (!worker) return;
    const ms = machine.dice.pick([200, 1_500, 12_000, 2 * machine.settings.leaseMs]);
    this.trouble(worker.id);
    worker.life.freeze();
    machine.time.after(ms, () => {
      this.trouble(worker.id);
      worker.life.thaw();
    });
    count(machine.model, "freezes");
    if (machine.dice.chance(0.3)) this.start();
  }

  /** A clean end and a fresh start. */
  async restart(): Promise<void> {
    const worker = this.pick();
    if (!worker) return;
    this.running.splice(this.running.indexOf(worker), 1);
    const { model } = this.machine;
    count(model, "clean stops");
    const state = workerOf(model, worker.id);
    state.isStopping = true;
    this.start();
    await worker.engine.stop().catch(() => {});
  }

  /** Everything that lives goes on, and one worker at least does. */
  calm(): void {
    for (const { life } of this.running) life.thaw();
    if (this.running.length === 0) this.start();
  }

  /** Something happened to the whole machine, and so also to workers that are about to stop. */
  troubleAll(): void {
    for (const id of this.machine.model.workers.keys()) this.trouble(id);
  }

  private trouble(workerId: string): void {
    const worker = workerOf(this.machine.model, workerId);
    worker.troubledAtMs = Math.max(worker.troubledAtMs, this.machine.time.elapsedMs);
  }

  private end(worker: WorkerProcess, isNoticed: boolean): void {
    const { machine } = this;
    const { time, dice, store, model } = machine;
    const place = this.running.indexOf(worker);
    if (place < 0) return;
    this.running.splice(place, 1);
    worker.life.kill();
    const state = workerOf(model, worker.id);
    state.flying.clear();
    // What it had asked for may still be committed a moment later, and is lost too.
    state.troubledAtMs = Number.POSITIVE_INFINITY;
    count(model, "kills");
    if (isNoticed) store.endWorker(worker.id).catch(() => {});
    time.after(dice.pick([10, 300, 5_000]), () => {
      if (this.running.length === 0) this.start();
    });
  }

  private pick(): WorkerProcess | undefined {
    const alive = this.running.filter(({ life }) => life.isAlive);
    return alive.length === 0 ? undefined : this.machine.dice.pick(alive);
  }
}
