import type { Scale } from "./scale";

/** A product to measure: this tree, or an older commit that was checked out and built beside it. */
export type Build = { name: string; folder: string };

export type Unit = "/s" | "ms" | "µs" | "MB" | "bytes";

/** One number of one round. Readings of the same words are one row, whoever they are of. */
export type Reading = {
  what: string;
  unit: Unit;
  value: number;
  /** The words of another reading, without what this one has: the row compares with that one too. */
  beside?: string;
};

/** Who is measured. All subjects of a measurement are begun before its first round, and take turns in each. */
export type Subject = {
  name: string;
  round(): Promise<Reading[]>;
  /** Stops what it does of itself, while others have their turn. */
  rest?(): void;
  wake?(): Promise<void>;
  end(): Promise<void> | void;
};

export type Begin = () => Promise<Subject>;

export type Context = {
  /** This build first. */
  builds: [Build, ...Build[]];
  scale: Scale;
  /** Tells, here and in the results, what could not be measured. */
  skip(sentence: string): void;
};

/** Names its subjects. */
export type Measurement = (context: Context) => Promise<Begin[]> | Begin[];

/** Everything that was read under the same words; a number a round for each subject. */
export type Row = Omit<Reading, "value"> & { values: Record<string, number[]> };
