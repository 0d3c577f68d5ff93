/** The Program.cs of `dotnet new web`. */
export const csharp = `// Program.cs of "dotnet new web": SECRET=whsec_… dotnet run --urls http://127.0.0.1:3000
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var secret = Environment.GetEnvironmentVariable("SECRET")!;
// A whsec_ secret holds its key in base64; the key of any other is its text.
var key = secret.StartsWith("whsec_") ? Convert.FromBase64String(secret[6..]) : Encoding.UTF8.GetBytes(secret);
const long toleranceSeconds = 5 * 60; // what is older may be a replay

bool IsFromFanfare(IHeaderDictionary headers, byte[] rawBody)
{
    string timestamp = headers["webhook-timestamp"].ToString();
    if (!long.TryParse(timestamp, out var seconds)) return false;
    if (Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > toleranceSeconds) return false;
    byte[] content = [.. Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{timestamp}."), .. rawBody];
    byte[] right = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content)));
    // While a secret is rotated there are two signatures: one of them is made with yours.
    return headers["webhook-signature"].ToString().Split(' ')
        .Any(each => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(each), right));
}

var app = WebApplication.CreateBuilder(args).Build();
app.MapPost("/", async (HttpRequest request) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    byte[] rawBody = buffer.ToArray(); // the bytes as they came, before any parser
    if (!IsFromFanfare(request.Headers, rawBody)) return Results.Unauthorized();
    using var received = JsonDocument.Parse(rawBody);
    Console.WriteLine(received.RootElement.GetProperty("type")); // store it here, and work on it after the answer
    return Results.NoContent();
});
app.Run();
`;
