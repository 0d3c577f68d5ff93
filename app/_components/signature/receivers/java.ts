/** Runs as `java Receiver.java`, from Java 11 on. */
export const java = `// SECRET=whsec_… PORT=3000 java Receiver.java
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
  static final byte[] KEY = keyOf(System.getenv("SECRET"));
  static final long TOLERANCE_SECONDS = 5 * 60; // what is older may be a replay

  /** A whsec_ secret holds its key in base64; the key of any other is its text. */
  static byte[] keyOf(String secret) {
    return secret.startsWith("whsec_") ? Base64.getDecoder().decode(secret.substring(6)) : secret.getBytes(UTF_8);
  }

  static boolean isFromFanfare(Headers headers, byte[] rawBody) throws GeneralSecurityException {
    String id = headers.getFirst("webhook-id");
    String timestamp = headers.getFirst("webhook-timestamp");
    String given = headers.getFirst("webhook-signature");
    if (id == null || given == null || timestamp == null || !timestamp.matches("[0-9]{1,12}")) return false;
    long age = System.currentTimeMillis() / 1000 - Long.parseLong(timestamp);
    if (Math.abs(age) > TOLERANCE_SECONDS) return false;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
    byte[] right = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(rawBody))).getBytes(UTF_8);
    // While a secret is rotated there are two signatures: one of them is made with yours.
    for (String each : given.split(" ")) {
      if (MessageDigest.isEqual(each.getBytes(UTF_8), right)) return true;
    }
    return false;
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0); // behind a proxy that speaks HTTPS
    server.createContext("/", exchange -> {
      byte[] rawBody = exchange.getRequestBody().readAllBytes(); // the bytes as they came, before any parser
      int status = 401;
      try {
        if (isFromFanfare(exchange.getRequestHeaders(), rawBody)) {
          System.out.println(new String(rawBody, UTF_8)); // store it here, and work on it after the answer
          status = 204;
        }
      } catch (GeneralSecurityException fault) {
        status = 500;
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.start();
  }
}
`;
