/** A failure in one or two words: the HTTP status, or which part of the way broke. */
export function failureWord(status: number | null, code: string | undefined): string {
  if (status !== null) return String(status);
  return (code ?? "no answer").replaceAll("_", " ").replace(/^(dns|tls)\b/, (name) => name.toUpperCase());
}
