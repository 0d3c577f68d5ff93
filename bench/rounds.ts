import type { Begin, Reading, Row, Subject } from "./measurement";

/**
 * The one form of all measurements: every subject is read once a round, and each round begins with another one, so
 * that whatever else the machine does hits all alike, and a round can be compared with itself.
 */
export async function inRounds(begins: Begin[], rounds: number): Promise<Row[]> {
  const subjects: Subject[] = [];
  const rows = new Map<string, Row>();
  try {
    for (const begin of begins) {
      const subject = await begin();
      subjects.push(subject);
      subject.rest?.();
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const subject of fromOneOn(subjects, round)) {
        await subject.wake?.();
        for (const reading of await subject.round()) note(rows, subject.name, reading);
        subject.rest?.();
      }
    }
  } finally {
    for (const subject of subjects) await subject.end();
  }
  return [...rows.values()];
}

const fromOneOn = (subjects: Subject[], round: number) =>
  subjects.map((_, index) => subjects[(index + round) % subjects.length] as Subject);

function note(rows: Map<string, Row>, subject: string, { value, ...words }: Reading): void {
  if (!Number.isFinite(value)) throw new Error(`${words.what} of ${subject} is ${value}: not a number.`);
  const row = rows.get(words.what) ?? { ...words, values: {} };
  rows.set(words.what, row);
  row.values[subject] = [...(row.values[subject] ?? []), value];
}
