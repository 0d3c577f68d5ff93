import { cookies } from "next/headers";
import { readPreferences } from "@/app/_components/preferences/preferences";

/** The time zone that somebody chose; UTC where the browser's counts, which only the browser knows. */
export async function readZone(): Promise<string> {
  const jar = await cookies();
  return readPreferences((name) => jar.get(name)?.value).zone ?? "UTC";
}
