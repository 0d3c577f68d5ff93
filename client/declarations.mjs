/**
 * One declaration file of those of some modules, by name (`call-options`): of `index`, and of what it needs. Where
 * `index` exports all types of a module, its declarations stay exported where they stand.
 */
export function joinDeclarations(files) {
  const { index } = files;
  const openly = new Set([...index.matchAll(/^export type \* from "\.\/(.+)";$/gm)].map(([, name]) => name));
  const parts = [...neededBy("index", files)].map((name) => {
    const own = files[name].replaceAll(/^(?:import .* from "\.\/.*"|export \{\});\n/gm, "");
    return openly.has(name) ? own : own.replaceAll(/^export (?=declare |type )/gm, "");
  });
  const exported = index.replaceAll(/^export type \* .*\n/gm, "").replaceAll(/ from "\.\/.*"/g, "");
  return [...parts, exported].join("\n");
}

/** The modules that one names, and those that these name. */
function neededBy(name, files, found = new Set()) {
  for (const [, other] of files[name].matchAll(/ from "\.\/(.+)";$/gm)) {
    if (found.has(other)) continue;
    found.add(other);
    neededBy(other, files, found);
  }
  return found;
}
