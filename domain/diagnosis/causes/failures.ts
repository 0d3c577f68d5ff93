import type { Cause } from "../cause";
import type { Look } from "../look";

/** Handlers that ran, and failed on what they found or did not find. */
export const failures: Cause[] = [
  {
    code: "field_not_there",
    fits: (look) => look.isStatus(500) && missingField.test(look.text) && "likely",
    meaning: (look) =>
      `Your handler failed on a field that is not there: “${excerpt(look, missingField)}”. Nobody parsed the body as JSON, or the field has another name.`,
    nextStep:
      "Parse application/json before the handler (in Express by express.json), and compare the field with the body below.",
    tellApart: "The application's log has that error at the time of the attempt.",
    seen: [
      "Express 4.22, 5.3 with details: 500 TypeError: Cannot read properties of undefined",
      "Django 3.2 with DEBUG: 500 MultiValueDictKeyError",
      "Ruby, Python, Java, PHP: undefined method for nil, KeyError, NullPointerException, Undefined array key",
    ],
  },
  {
    code: "record_not_found",
    fits: (look) => look.isStatus(404, 422) && !look.isPage && missingRecord.test(look.text) && "likely",
    meaning: (look) =>
      `Your handler ran, and did not find what the event is about (${look.status}): “${look.words}”.`,
    nextStep: "Create what is missing, or answer 200 to events about what you do not have. Then redeliver.",
    tellApart: "The application's log has the event id.",
    seen: ["Django get_object_or_404, Rails find: 404 in their words (their documentation)"],
  },
  {
    code: "automation_not_listening",
    fits: (look) =>
      look.status >= 400 &&
      (look.says("no scenario listening") || (look.says("webhook") && look.says("is not registered"))) &&
      "certain",
    meaning: "The automation behind this URL is not switched on.",
    nextStep: "Activate the workflow or scenario there; a URL for tests works only while one waits for it.",
    seen: [
      "n8n: 404 The requested webhook is not registered",
      "Make: 410 There is no scenario listening (their documentation)",
    ],
  },
  {
    code: "maintenance",
    fits: (look) => look.isStatus(503) && maintenance.test(look.text) && "likely",
    meaning: "Your endpoint says that it is in maintenance (503).",
    nextStep:
      "Nothing is lost: it is tried again by itself. End the maintenance, or let this path through meanwhile.",
    tellApart: "The page says so, and it ends with the maintenance.",
    seen: ["WordPress: 503 Briefly unavailable for scheduled maintenance (its documentation)"],
  },
];

const missingField =
  /cannot read propert(?:y|ies)[^<>]{0,40}of (?:undefined|null)|(?:undefined|null) is not an object|undefined method[^<>]{0,40}for nil|multivaluedictkeyerror|keyerror\b|'nonetype' object|nullpointerexception|undefined (?:array key|index|property)|nil pointer dereference/;

const missingRecord =
  /(?:customer|user|account|tenant|order|record|subscription|organi[sz]ation|project|company|person|case|search|entity|item|document|contact|member|invoice|integration)s?\b[^.{}<>]{0,40}(?:not found|does(?:n't| not) exist|unknown)|(?:unknown|no such) (?:customer|user|account|tenant|order|record|subscription|organi[sz]ation|project|company|person|case|search)|couldn't find \w{1,40} with|no \w{1,40} matches the given query/;

const maintenance =
  /maintenance mode|(?:scheduled|under|down for|planned) maintenance|be right back|we(?:'ll| will) be back/;

/** What matches, and a little more, in the words of the answer without its markup. */
function excerpt({ evidence: { body } }: Look, pattern: RegExp): string {
  const visible = body.replace(/[\s\p{C}]+/gu, " ");
  const start = Math.max(0, visible.toLowerCase().search(pattern));
  const words = visible.slice(start, start + 160).replace(/<[^<>]{0,100}>|&\w{1,6};|&#\d{1,4};/g, " ");
  return words.split("  ")[0]?.trim().slice(0, 120) ?? "";
}
