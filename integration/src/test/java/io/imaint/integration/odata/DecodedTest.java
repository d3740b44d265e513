package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterInputStream;
import org.junit.jupiter.api.Test;

class DecodedTest {
    private static final byte[] TEXT = "a page of rows".repeat(100).getBytes(StandardCharsets.UTF_8);

    @Test
    void readsWhatWasDeflated() throws IOException {
        try (var decoded = new Transfer.Decoded(deflated(), "Deflate", 10_000)) {
            assertThat(decoded.readAllBytes()).isEqualTo(TEXT);
        }
    }

    @Test
    void countsWhatComesOutNotWhatCame() throws IOException {
        try (var decoded = new Transfer.Decoded(deflated(), "deflate", 100)) {
            assertThatThrownBy(decoded::readAllBytes)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_ANSWER_TOO_LARGE));
        }
    }

    @Test
    void refusesAnEncodingThatNobodyAskedFor() {
        assertThatThrownBy(() -> new Transfer.Decoded(deflated(), "br", 100)).hasMessageContaining("'br'");
    }

    private static DeflaterInputStream deflated() {
        return new DeflaterInputStream(new ByteArrayInputStream(TEXT));
    }
}
