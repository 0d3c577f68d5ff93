/** Runs as `rackup config.ru`. */
export const ruby = `# config.ru: SECRET=whsec_… rackup --port 3000
require "base64"
require "json"
require "openssl"

SECRET = ENV.fetch("SECRET")
# A whsec_ secret holds its key in base64; the key of any other is its text.
KEY = SECRET.start_with?("whsec_") ? Base64.strict_decode64(SECRET.delete_prefix("whsec_")) : SECRET
TOLERANCE_SECONDS = 5 * 60 # what is older may be a replay

def from_fanfare?(env, raw_body)
  id, timestamp, given = env.values_at("HTTP_WEBHOOK_ID", "HTTP_WEBHOOK_TIMESTAMP", "HTTP_WEBHOOK_SIGNATURE")
  return false unless id && given && timestamp&.match?(/\\A\\d+\\z/)
  return false if (Time.now.to_i - timestamp.to_i).abs > TOLERANCE_SECONDS

  content = "#{id}.#{timestamp}.".b + raw_body
  right = "v1,#{Base64.strict_encode64(OpenSSL::HMAC.digest("SHA256", KEY, content))}"
  # While a secret is rotated there are two signatures: one of them is made with yours.
  given.split.any? { |each| OpenSSL.secure_compare(each, right) }
end

run(lambda do |env|
  raw_body = env["rack.input"].read.b # the bytes as they came, before any parser. Rails: request.raw_post
  next [401, {}, ["wrong signature"]] unless from_fanfare?(env, raw_body)

  event = JSON.parse(raw_body.force_encoding("UTF-8"))
  puts "#{event["type"]} #{event["id"]}" # store it here, and work on it after the answer; it may come twice
  [204, {}, []]
end)
`;
