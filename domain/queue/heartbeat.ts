/** How often a worker says that it lives. */
export const heartbeatEveryMs = 1_000;

/** A worker that was last heard of longer ago is gone or stuck: nothing is sent. */
export const maxHeartbeatAgeMs = 5_000;
