/** The life of a process: it may be frozen for a while, and it may be killed at any moment. */
export class Life {
  private state: "alive" | "frozen" | "dead" = "alive";
  private waiting: (() => void)[] = [];

  get isAlive(): boolean {
    return this.state === "alive";
  }

  freeze(): void {
    if (this.state === "alive") this.state = "frozen";
  }

  thaw(): void {
    if (this.state !== "frozen") return;
    this.state = "alive";
    for (const goOn of this.waiting.splice(0)) goOn();
  }

  /** Whatever still runs of it waits for ever. */
  kill(): void {
    this.state = "dead";
    this.waiting = [];
  }

  /** Goes on at once while alive, when thawed while frozen, and never when dead. */
  async turn(): Promise<void> {
    while (this.state !== "alive") await new Promise<void>((goOn) => this.waiting.push(goOn));
  }
}
