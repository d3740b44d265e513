package io.imaint.services.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers by which a receiver knows that a webhook is ours and new. Source: Standard Webhooks 1.0: HMAC-SHA256 over
 * {@code id.timestamp.body}.
 */
final class WebhookSignature {
    static final String SECRET_PREFIX = "whsec_";

    private WebhookSignature() {}

    /** @param secret as the receiver has it: the prefix and the key in Base64 */
    static Map<String, String> headers(String secret, String id, Instant at, byte[] body) {
        var timestamp = Long.toString(at.getEpochSecond());
        return Map.of(
                "Webhook-Id", id,
                "Webhook-Timestamp", timestamp,
                "Webhook-Signature", "v1," + signature(secret, id + "." + timestamp + ".", body));
    }

    private static String signature(String secret, String head, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }
}
