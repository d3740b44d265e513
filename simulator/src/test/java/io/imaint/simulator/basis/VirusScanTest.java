package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: uploads are scanned as was decided. Method: the scanners' test file under each decision. */
class VirusScanTest {
    private static final byte[] CLEAN = "a photo of a pump".getBytes(UTF_8);

    private final VirusScan scan = TestSystem.blank().basis.virusScan();

    @Test
    void refusesUploadsUntilSomebodyDecides() {
        assertThat(scan.scan(CLEAN)).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.text()).startsWith("No default virus profile active or found");
        });
    }

    @Test
    void letsEverythingThroughWhenSwitchedOff() {
        scan.switchOff();
        assertThat(scan.scan(VirusScan.testVirus())).isEmpty();
        assertThat(TestSystem.ready().basis.virusScan().setting().mode()).isEqualTo(VirusScan.Mode.SWITCHED_OFF);
        scan.reset();
        assertThat(scan.scan(CLEAN)).isPresent();
    }

    @Test
    void findsTheTestVirusAnywhere() {
        scan.use("Z_UPLOADS");
        assertThat(scan.setting().profile()).isEqualTo("Z_UPLOADS");
        assertThat(VirusScan.testVirus()).hasSize(68);
        var virus = new String(VirusScan.testVirus(), UTF_8);
        for (var infected : new String[] {virus, "before" + virus, virus + "after", "X5X5O" + virus + virus}) {
            assertThat(scan.scan(infected.getBytes(UTF_8)))
                    .hasValueSatisfying(refusal -> assertThat(refusal.text()).contains("Virus"));
        }
        for (var clean :
                new String[] {"", "a photo", virus.substring(1), virus.substring(0, 67), virus.replace('$', '_')}) {
            assertThat(scan.scan(clean.getBytes(UTF_8))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPLOADS", "Z UPLOADS", "/SCMS/", "z_uploads"})
    void refusesProfilesOutOfTheCustomersNames(String profile) {
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> scan.use(profile));
    }

    @Test
    void takesSapsProfiles() {
        scan.use("/IWFND/ODATA_UPLOAD");
        assertThat(scan.scan(CLEAN)).isEmpty();
    }
}
