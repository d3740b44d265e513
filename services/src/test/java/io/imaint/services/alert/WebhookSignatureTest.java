package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Goal: receivers verify us with the libraries they have. Method: the example of the Standard Webhooks' libraries. */
class WebhookSignatureTest {
    @Test
    void signsAsTheStandardsExample() {
        var headers = WebhookSignature.headers(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(headers)
                .containsEntry("Webhook-Id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("Webhook-Timestamp", "1614265330")
                .containsEntry("Webhook-Signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
