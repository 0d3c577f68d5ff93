import { writeFileSync } from "node:fs";
import { generatedText } from "./generated";

writeFileSync("client/src/generated.ts", generatedText());
