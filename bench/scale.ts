/** How much of everything: enough to mean something, or as little as shows that all of it works. */
export type Scale = {
  rounds: number;
  /** How long a load lasts, and how long before it counts. */
  seconds: number;
  warmUpSeconds: number;
  connections: number[];
  eventsPerSecond: number[];
  /** Events of a backlog; at a fan-out of 4 there are four times as many deliveries. */
  events: number;
  /** Deliveries that keep a worker busy while others are measured. */
  busyDeliveries: number;
  /** Up to so many on one file. */
  workers: number;
  /** Up to so many on one Postgres. */
  postgresWorkers: number;
  arrays: number;
  dashboards: number;
  idleMs: number;
  storedEvents: number;
  backlogs: number[];
  /** On Postgres: waiting, and ended beside the fewest of these. */
  postgresBacklogs: number[];
  endedDeliveries: number;
  claims: number;
  searchedDeliveries: number;
  hangingEventsEach: number;
  burdens: BurdenScale;
};

export type BurdenScale = {
  streams: number;
  hangingCustomers: number;
  /** A test hangs for so long, in whole seconds. Customers know nothing of each other, so they begin apart. */
  hangMs: number;
  manyEvents: number;
  attempts: number;
  subscribesPerMinute: number;
};

export const full: Scale = {
  rounds: 5,
  seconds: 4,
  warmUpSeconds: 1,
  connections: [1, 32, 128],
  eventsPerSecond: [50, 200],
  events: 20_000,
  busyDeliveries: 40_000,
  workers: 3,
  postgresWorkers: 4,
  arrays: 20,
  dashboards: 20,
  idleMs: 10_000,
  storedEvents: 5_000,
  backlogs: [0, 10_000, 100_000, 1_000_000],
  postgresBacklogs: [10_000, 100_000, 1_000_000],
  endedDeliveries: 10_000_000,
  claims: 200,
  searchedDeliveries: 1_000_000,
  hangingEventsEach: 500,
  burdens: {
    streams: 600,
    hangingCustomers: 28,
    hangMs: 5_000,
    manyEvents: 3_000,
    attempts: 100,
    subscribesPerMinute: 1_000,
  },
};

export const tiny: Scale = {
  rounds: 1,
  seconds: 0.1,
  warmUpSeconds: 0,
  connections: [1, 8],
  eventsPerSecond: [50],
  events: 64,
  busyDeliveries: 64,
  workers: 2,
  postgresWorkers: 1,
  arrays: 1,
  dashboards: 2,
  idleMs: 0,
  storedEvents: 50,
  backlogs: [0, 1_000],
  postgresBacklogs: [1_000],
  endedDeliveries: 2_000,
  claims: 5,
  searchedDeliveries: 4_000,
  hangingEventsEach: 4,
  burdens: {
    streams: 50,
    hangingCustomers: 1,
    hangMs: 1_000,
    manyEvents: 500,
    attempts: 2,
    subscribesPerMinute: 1_000,
  },
};
