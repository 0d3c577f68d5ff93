import { redirect } from "next/navigation";

/** The front door: the dashboard sends on to the sign-in page whoever has no session. */
export default function Page() {
  redirect("/dashboard");
}
