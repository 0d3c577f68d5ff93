import "./node-version.mjs";
import { build } from "./build.mjs";
import { setUp } from "./setup.mjs";

// `npm run build`: what `npm start` does before it starts, for images and services that may not write where they run.
await setUp();
await build();
