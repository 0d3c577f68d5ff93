"use client";

import { useEffect, useState } from "react";
import { sitePath } from "@/app/_components/url/site-path";
import type { OpenApi } from "@/server/api/openapi/types";
import type { ApiCall } from "./request-of";

let document: Promise<OpenApi> | undefined;

/** A call by its id, from the same document as the page around it; null until that is there. */
export function useApiCall(operationId: string): ApiCall | null {
  const [call, setCall] = useState<ApiCall | null>(null);
  useEffect(() => {
    let isGone = false;
    document ??= fetch(sitePath("/openapi.json")).then((answer) => answer.json());
    document.then(
      ({ paths }) => !isGone && setCall(findCall(paths, operationId)),
      () => {
        document = undefined; // asked for again by whoever opens the next one
      },
    );
    return () => {
      isGone = true;
    };
  }, [operationId]);
  return call;
}

function findCall(paths: OpenApi["paths"], operationId: string): ApiCall | null {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === operationId) return { method: method.toUpperCase(), path, operation };
    }
  }
  return null;
}
