type Failed = { data?: { httpStatus?: number } | null };

/**
 * The error that is shown in place of what was asked for: a refusal always, because what was there is not there any
 * more; a lost connection or a fault only where nothing had come yet, because the last good answer is worth more.
 */
export function shownError<E extends Failed>(error: E | null, data: unknown): E | null {
  if (!error || data === undefined) return error;
  const status = error.data?.httpStatus ?? 0;
  return status >= 400 && status < 500 ? error : null;
}
