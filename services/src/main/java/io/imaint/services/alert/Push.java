package io.imaint.services.alert;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Web Push: encrypted for the browser (RFC 8291) and signed with this installation's VAPID key (RFC 8292). */
final class Push {
    /** How long a push service keeps a notice for a browser that is off. */
    private static final Duration LIFE = Duration.ofDays(1);

    /** Characters of a body: push services take some 4,000 bytes in all, and a character may take four. */
    private static final int BODY_LENGTH_MAX = 500;

    private static final JsonMapper JSON = new JsonMapper();

    private final OutgoingHttp http;
    private final WebPush messages;

    /** @param subject a mailto or https address where push services reach the operator */
    Push(OutgoingHttp http, VapidKeys keys, String subject) {
        this.http = http;
        this.messages = new WebPush(subject, keys);
    }

    /** What a browser needs as {@code applicationServerKey}. */
    String publicKey() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(messages.getVapidKeys().getApplicationServerKey());
    }

    /** Fails with a problem when nothing could ever be sent to a subscription. */
    void check(PushSubscription subscription) {
        http.check(URI.create(subscription.endpoint()));
        var unused = encrypted(subscription, "{}");
    }

    Outcome send(Notice notice, PushSubscription subscription) {
        var text = new LinkedHashMap<String, Object>();
        text.put("alert", notice.alert());
        text.put("severity", notice.severity().toString());
        text.put("language", notice.language());
        text.put("title", shortened(notice.title()));
        text.put("body", shortened(notice.body()));
        var urgency = notice.severity() == Severity.CRITICAL ? WebPush.Urgency.High : WebPush.Urgency.Normal;
        Map<String, String> headers = messages.getHeaders(
                subscription.endpoint(), Math.toIntExact(LIFE.toSeconds()), notice.alert(), urgency);
        var body = encrypted(subscription, JSON.writeValueAsString(text));
        var outcome = http.deliver(URI.create(subscription.endpoint()), headers, body);
        return outcome instanceof Outcome.Failed failed && (failed.status() == 404 || failed.status() == 410)
                ? new Outcome.Gone("the browser has unsubscribed")
                : outcome;
    }

    private byte[] encrypted(PushSubscription subscription, String json) {
        try {
            var decoder = Base64.getUrlDecoder();
            return messages.getBody(
                    json.getBytes(StandardCharsets.UTF_8),
                    decoder.decode(subscription.p256dh()),
                    decoder.decode(subscription.auth()));
        } catch (Exception invalid) { // Kotlin declares none: a key that is not on the curve, a length, an alphabet.
            throw AlertProblem.PUSH_SUBSCRIPTION_INVALID.because("its keys are not those of a browser", invalid);
        }
    }

    private static String shortened(String text) {
        return text.length() > BODY_LENGTH_MAX ? text.substring(0, BODY_LENGTH_MAX) + "…" : text;
    }
}
