import { TextLink } from "./text-link";

/** Below the sign-in form: the way for who has no account, and for who has no password any more. */
export function SignUpHint({ isOpen, to }: { isOpen: boolean; to: string }) {
  return (
    <>
      {isOpen && (
        <>
          <span>New here?</span> <TextLink href={`/sign-up?to=${encodeURIComponent(to)}`}>Sign up</TextLink>
          <br />
        </>
      )}
      <span>Forgot your password? An owner of your team can make you a reset link.</span>
    </>
  );
}
