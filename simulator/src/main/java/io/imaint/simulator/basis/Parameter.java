package io.imaint.simulator.basis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The profile parameters the simulated system knows. */
public enum Parameter {
    FAILS_TO_USER_LOCK(
            "login/fails_to_user_lock", new Whole(1, 99), "5", "", "Wrong passwords in a row until a user is locked"),
    SECURITY_SESSION_TIMEOUT(
            "http/security_session_timeout",
            new Whole(1, 86_400),
            "1800",
            "",
            "Seconds until an idle security session ends"),
    CREATE_SSO2_TICKET(
            "login/create_sso2_ticket",
            new Whole(0, 3),
            "0",
            "2",
            "Log-on tickets: 0 none, 1 with and 2 without certificate, 3 assertion tickets only"),
    VERIFY_CLIENT(
            "icm/HTTPS/verify_client",
            new Whole(0, 2),
            "0",
            "1",
            "Client certificates: 0 not asked for, 1 asked for, 2 demanded"),
    VERIFY_CLIENT_WITH_ISSUER(
            "icm/HTTPS/verify_client_with_issuer",
            new Text("([A-Za-z]+=[^,=]{1,64}(, ?[A-Za-z]+=[^,=]{1,64}){0,9})?"),
            "",
            "CN=*",
            "Issuers whose client certificates are accepted");

    /** What a parameter's value may be. */
    private sealed interface Form {
        boolean permits(String value);

        String words();
    }

    private record Whole(int min, int max) implements Form {
        @Override
        public boolean permits(String value) {
            if (!value.matches("[0-9]{1,6}")) {
                return false;
            }
            int number = Integer.parseInt(value);
            return number >= min && number <= max;
        }

        @Override
        public String words() {
            return "a whole number from %d to %d".formatted(min, max);
        }
    }

    private record Text(Pattern pattern) implements Form {
        Text(String regex) {
            this(Pattern.compile(regex));
        }

        @Override
        public boolean permits(String value) {
            return pattern.matcher(value).matches();
        }

        @Override
        public String words() {
            return "empty or a distinguished name such as CN=*";
        }
    }

    private final String key;
    private final Form form;
    private final String standard;
    private final String recommended;
    private final String purpose;

    Parameter(String key, Form form, String standard, String recommended, String purpose) {
        this.key = key;
        this.form = form;
        this.standard = standard;
        this.recommended = recommended;
        this.purpose = purpose;
    }

    public static Optional<Parameter> find(String key) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.key.equals(key))
                .findFirst();
    }

    /** Those for which the setup guide names a value. */
    static List<Parameter> recommendedOnes() {
        return Arrays.stream(values())
                .filter(parameter -> !parameter.recommended.isEmpty())
                .toList();
    }

    /** SAP's name of it. */
    public String key() {
        return key;
    }

    /** The value until another is set. */
    public String standard() {
        return standard;
    }

    /** What the setup guide sets, if it says anything. */
    public Optional<String> recommended() {
        return recommended.isEmpty() ? Optional.empty() : Optional.of(recommended);
    }

    public String purpose() {
        return purpose;
    }

    /** The values it takes, in words. */
    public String range() {
        return form.words();
    }

    boolean permits(String value) {
        return form.permits(value);
    }
}
