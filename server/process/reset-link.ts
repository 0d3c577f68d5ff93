import { createResetLink } from "../auth/reset-link";
import { readEnvOfData } from "./existing-data";
import { startRuntime } from "./runtime";
import { refuseToStart, StartError } from "./start-error";

/*
 * `npm run reset-link -- <email>` prints a link by which that person sets a new password, once, within an hour.
 * No mail is sent: the operator passes it on.
 */
try {
  const [email] = process.argv.slice(2);
  if (!email) throw new StartError("Tell whose password: npm run reset-link -- ada@example.com");
  process.umask(0o077);
  const { auth, store } = await startRuntime(readEnvOfData());
  const path = await createResetLink(auth, email);
  await store.close();
  if (!path) throw new StartError(`Nobody has an account with the address ${email}.`);
  const { publicUrl, localUrl } = auth.env;
  process.stdout.write(`${publicUrl ?? localUrl}${path}\n`);
  if (publicUrl === null) {
    process.stderr.write(
      `PUBLIC_URL is not set: where people use another address than ${localUrl}, put that.\n`,
    );
  }
} catch (error) {
  refuseToStart(error);
}
