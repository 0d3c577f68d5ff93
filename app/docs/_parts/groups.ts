import type { OpenApi, Operation } from "@/server/api/openapi/types";

export type Call = { method: string; path: string; operation: Operation };
export type Group = { name: string; description: string; calls: Call[] };

/** The calls of the document by what they are about. */
export function groupsOf(document: OpenApi): Group[] {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const groups = document.tags.map(({ name, description }) => ({
    name,
    description,
    calls: calls.filter(({ operation }) => operation.tags.includes(name)),
  }));
  return groups.filter((group) => group.calls.length > 0);
}
