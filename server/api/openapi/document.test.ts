import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { routes } from "../rest/routes";
import { openApiDocument } from "./document";

const document = openApiDocument({ version: "1.2.3", publicUrl: "https://hooks.example" });

test("the document is valid OpenAPI 3.1", async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test("the document is made once for an address", () => {
  expect(openApiDocument({ version: "1.2.3", publicUrl: "https://hooks.example" })).toBe(document);
  expect(openApiDocument({ version: "1.2.3", publicUrl: "https://other.example" })).not.toBe(document);
});

test("every reference leads somewhere", () => {
  for (const [, pointer = ""] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    expect(
      pointer.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document),
      pointer,
    ).toBeDefined();
  }
});

test("every route is in it, with what it answers and every refusal", () => {
  for (const { method, path, status } of routes) {
    const operation = document.paths[path]?.[method.toLowerCase()];
    expect(Object.keys(operation?.responses ?? {}), path).toEqual(
      expect.arrayContaining([String(status), "401", "403", "429", "500"]),
    );
  }
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});
