import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

/** Refusals of what the event says, how large it is, or what it is written in. */
export const contents: Cause[] = [
  {
    code: "body_too_large",
    fits: tooLarge,
    meaning: (look) =>
      `The event is larger than your endpoint, or what stands in front of it, accepts (${look.status}; ${Math.ceil(look.evidence.sentBytes / 1024)} KiB were sent).`,
    nextStep: "Raise the body limit for this path; events can have up to 256 KiB.",
    tellApart: "Smaller events are delivered.",
    seen: [
      "nginx 1.22, Apache 2.4, lighttpd 1.4, h2o 2.2, Express 5.3, Fastify 5.12, hapi 21.4: 413",
      "Go 1.19 MaxBytesReader: 400 http: request body too large",
      "Caddy 2.6 max_size in front of an application: 502 without a body",
    ],
  },
  {
    code: "field_wanted",
    fits: (look) =>
      isContentRefusal(look) && wantedWords.test(look.text) && !wantedElsewhere.test(look.text) && "certain",
    meaning: (look) => `Your endpoint wants a field that this event does not have: “${look.words}”.`,
    nextStep:
      "Read { id, type, created_at, data }: what is particular to a type is in data. Make other fields optional.",
    seen: [
      "FastAPI 0.92: 422 field required",
      "Fastify 5.12 (ajv): 400 body must have required property",
      "Rails 6.1 strong parameters: 400 (with details, param is missing or the value is empty)",
      "Laravel, class-validator, Joi, Zod, Spring: in their words (their documentation)",
    ],
  },
  {
    code: "extra_field_refused",
    fits: (look) => isContentRefusal(look) && extraWords.test(look.text) && "certain",
    meaning: (look) => `Your endpoint refuses a field that it does not know: “${look.words}”.`,
    nextStep: "Let unknown fields pass: new ones may be added to events at any time.",
    seen: [
      "Go 1.19 DisallowUnknownFields: 400 json: unknown field",
      "ajv additionalProperties, class-validator forbidNonWhitelisted, Pydantic extra=forbid, Zod strict, Jackson: in their words (their documentation)",
    ],
  },
  {
    code: "json_refused",
    fits: (look) =>
      (look.isStatus(415) ||
        (look.isStatus(400) &&
          /unsupported (?:media|content)[ -]type|content-type (?:must|header must|is not)/.test(
            look.text,
          ))) &&
      "certain",
    meaning: (look) => `Your endpoint does not take JSON (${look.status}).`,
    nextStep: "Accept Content-Type application/json on this path.",
    seen: ["Fastify 5.12 without a parser for JSON: 415"],
  },
  {
    code: "body_unreadable",
    fits: (look) =>
      isContentRefusal(look) && unreadableWords.test(look.text) && !otherType.test(look.text) && "certain",
    meaning: (look) => `Your endpoint could not read the body, which is valid JSON: “${look.words}”.`,
    nextStep:
      "Read the body once, as application/json; look for something in between that changes it or reads it first.",
    seen: [
      "body-parser, Spring, Rails, Go: their words for JSON that cannot be parsed (their documentation)",
    ],
  },
  {
    code: "field_of_other_type",
    fits: (look) =>
      isContentRefusal(look) && !isOfUrl.test(look.text) && otherType.test(look.text) && "likely",
    meaning: (look) => `A field of the event has another type than your code expects: “${look.words}”.`,
    nextStep: "Compare that field with the body below, and read it as the type that it has there.",
    tellApart: "The response names the field, or the type that was expected.",
    seen: [
      "FastAPI 0.92: 422 value is not a valid integer",
      "Go 1.19: 400 json: cannot unmarshal string into Go struct field of type int",
      "Spring: 400 JSON parse error: Cannot deserialize value of type (its documentation)",
    ],
  },
  {
    code: "body_read_already",
    fits: (look) => look.isStatus(400, 422, 500) && readAlready.test(look.text) && "likely",
    meaning: (look) => `Something had read the body before your handler did: “${look.words}”.`,
    nextStep: "Read the body once: keep its bytes for the signature, and parse the JSON from them.",
    tellApart: "The application's log has that error at the time of the attempt.",
    seen: ["raw-body (npm): 500 stream is not readable (its source)"],
  },
  {
    code: "event_type_not_handled",
    fits: (look) => isContentRefusal(look) && unknownType.test(look.text) && "likely",
    meaning: (look) =>
      `Your handler does not know this type of event (${look.evidence.eventType}): “${look.words}”.`,
    nextStep: "Answer 2xx to types that you do not handle, or take the type out of the webhook's filter.",
    tellApart: "Other types of events are delivered.",
    seen: ["Flask 2.2: 400 Unknown event type"],
  },
  {
    code: "event_not_found_in_body",
    fits: (look) => look.isStatus(400) && !look.isPage && nothingFound.test(look.text) && "likely",
    meaning: (look) =>
      `Your handler found no event: “${look.words}”. It may look among the fields of a form, and what is sent is JSON.`,
    nextStep: "Parse the raw body as JSON; in PHP it is in php://input, and not in $_POST.",
    tellApart: "The handler reads the fields of a form, or another name than those in the body below.",
    seen: ["PHP 8.2, $_POST: 400 Missing event"],
  },
  {
    code: "content_refused",
    fits: (look) =>
      (look.isStatus(422) || (look.isStatus(400) && validationWords.test(look.text))) && "likely",
    meaning: (look) =>
      look.words === "" || look.isPage
        ? `Your endpoint understood the event but refused its content (${look.status}).`
        : `Your endpoint refused the content of the event (${look.status}): “${look.words}”.`,
    nextStep: "Relax the validation in your handler: new fields may be added to events at any time.",
    tellApart: "The response names a field.",
    seen: ["422 of applications", "Rails 6.1: 422 for a record that is invalid"],
  },
];

const isContentRefusal = (look: Look) => look.isStatus(400, 422);

function tooLarge(look: Look): Fit | false {
  if (look.isStatus(413)) return "certain";
  if (look.status < 400) return false;
  if (
    /request body too large|entity\.?[ ]?too\.?[ ]?large|payload ?too ?large|body exceeded|requestdatatoobig|body is too large|maximum request (?:body )?(?:size|length)/.test(
      look.text,
    )
  )
    return "certain";
  // Of small ones it would be an odd limit.
  return (
    look.isStatus(502) &&
    look.server === "caddy" &&
    look.isEmpty &&
    (look.evidence.sentBytes > 64 * 1024 ? "likely" : "possible")
  );
}

const wantedWords =
  /field required|\bis required\b|are required|is a required|required (?:property|field|parameter|key)|missing (?:required )?(?:field|param|property|properties|key|argument|attribute)|should not be empty|must be defined|value_error\.missing|"type":"missing"|received undefined|param is missing|must not be (?:null|blank|empty)|can(?:'t|&#39;t|not) be (?:null|blank|empty)|required request (?:body|parameter)|"keyword":"required"/;

/** In the URL or a header, or as credentials, and in no field of the body. */
const wantedElsewhere =
  /\bheaders?\b|https|"loc": ?\["(?:query|path|cookie)"|query (?:string )?param|token (?:is )?(?:required|missing)|missing (?:access |api |auth |webhook )?token/;

const extraWords =
  /unknown (?:field|property|key)|additional ?propert|unrecognized (?:key|field|property)|extra inputs are not permitted|extra fields not permitted|should not exist|is not allowed"|unexpected (?:field|property|key)|unpermitted parameter|"keyword":"additionalproperties"/;

const unreadableWords =
  /unexpected token|unexpected end of (?:json|input)|(?:invalid|malformed|bad) json|json (?:parse|parsing|decode) error|not valid json|(?:could not|cannot|unable to|failed to) (?:be )?parse[d]? (?:the )?(?:json|body|request|payload|input)|jsondecodeerror|invalid character '|error occurred while parsing|body cannot be empty when content-type/;

const otherType =
  /cannot deserialize|cannot unmarshal|type_error\.(?!none)|not a valid (?:integer|number|float|string|dict|list|boolean|object)|input should be a valid|\bof type\b/;

/** The type of what stands in the URL or a header. */
const isOfUrl = /"loc": ?\["(?:query|path|cookie|header)"/;

const readAlready =
  /stream is not readable|body (?:is unusable|(?:has |was )?already (?:been )?(?:read|used|consumed))|stream (?:was |has )?already (?:been )?(?:read|consumed)|getreader\(\) has already been called/;

const unknownType =
  /(?:unknown|unsupported|unhandled|unexpected|unrecognized) (?:webhook )?event|invalid event[ _-]?type|event(?:[ _-]type)?\b[^.{}<>]{0,40}(?:not supported|not handled|unsupported|unknown)/;

const nothingFound =
  /(?:missing|no) (?:event|payload|data)\b(?! ?(?:id|type|field)\b)|empty (?:body|payload|request)\b/;

const validationWords =
  /validat|must be (?:a|an|one|of)|invalid (?:type|value|input|event|payload)|expected (?:string|number|object|array|boolean)|unknown event|unsupported event|unhandled event/;
