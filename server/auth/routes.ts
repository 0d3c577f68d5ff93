import { z } from "zod";
import { badInput } from "@/domain/errors";
import { fieldErrors } from "@/server/http/field-errors";
import type { Auth } from "./auth";
import { acceptInvitation } from "./invitation";
import { passwordLength } from "./password-length";
import { changePassword, resetPassword } from "./passwords";
import { findPerson } from "./person";
import { signInPlatform, signOutPlatform } from "./platform-session";
import type { Reply } from "./reply";
import { signIn } from "./sign-in";
import { signOut, signOutEverywhere } from "./sign-out";
import { signUp } from "./sign-up";

export type Route = {
  method: "GET" | "POST";
  /** Throws ApiError. */
  answer(auth: Auth, headers: Headers, body: unknown): Promise<Reply>;
};

/** What is served under /api/auth, by path: nothing else of better-auth is reachable. */
export const routes: Record<string, Route> = {
  "/sign-in/email": post(z.object({ email: email(), password: oldPassword() }), signIn),
  "/sign-up/email": post(
    z.object({
      name: words("your name"),
      email: email(),
      password: newPassword(),
      company: words("your company's name").optional(),
      invitation: z.string().optional(),
    }),
    signUp,
  ),
  "/sign-out": post(nothing(), signOut),
  "/revoke-sessions": post(nothing(), signOutEverywhere),
  "/get-session": {
    method: "GET",
    answer: async (auth, headers) => {
      const user = await findPerson(auth, headers);
      return { body: user && { user }, cookies: [] };
    },
  },
  "/change-password": post(
    z.object({ currentPassword: oldPassword(), newPassword: newPassword() }),
    changePassword,
  ),
  "/reset-password": post(z.object({ token: z.string(), newPassword: newPassword() }), resetPassword),
  "/platform/sign-in": post(
    z.object({
      key: z.string("Write the platform's key.").min(1, "Write the platform's key."),
      name: words("your name"),
    }),
    signInPlatform,
  ),
  "/platform/sign-out": post(nothing(), signOutPlatform),
  "/accept-invitation": post(z.object({ invitation: z.string() }), acceptInvitation),
};

function post<Input>(
  schema: z.ZodType<Input>,
  answer: (auth: Auth, headers: Headers, input: Input) => Promise<Reply>,
): Route {
  return {
    method: "POST",
    answer(auth, headers, body) {
      const checked = schema.safeParse(body);
      if (!checked.success) throw badInput(fieldErrors(checked.error.issues));
      return answer(auth, headers, checked.data);
    },
  };
}

function email() {
  return z
    .string("Write your email address.")
    .trim()
    .max(254, "An email address has at most 254 characters.") // RFC 5321
    .pipe(z.email("Write an email address like ada@example.com."));
}

function oldPassword() {
  return z.string("Write your password.").min(1, "Write your password.");
}

function newPassword() {
  const { min, max } = passwordLength;
  return z
    .string("Choose a password.")
    .min(min, `Choose at least ${min} characters.`)
    .max(max, `Choose at most ${max} characters.`);
}

function words(what: string) {
  return z.string(`Write ${what}.`).trim().min(1, `Write ${what}.`).max(120, "At most 120 characters.");
}

function nothing() {
  return z.unknown();
}
