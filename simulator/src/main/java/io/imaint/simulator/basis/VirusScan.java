package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_VALUE_INVALID;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;

/** The check of uploaded content (/IWFND/VIRUS_SCAN). */
public final class VirusScan {
    /** How uploads are treated. */
    public enum Mode {
        /** Nobody has decided yet: uploads are refused. */
        NONE,
        /** Everything passes. */
        SWITCHED_OFF,
        /** Content is scanned under a profile. */
        PROFILE
    }

    /**
     * What was decided.
     *
     * @param profile the profile's name, empty unless one is used
     */
    public record Setting(Mode mode, String profile) {
        public Setting {
            // The customer's profiles begin with Y or Z, SAP's are /package/function.
            boolean named = profile.matches("[YZ][A-Z0-9_]{0,29}|/[A-Z0-9_]{1,20}/[A-Z0-9_]{1,20}");
            if (mode == Mode.PROFILE ? !named : !profile.isEmpty()) {
                throw new IllegalArgumentException(
                        "a virus scan profile is named Z… or Y…, or /PACKAGE/FUNCTION when it is SAP's");
            }
        }
    }

    /*
     * Statuses and texts are those that callers of real systems report; the codes are assumptions, since the reports
     * leave them out.
     */
    private static final Refusal NO_PROFILE = Refusal.odata(
            400,
            "/IWFND/CX_VIRUS_SCAN/001",
            "No default virus profile active or found. Please check the official guide.");

    private static final Refusal INFECTED =
            Refusal.odata(400, "/IWFND/CX_VIRUS_SCAN/002", "Virus detected in the uploaded content; upload rejected");

    private static final byte[] TEST_VIRUS = testVirus();

    private final Store store;

    VirusScan(Store store) {
        this.store = store;
    }

    public Setting setting() {
        return store.now().gateway().virusScan();
    }

    public void switchOff() {
        set(new Setting(Mode.SWITCHED_OFF, ""));
    }

    public void reset() {
        set(new Setting(Mode.NONE, ""));
    }

    public void use(String profile) {
        try {
            set(new Setting(Mode.PROFILE, profile));
        } catch (IllegalArgumentException invalid) {
            throw BASIS_VALUE_INVALID.because(String.valueOf(invalid.getMessage()), invalid);
        }
    }

    /** Says whether content may be uploaded; the one virus that is known is the test file of the scanners' makers. */
    public Optional<Refusal> scan(byte[] content) {
        return switch (setting().mode()) {
            case NONE -> Optional.of(NO_PROFILE);
            case SWITCHED_OFF -> Optional.empty();
            case PROFILE -> contains(content, TEST_VIRUS) ? Optional.of(INFECTED) : Optional.empty();
        };
    }

    private void set(Setting setting) {
        store.change(state -> state.withGateway(state.gateway().withVirusScan(setting)));
    }

    /** Joined at run time only: in one piece it would make scanners take this very program for a virus. */
    static byte[] testVirus() {
        return String.join("", "X5O!P%@AP[4\\PZX54", "(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*")
                .getBytes(US_ASCII);
    }

    private static boolean contains(byte[] content, byte[] sought) {
        for (int start = 0; start <= content.length - sought.length; start++) {
            int same = 0;
            while (same < sought.length && content[start + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return true;
            }
        }
        return false;
    }
}
