package io.imaint.services.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: codes are those of authenticator apps. Method: the vectors of RFC 6238 appendix B and RFC 4648 section 10. */
class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void agreesWithTheRfc(long seconds, String code) {
        assertThat(Totp.code(SECRET, seconds / 30)).isEqualTo(code);
    }

    @Test
    void acceptsTheCodeOfNowAndOfJustBeforeOnce() {
        var now = Instant.ofEpochSecond(1_111_111_111);
        long step = now.getEpochSecond() / 30;
        assertThat(Totp.step(SECRET, "050471", now, 0)).hasValue(step);
        assertThat(Totp.step(SECRET, "081804", now, 0)).hasValue(step - 1);
        assertThat(Totp.step(SECRET, "050471", now, step)).isEmpty();
        assertThat(Totp.step(SECRET, "081804", now, step)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, step - 2), now, 0)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, step + 1), now, 0)).isEmpty();
    }

    @Test
    void writesBase32() {
        assertThat(Totp.base32("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
