import { expect, test } from "vitest";
import { type ApiError, busy, notFound } from "@/domain/errors";
import { startFront } from "./front.fixture";
import { refuse } from "./refuse";

/** As browsers ask for what they are about to show. */
const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

async function answerTo(refusal: ApiError, headers: Record<string, string>) {
  const { port } = await startFront({ handle: async (_, response) => refuse(response, refusal) });
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text() };
}

test("programs read a refusal as the contract words it, whatever they accept", async () => {
  for (const accept of ["*/*", "application/json", "application/json, text/html"]) {
    const answer = await answerTo(notFound("page"), { accept });
    expect(answer).toMatchObject({ status: 404, type: "application/json" });
    expect(JSON.parse(answer.body)).toEqual({ error: "There is no such page.", code: "not_found" });
  }
});

test("people see a page, which tries again by itself where that is worth it", async () => {
  const answer = await answerTo(busy("Pages cannot be shown."), browser);
  expect(answer).toMatchObject({ status: 503, type: "text/html; charset=utf-8" });
  expect(answer.body).toContain("<p>Pages cannot be shown.</p>");
  expect(answer.body).toContain(`<meta http-equiv="refresh" content="2">`);
  expect((await answerTo(notFound("page"), browser)).body).not.toContain("refresh");
});

test("what a refusal quotes stays text on that page", async () => {
  const { body } = await answerTo(notFound('<b>&"page"</b>'), browser);
  expect(body).toContain("There is no such &#60;b&#62;&#38;&#34;page&#34;&#60;/b&#62;.");
});
