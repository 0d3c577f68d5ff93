import { expect, test } from "vitest";
import { joinDeclarations } from "./declarations.mjs";

const files = {
  index: 'export { ask, type Asked } from "./ask";\nexport type * from "./generated";\n',
  ask: 'import type { Webhook } from "./generated";\nexport type Asked = Webhook;\nexport declare function ask(): Asked;\nexport {};\n',
  generated: "export type Webhook = { id: string };\n",
  inner: "export declare const secret: string;\n",
};

test("modules become one file that imports nothing and exports what the index does", () => {
  const joined = joinDeclarations(files);
  expect(joined).not.toMatch(/from|import/);
  expect(joined).toContain("\ntype Asked = Webhook;\ndeclare function ask(): Asked;\n".trim());
  expect(joined).toContain("export type Webhook = ");
  expect(joined).toMatch(/export \{ ask, type Asked \};\n$/);
});

test("what the index does not need is left out", () => {
  expect(joinDeclarations(files)).not.toContain("secret");
});
