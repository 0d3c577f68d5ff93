/** What an error's words mean, in the order of how much they tell. Each was seen as the comment beside it says. */
type Entry = { words: RegExp; meaning: string };

const rawBody = "Verify the raw bytes of the body, before any parser.";

const entries: Entry[] = [
  {
    // standardwebhooks 1.1.1 and (by its source) for Python, Node 20 createHmac, Java 17 SecretKeySpec, Python 3.11 hmac and str.encode, Ruby 3.1 OpenSSL
    words:
      /Secret can't be empty|webhook secret may not be empty|Expected secret to be of type string|"key" argument must be[^\n]{0,200}Received (?:undefined|null)|Empty key|key: expected bytes or bytearray, but got 'NoneType'|'NoneType' object has no attribute 'encode'|Cannot invoke "String\.getBytes/i,
    meaning: "The secret is empty or not set where your code runs: check how it is named and loaded there.",
  },
  {
    // standardwebhooks 1.1.1 and svix 1.99.1 for Node, Go 1.19, Java 17, Python 3.11, Ruby 3.1
    words:
      /Base64Coder: incorrect|illegal base64 data|Illegal base64 character|Incorrect padding|invalid base64|Input byte array has/i,
    meaning:
      "The library could not decode the secret: a line break, quotes or v1, stand around it, or it is no whsec_ secret.",
  },
  {
    // standardwebhooks 1.1.1, Node 20 Hmac.update, Python 3.11, PHP 8.2, Ruby 3.1
    words:
      /Expected payload to be of type|"data" argument must be[^\n]{0,200}Received an instance of|object supporting the buffer API|\(\$data\) must be of type string, array given|no implicit conversion of (?:Hash|Array)|'dict' object has no attribute '(?:decode|encode)'/i,
    meaning: `Your code was given a parsed body in place of its text. ${rawBody}`,
  },
  {
    // Node 20 Hmac.update, standardwebhooks 1.1.1, undici, raw-body, Starlette
    words:
      /"data" argument must be[^\n]{0,200}Received (?:undefined|null)|reading 'constructor'|Body is unusable|Body has already been|body used already|stream is not readable|Stream consumed/i,
    meaning: `The body did not reach this code: something read it before. ${rawBody}`,
  },
  {
    // standardwebhooks 1.1.1: with all three headers there, it says this of a fetch Headers object
    words: /Missing required headers/i,
    meaning:
      "The library did not find webhook-id, webhook-timestamp and webhook-signature in what it was given. In JavaScript it reads plain objects only: give it Object.fromEntries(request.headers).",
  },
  {
    // Go 1.19 encoding/hex, given the header as it is
    words: /encoding\/hex: invalid byte: U\+0073 's'/i,
    meaning: "Your code decodes the header as hex with sha256= still in front: cut that off first.",
  },
  {
    // Node 20 timingSafeEqual, Ruby 3.1 fixed_length_secure_compare
    words: /Input buffers must have the same byte length|inputs must be of equal length/i,
    meaning:
      "The two values compared are of different lengths: sha256= stands in front of only one of them, one is hex and the other base64, or the header is missing. Print both.",
  },
  {
    // PHP 8.2 hash_equals, Python 3.11 compare_digest, Node 20 Buffer.from and timingSafeEqual, Ruby 3.1
    words:
      /hash_equals\(\): Argument #2[^\n]{0,60}null given|combination of types: '\w{1,20}' and 'NoneType'|first argument must be of type string[^\n]{0,200}Received (?:undefined|null)|"buf[12]" argument must be|no implicit conversion of nil/i,
    meaning: "Your code found no such header, or no secret: print the names of the headers that it has.",
  },
  {
    // Python 3.11
    words:
      /must be encoded before hashing|key: expected bytes or bytearray, but got 'str'|a bytes-like object is required/i,
    meaning: "Python's hmac takes bytes: secret.encode(), and the body as it came.",
  },
  {
    // standardwebhooks 1.1.1: also for seconds, when it is given a clock of milliseconds
    words: /timestamp too new|timestamp[^\n]{0,40}in the future/i,
    meaning:
      "Its timestamp is too new for your code: either it was taken for milliseconds (it is in seconds), or your clock is behind (NTP).",
  },
  {
    // standardwebhooks 1.1.1; hand-written checks
    words:
      /timestamp too old|timestamp[^\n]{0,60}(?:too old|expired|outside|tolerance|stale)|(?:expired|stale)[^\n]{0,40}timestamp|(?:request|message|webhook|signature)[^\n]{0,20}(?:expired|too old)/i,
    meaning:
      "Its timestamp is too old for your code. It is signed anew for each attempt, so either your code compares it with milliseconds (Date.now() / 1000 are seconds), or your clock is ahead (NTP), or the request waits for more than 5 min before it is checked.",
  },
  {
    // Rails 6.1, Django 3.2, Laravel
    words: /CSRF|authenticity token|Can't verify CSRF token/i,
    meaning:
      "This is no check of a signature but protection against forged forms (CSRF): exempt this path from it, and check the signature there.",
  },
];

/** What the words of a receiver's error mean; none when they tell nothing. Only their beginning is looked at. */
export function errorMeanings(text: string): string[] {
  const looked = text.slice(0, 32_768);
  return entries.filter(({ words }) => words.test(looked)).map(({ meaning }) => meaning);
}
