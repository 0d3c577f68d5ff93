import type { Format } from "./record";

/** One document, with each row on a line of its own. */
export const json: Format = {
  contentType: "application/json",
  extension: "json",
  writer: () => {
    let separator = "";
    return {
      begin: (about) => `{"about":${JSON.stringify(about)},"deliveries":[\n`,
      rows: (rows) =>
        rows
          .map((row) => {
            const text = `${separator}${JSON.stringify(row)}`;
            separator = ",\n";
            return text;
          })
          .join(""),
      end: (summary) => `\n],"summary":${JSON.stringify(summary)},\n`,
      signature: (signed) => `"signature":${JSON.stringify(signed)}}\n`,
    };
  },
};
