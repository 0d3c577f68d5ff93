/** A file as its text, read when the web app is built: see next.config.mjs. */
declare module "*?raw" {
  const text: string;
  export default text;
}
