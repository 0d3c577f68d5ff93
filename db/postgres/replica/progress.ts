/** How far a server's log goes, in bytes. */
export type Position = bigint;

/** The primary's log at a moment, which holds all that was committed before. */
export type Point = {
  position: Position;
  /** Milliseconds of this process that only ever grow. */
  at: number;
  /** The same moment by the primary's clock, in epoch milliseconds. */
  clock: number;
};

/** Points that a replica has not reached yet; of one that is further behind the latest will do. */
const keptPoints = 60;

/**
 * What a replica has of its primary. It is judged by places in the primary's log alone: clocks may jump, and when
 * nothing is written, nothing tells a replica that is up to date from one that is cut off.
 */
export function createProgress() {
  let ahead: Point[] = [];
  let reached: Point | null = null;
  let replayed: Position | null = null;

  return {
    primaryIsAt(point: Point): void {
      // A replica cannot be further than its primary: it has the end of another history, as after a failover.
      const isOfAnother = replayed !== null && replayed > point.position;
      if (isOfAnother) forget();
      else ahead = [...ahead, point].slice(-keptPoints);
    },
    replicaIsAt(position: Position): void {
      replayed = position;
      reached = ahead.findLast((point) => point.position <= position) ?? reached;
      ahead = ahead.filter((point) => point.position > position);
    },
    has: (position: Position) => reached !== null && replayed !== null && replayed >= position,
    /** The latest point that the replica is known to have passed; null when none is. */
    reached: () => reached,
    forget,
  };

  /** What was known of it may not hold any more. */
  function forget(): void {
    ahead = [];
    reached = null;
  }
}
