package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.interaso.webpush.VapidKeys;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: a browser can read what is pushed, and its push service knows that we sent it. Method: a push service on
 * loopback, and the receiving half of RFC 8291 and 8292 written for this test.
 */
class PushIT {
    private final Receiver service = Receiver.start();
    private final Browser browser = new Browser();
    private final Push push = new Push(
            new OutgoingHttp(
                    new OutgoingAddresses(List.of("127.0.0.1"), InetAddress::getAllByName),
                    InstantSource.fixed(Instant.EPOCH)),
            VapidKeys.generate(),
            "mailto:operator@example.com");

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void sendsWhatOnlyTheBrowserCanRead() throws Exception {
        assertThat(push.send(Notices.some("Auftrag 4711", "geändert"), subscription(browser.p256dh())))
                .isEqualTo(new Outcome.Delivered());

        var received = service.received().getFirst();
        assertThat(received.header("Content-Encoding")).isEqualTo("aes128gcm");
        assertThat(received.header("TTL")).isEqualTo("86400");
        assertThat(received.header("Topic")).isEqualTo(Notices.some("", "").alert());
        assertThat(browser.decrypted(received.body())).contains("\"title\":\"Auftrag 4711\"", "\"body\":\"geändert\"");
    }

    @Test
    void signsForThePushService() throws Exception {
        push.send(Notices.some("t", "b"), subscription(browser.p256dh()));

        var claims = Browser.claims(service.received().getFirst().header("Authorization"), push.publicKey());
        assertThat(claims).contains("\"sub\":\"mailto:operator@example.com\"", "\"aud\":\"http://127.0.0.1:");
    }

    @Test
    void forgetsABrowserThatIsGone() {
        service.answers(410, Map.of());
        assertThat(push.send(Notices.some("t", "b"), subscription(browser.p256dh())))
                .isInstanceOf(Outcome.Gone.class);
    }

    @Test
    void triesAgainWhenThePushServiceIsBusy() {
        service.answers(429, Map.of("Retry-After", "60"));
        assertThat(push.send(Notices.some("t", "b"), subscription(browser.p256dh())))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void sendsLongTextsShortened() throws Exception {
        push.send(Notices.some("t", "ह".repeat(5_000)), subscription(browser.p256dh()));
        assertThat(service.received().getFirst().body().length).isLessThan(4_096);
    }

    @Test
    void refusesKeysOfNoBrowser() {
        assertThatThrownBy(() -> push.check(subscription("AAAA"))).hasMessageContaining("PUSH_SUBSCRIPTION_INVALID");
    }

    private PushSubscription subscription(String p256dh) {
        return new PushSubscription("s", "anna", service.url(), p256dh, browser.auth(), Instant.EPOCH);
    }
}
