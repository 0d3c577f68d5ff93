import { sitePath } from "@/app/_components/url/site-path";

/** Why a request was refused: as a whole, and by field. */
export type Refusal = { sentence: string; fields: Record<string, string> };

type ErrorBody = { error: string; errors?: { path: (string | number)[]; message: string }[] };

/** Posts to a path under /api/auth. Null when it worked. */
export async function askAuth(path: string, body: Record<string, unknown>): Promise<Refusal | null> {
  try {
    const response = await fetch(sitePath(`/api/auth${path}`), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    const { error, errors = [] } = (await response.json()) as ErrorBody;
    return {
      sentence: error,
      fields: Object.fromEntries(errors.map(({ path, message }) => [path[0], message])),
    };
  } catch {
    return { sentence: "Fanfare cannot be reached. Check your connection, then try again.", fields: {} };
  }
}
