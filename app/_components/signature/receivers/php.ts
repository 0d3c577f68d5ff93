/** Runs as `php -S 127.0.0.1:3000 receiver.php`, and behind any web server. */
export const php = `<?php
// SECRET=whsec_… php -S 127.0.0.1:3000 receiver.php, or behind any web server

const TOLERANCE_SECONDS = 5 * 60; // what is older may be a replay

function is_from_fanfare(string $raw_body, string $secret): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    // A whsec_ secret holds its key in base64; the key of any other is its text.
    $key = str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret;
    $right = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$raw_body", $key, true));
    // While a secret is rotated there are two signatures: one of them is made with yours.
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $given) {
        if (hash_equals($right, $given)) {
            return true;
        }
    }
    return false;
}

$raw_body = file_get_contents('php://input'); // the bytes as they came, before any parser
if (!is_from_fanfare($raw_body, getenv('SECRET'))) {
    http_response_code(401);
    exit('wrong signature');
}
$event = json_decode($raw_body, true);
error_log($event['type'] . ' ' . $event['id']); // store it here, and work on it after the answer; it may come twice
http_response_code(204);
`;
