package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.PASSWORD;
import static io.imaint.services.auth.AuthSystem.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a stolen password alone is no use. Method: an authenticator app in the test, over HTTP. */
class SecondFactorsIT {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String TOTP = "/api/auth/totp";

    private AuthSystem system;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AuthSystem(directory);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    /** What an app does with the secret that it shows as Base32. */
    private String code(String secret) {
        return code(secret, system.clock.instant());
    }

    static String code(String secret, Instant now) {
        var bits = new StringBuilder();
        secret.chars()
                .forEach(c -> bits.append("%5s"
                        .formatted(Integer.toBinaryString(BASE32.indexOf(c)))
                        .replace(' ', '0')));
        var hex = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 4) {
            hex.append(Integer.toHexString(Integer.parseInt(bits.substring(i, i + 4), 2)));
        }
        return Totp.code(HexFormat.of().parseHex(hex), now.getEpochSecond() / 30);
    }

    private AuthSystem.Reply signIn(String code) {
        return system.call("", "POST", "/api/auth/sign-in", body("user", "anna", "password", PASSWORD, "code", code));
    }

    private record App(String secret, List<String> recovery) {}

    private App enrolled(String token) {
        var begun = system.call(token, "POST", TOTP, "");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(200);
        assertThat(begun.text("uri")).startsWith("otpauth://totp/iMaintenance:anna?secret=");
        var secret = begun.text("secret");
        assertThat(system.call(token, "POST", TOTP + "/confirm", body("code", "000000"))
                        .status())
                .isEqualTo(422);
        var confirmed = system.call(token, "POST", TOTP + "/confirm", body("code", code(secret)));
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        var codes = confirmed
                .json()
                .get("recoveryCodes")
                .valueStream()
                .map(node -> node.asString())
                .toList();
        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(one -> one.matches("\\d-[A-Z2-7]{5}-[A-Z2-7]{5}"));
        system.clock.advance(Duration.ofSeconds(31));
        return new App(secret, codes);
    }

    @Test
    void asksForTheCodeOnceThereIsAnApp() {
        var app = enrolled(system.token("anna"));
        var without = system.signIn("anna", PASSWORD);

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.text("code")).isEqualTo("second-factor-required");
        assertThat(signIn("000000").text("code")).isEqualTo("sign-in-refused");
        var code = code(app.secret);
        assertThat(signIn(code).status()).isEqualTo(200);
        assertThat(signIn(code).status()).as("the same code again").isEqualTo(401);
    }

    @Test
    void slowsDownWhoGuessesCodes() {
        enrolled(system.token("anna"));
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 8; i++) {
            statuses.add(signIn("%06d".formatted(i)).status());
        }
        assertThat(statuses.getLast()).isEqualTo(429);
    }

    @Test
    void takesEachRecoveryCodeOnce() {
        var app = enrolled(system.token("anna"));
        assertThat(signIn(app.recovery.get(3)).status()).isEqualTo(200);
        assertThat(signIn(app.recovery.get(3)).status()).isEqualTo(401);
        assertThat(signIn("4" + app.recovery.get(5).substring(1)).status()).isEqualTo(401);
        assertThat(signIn(app.recovery.get(5).toLowerCase(Locale.ROOT)).status())
                .isEqualTo(200);
    }

    @Test
    void keepsTheAppWhenThePasswordIsReset() {
        enrolled(system.token("anna"));
        var made = system.call("administrator", "POST", "/api/auth/reset-codes", body("user", "anna"));
        var fresh = "violet tractor 19 hums";
        system.call(
                "",
                "POST",
                "/api/auth/password-reset",
                body("user", "anna", "code", made.text("code"), "password", fresh));
        assertThat(system.signIn("anna", fresh).text("code")).isEqualTo("second-factor-required");
    }

    @Test
    void asksForARecentSignInAndRemovesTheApp() {
        var token = system.token("anna");
        var app = enrolled(token);
        system.clock.advance(Duration.ofMinutes(5));
        assertThat(system.call(token, "DELETE", TOTP, "").status()).isEqualTo(403);
        var fresh = signIn(code(app.secret)).text("accessToken");
        assertThat(system.call(fresh, "POST", TOTP, "").status()).isEqualTo(422);
        assertThat(system.call(fresh, "DELETE", TOTP, "").status()).isEqualTo(204);
        assertThat(system.signIn("anna", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void allowsNothingButSettingItUpWhereTheRoleRequiresIt() {
        system.role("technician", "required", "notes.read");
        var token = system.token("anna");
        assertThat(system.call(token, "GET", "/api/notes", "").status()).isEqualTo(403);
        enrolled(token);
        assertThat(system.call(token, "GET", "/api/notes", "").status()).isEqualTo(200);
        assertThat(system.signIn("anna", PASSWORD).text("code")).isEqualTo("second-factor-required");
    }
}
