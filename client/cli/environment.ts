/** What the environment says, read when it is asked for; empty is as good as absent. */
export const environment = {
  get apiKey() {
    return process.env.FANFARE_API_KEY || undefined;
  },
  /** A secret of the user's own for what `listen` forwards. */
  get listenSecret() {
    return process.env.FANFARE_LISTEN_SECRET || undefined;
  },
  get configFolder() {
    return process.env.XDG_CONFIG_HOME || undefined;
  },
  /** https://no-color.org, and terminals that have none. */
  get hasColour() {
    return !process.env.NO_COLOR && process.env.TERM !== "dumb";
  },
};
