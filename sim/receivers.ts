import { createHmac } from "node:crypto";
import { subscriptionHeader } from "@/domain/agent/protocol";
import type { ErrorCode, Outcome, ResponseHeaders } from "@/domain/delivery/outcome";
import type { Sender, SendRequest } from "@/server/engine/send";
import type { Dice } from "./dice";
import type { Life } from "./life";
import type { Check, Model } from "./model/state";
import { answered, sent } from "./model/wire";
import type { Trace } from "./seen-store";
import type { VirtualTime } from "./time";

/** How the receiver behind a URL behaves for the time being. */
const behaviours = [
  "well",
  "slow",
  "flaky",
  "failing",
  "hanging",
  "refusing",
  "limiting",
  "rationing",
  "moving",
  "gone",
  "picky",
] as const;
export type Behaviour = (typeof behaviours)[number];

type Answer =
  | { status: number; headers?: ResponseHeaders; body?: string; ms: number }
  | { code: ErrorCode; ms: number }
  | "throws";

const connectionFailures: ErrorCode[] = [
  "dns_error",
  "dns_timeout",
  "blocked_address",
  "connect_refused",
  "connect_reset",
  "connect_timeout",
  "tls_error",
  "tls_timeout",
  "protocol_error",
  "header_overflow",
];

export class Receivers {
  private readonly behaviours = new Map<string, Behaviour>();
  /** Those that check `X-Signature`, and nothing else, with a secret of theirs. */
  private readonly checks = new Map<string, Check>();
  /** What those that ration took in the second of then. */
  private readonly rations = new Map<string, { second: number; taken: number }>();
  /** Once true, every receiver answers well and soon. */
  areWell = false;

  constructor(
    private readonly dice: Dice,
    private readonly time: VirtualTime,
    private readonly model: Model,
    private readonly trace: Trace,
  ) {}

  setBehaviour(hookId: string, behaviour: Behaviour): void {
    this.behaviours.set(hookId, behaviour);
  }

  /** It is deployed with this secret; null: it checks nothing. */
  checkWith(hookId: string, secret: string | null): void {
    if (secret === null) this.checks.delete(hookId);
    else this.checks.set(hookId, { secret });
  }

  /** The transport of one worker, in place of sockets. */
  senderOf(life: Life, workerId: string, timeoutMs: number): Sender {
    return {
      send: (request) => this.send(life, workerId, timeoutMs, request),
      close: async () => {},
    };
  }

  private async send(
    life: Life,
    workerId: string,
    timeoutMs: number,
    request: SendRequest,
  ): Promise<Outcome> {
    const { time, model } = this;
    const startedAt = time.clock();
    const startedMs = time.elapsedMs;
    // What agents are sent is judged as it is claimed.
    const subscription = request.headers[subscriptionHeader];
    const lease = subscription ? null : sent(model, workerId, request, startedAt);
    const behaviour = this.areWell ? "well" : (this.behaviours.get(request.pool) ?? "well");
    const drawn = this.draw(behaviour, Math.min(timeoutMs, request.timeoutMs ?? timeoutMs), request);
    const check = this.areWell ? null : (this.checks.get(request.pool) ?? null);
    const isRefused = check !== null && isTaken(drawn) && !isSignedWith(check.secret, request);
    const answer = isRefused ? { status: this.dice.pick([401, 401, 403, 400]), ms: 5 } : drawn;
    const to = subscription ?? request.pool; // the store draws the id of an agent's webhook itself
    this.trace.add(`${to} ${time.elapsedMs} ${JSON.stringify(answer)}`);
    if (answer === "throws") {
      lease?.worker.flying.delete(lease);
      throw new Error("The transport has a bug.");
    }
    await time.pause(answer.ms);
    if (!life.isAlive) await life.turn();
    const outcome = outcomeOf(answer, startedAt, time.elapsedMs - startedMs);
    if (lease) answered(model, lease, outcome, { check, isRefused });
    return outcome;
  }

  private draw(behaviour: Behaviour, timeoutMs: number, request: SendRequest): Answer {
    const { dice } = this;
    const ms = dice.chance(0.05) ? dice.between(500, 4_000) : dice.between(1, 120);
    switch (behaviour) {
      case "well":
        return { status: dice.pick([200, 200, 200, 201, 202, 204, 299]), ms };
      case "slow":
        return { status: 200, ms: dice.between(Math.min(2_000, timeoutMs - 1), timeoutMs - 1) };
      case "flaky":
        if (dice.chance(0.02)) return "throws";
        return this.draw(
          dice.pick(["well", "well", "failing", "hanging", "refusing", "limiting", "picky"]),
          timeoutMs,
          request,
        );
      case "failing":
        return { status: dice.pick([400, 401, 404, 409, 418, 422, 500, 500, 502, 503, 504]), ms };
      case "hanging":
        return { code: "response_timeout", ms: timeoutMs };
      case "refusing":
        return { code: dice.pick(connectionFailures), ms: dice.chance(0.1) ? timeoutMs : ms };
      case "limiting":
        return { status: dice.pick([429, 503]), headers: this.drawRetryAfter(), ms };
      case "rationing":
        return this.ration(request.pool) ? this.draw("well", timeoutMs, request) : this.drawSlowDown();
      case "moving":
        return { status: dice.pick([301, 302, 307, 308]), headers: { location: "https://169.254.0.1/" }, ms };
      case "gone":
        return { status: 410, ms };
      case "picky":
        return refuse(request.body, ms) ?? this.draw("well", timeoutMs, request);
    }
  }

  /** Two a second are taken. */
  private ration(hookId: string): boolean {
    const second = Math.floor(this.time.elapsedMs / 1_000);
    const before = this.rations.get(hookId);
    const taken = before?.second === second ? before.taken : 0;
    if (taken < 2) this.rations.set(hookId, { second, taken: taken + 1 });
    return taken < 2;
  }

  /** It does not say when to come again. */
  private drawSlowDown(): Answer {
    const { dice } = this;
    const ms = dice.between(1, 20);
    const page = "<hr><center>nginx/1.22.1</center>";
    return dice.pick([
      { status: 429, ms },
      { status: 429, ms },
      { status: 503, body: page, ms },
    ]);
  }

  private drawRetryAfter(): ResponseHeaders {
    const { dice, time } = this;
    const date = (ms: number) => new Date(time.clock() + ms).toUTCString();
    const value = dice.pick<string | string[] | null>([
      null,
      "0",
      "7",
      "120",
      "3600",
      "999999",
      "9".repeat(400),
      date(90_000),
      date(-90_000),
      date(3 * 24 * 60 * 60_000),
      "-5",
      "1.5",
      "NaN",
      "inf",
      "1e300",
      "soon",
      ["1", "2"],
    ]);
    return value === null ? {} : { "retry-after": value };
  }
}

/** One kind of event is never taken, another now and then breaks the receiver. */
function refuse(payload: string, ms: number): Answer | null {
  const { type, data } = JSON.parse(payload) as { type: string; data: { n?: number } };
  if (type === "flow_run_failed") return { status: 422, body: `Event ${data.n} has an unknown field.`, ms };
  return type === "cdd_state_changed" && (data.n ?? 0) % 3 === 0 ? { status: 500, ms } : null;
}

const isTaken = (answer: Answer) => answer !== "throws" && "status" in answer && answer.status < 300;

function isSignedWith(secret: string, { headers, body }: SendRequest): boolean {
  return headers["X-Signature"] === `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

function outcomeOf(answer: Exclude<Answer, "throws">, startedAt: number, durationMs: number): Outcome {
  const common = {
    startedAt,
    durationMs,
    timings: { dns: null, connect: null, tls: null, first_byte: durationMs, body: null },
    peer: { address: "192.0.2.1", tls_version: null, certificate_expires_at: null, reused: false },
  };
  if ("code" in answer) {
    return { kind: "error", error: { code: answer.code, message: "As drawn." }, ...common };
  }
  const response = {
    headers: answer.headers ?? {},
    body: Buffer.from(answer.body ?? "ok"),
    truncated: false,
  };
  return { kind: "response", status: answer.status, response, ...common };
}
