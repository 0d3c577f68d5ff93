"use client";

import { type RefObject, useActionState, useEffect, useRef } from "react";
import { askAuth, type Refusal } from "./ask-auth";

type Values = Record<string, string>;
type State = { values: Values; refusal: Refusal | null; isDone: boolean };

export type AuthForm = {
  ref: RefObject<HTMLFormElement | null>;
  /** For the form's `action`: it also catches what is submitted before the page is awake. */
  submit: (form: FormData) => void;
  isBusy: boolean;
  /** What was typed, because React empties a form after its action. */
  values: Values;
  /** What is wrong with a field. */
  error: (field: string) => string | null;
  /** What is wrong as a whole, when no field is to blame. */
  problem: string | null;
};

/** A form that posts its fields (and `extra`) to a path under /api/auth. `onDone` runs when that worked. */
export function useAuthForm(path: string, onDone: () => void, extra: Values = {}): AuthForm {
  const ref = useRef<HTMLFormElement>(null);
  const [state, submit, isPending] = useActionState(
    async (_: State, form: FormData): Promise<State> => {
      const values = Object.fromEntries(form) as Values;
      const refusal = await askAuth(path, { ...values, ...extra });
      if (!refusal) onDone();
      return { values, refusal, isDone: refusal === null };
    },
    { values: {}, refusal: null, isDone: false },
  );
  const { values, refusal, isDone } = state;

  useEffect(() => {
    if (refusal) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);

  const error = (field: string) => refusal?.fields[field] ?? null;
  const blamesField = Object.keys(refusal?.fields ?? {}).some((field) => field in values);
  const problem = refusal && !blamesField ? refusal.sentence : null;
  return { ref, submit, isBusy: isPending || isDone, values, error, problem };
}
