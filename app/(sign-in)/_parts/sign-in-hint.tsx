import { signInPath } from "@/server/auth/return-path";
import { TextLink } from "./text-link";

/** Below a sign-up form: the way for who has an account already. */
export function SignInHint({ to }: { to: string }) {
  return (
    <>
      <span>Have an account?</span> <TextLink href={signInPath(to)}>Sign in</TextLink>
    </>
  );
}
