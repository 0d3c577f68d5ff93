import { join } from "node:path";

// The packages are in the folders above.
export default { turbopack: { root: join(import.meta.dirname, "../..") } };
