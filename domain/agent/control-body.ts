/** What a callback is asked, to show that it is the agent's: it answers 2xx with the same `challenge`. */
export const challengeBody = (challenge: string): string =>
  JSON.stringify({ type: "verification", challenge });

/** The last thing that a subscription is sent when it is ended for a reason of ours. */
export const terminatedBody = (error: { code: number; message: string; data: unknown }): string =>
  JSON.stringify({ type: "terminated", error });

/** The id of a control message, by its type. `random` is a new one each time. */
export const controlId = (type: "verification" | "terminated", random: string) => `msg_${type}_${random}`;
