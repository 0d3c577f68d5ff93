import type { SecretOwner, Store } from "@/db/store";

/** One call of a verb, when it read or first wrote; plain values, so that another thread can be given them. */
export type TapedCall = {
  /** Which of the processes' stores, each of which remembers where its slow work was. */
  process: string;
  verb: keyof Store;
  args: unknown[];
  at: number;
  elapsedMs: number;
  /** What it answered, or that it threw; neither for one that never ended. */
  result?: unknown;
  threw?: true;
};

/** What a history asks of its store, in the order in which it is done: for another store to do the same. */
export class Tape {
  readonly calls: TapedCall[] = [];

  constructor(private readonly time: { clock(): number; elapsedMs: number }) {}

  /** Reads happen when they are asked for. Answers also the arguments to go on with. */
  begin(
    process: string,
    verb: keyof Store,
    args: readonly unknown[],
  ): { call: TapedCall; args: readonly unknown[] } {
    const kept =
      verb === "setSystemWebhook" || verb === "subscribe"
        ? watchSeal(args)
        : { args, plain: [...structuredClone(args)] };
    const call: TapedCall = { process, verb, args: kept.plain, at: 0, elapsedMs: 0 };
    this.place(call);
    return { call, args: kept.args };
  }

  /** Writes happen in their turn, with what a worker has in flight by then. */
  placeWrite(call: TapedCall, args: readonly unknown[]): void {
    this.calls.splice(this.calls.lastIndexOf(call), 1);
    if (call.verb === "claimDeliveries") call.args = [...structuredClone(args)];
    this.place(call);
  }

  private place(call: TapedCall): void {
    Object.assign(call, { at: this.time.clock(), elapsedMs: this.time.elapsedMs });
    this.calls.push(call);
  }
}

type Seal = (owner: SecretOwner) => unknown;

/** Of the first argument, which holds a function, the tape keeps what that made as `sealed`. */
function watchSeal([target, ...others]: readonly unknown[]): { args: unknown[]; plain: unknown[] } {
  if (target === null) return { args: [null], plain: [null] };
  const { seal, ...rest } = target as { seal: Seal };
  const plain = { ...structuredClone(rest), sealed: null as unknown };
  const watched: Seal = (owner) => (plain.sealed = seal(owner));
  return { args: [{ ...rest, seal: watched }, ...others], plain: [plain, ...structuredClone(others)] };
}
