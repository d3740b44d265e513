package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.pipeline.ChangeStamps;
import io.imaint.integration.pipeline.DocumentHash;
import io.imaint.integration.source.ClockSkew;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.500Z");

    @Test
    void manyAnswersTellTheSkewMoreExactlyThanASecond() {
        var skew = new ClockSkew();
        assertThat(skew.estimate()).isZero();
        for (int i = 0; i < 50; i++) {
            var asked = NOW.plusMillis(i * 137L);
            var sap = asked.plusMillis(7_310);
            skew.answered(asked, asked.plusMillis(4), Instant.ofEpochSecond(sap.getEpochSecond()));
        }
        assertThat(skew.estimate()).isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_370));
        assertThat(skew.toReport()).isPresent();
        assertThat(skew.toReport()).isEmpty();
    }

    @Test
    void aClockThatWasSetIsNoticedWithTheNextAnswer() {
        var skew = new ClockSkew();
        skew.answered(NOW, NOW, Instant.ofEpochSecond(NOW.getEpochSecond()));
        skew.answered(NOW, NOW, Instant.ofEpochSecond(NOW.getEpochSecond() + 3600));
        assertThat(skew.estimate().toSeconds()).isEqualTo(3600);
        skew.answered(NOW, NOW, Instant.ofEpochSecond(NOW.getEpochSecond()));
        assertThat(skew.estimate().toSeconds()).isZero();
    }

    @Test
    void aStampWithoutATimeOfDayIsReadFromTheDayBefore() {
        var day = new EdmProperty(
                "AEDAT",
                EdmKind.DATE_TIME,
                "Edm.DateTime",
                true,
                0,
                0,
                0,
                true,
                "",
                EdmProperty.Abilities.DEFAULT,
                null);
        var newest = Instant.parse("2026-03-05T00:00:00Z");
        assertThat(ChangeStamps.since(day, newest, Duration.ofMinutes(5)))
                .contains("AEDAT ge datetime'2026-03-04T00:00:00'");
        var time = EdmProperty.of("CHANGEDAT", EdmKind.DATE_TIME_OFFSET);
        assertThat(ChangeStamps.since(time, newest, Duration.ofMinutes(5)))
                .contains("CHANGEDAT ge datetimeoffset'2026-03-04T23:55:00Z'");
        assertThat(ChangeStamps.since(EdmProperty.of("X", EdmKind.STRING), newest, Duration.ZERO))
                .isEmpty();
        assertThat(ChangeStamps.instant("2026-03-05")).isEqualTo(newest);
    }

    @Test
    void contentsAreTheSameHoweverTheyAreKept() {
        var fields = List.of("a", "b", "c");
        var one = new Document().put("a", "x").put("b", new BigDecimal("1.50")).put("extra", 1);
        var other = new Document().put("b", new BigDecimal("1.5")).put("a", "x").put("c", null);
        assertThat(DocumentHash.of(one, fields)).isEqualTo(DocumentHash.of(other, fields));
        assertThat(DocumentHash.of(one, fields))
                .isNotEqualTo(DocumentHash.of(other.copy().put("c", "x"), fields));
        var moved = new Document().put("b", "x").put("a", new BigDecimal("1.50"));
        assertThat(DocumentHash.of(one, fields)).isNotEqualTo(DocumentHash.of(moved, fields));
    }

    @Test
    void bucketsTellWhatDiffersInAnyOrder() {
        var keys = new ReconciliationKeys(Partitions.ALL, 100);
        for (int i = 0; i < 10_000; i++) {
            keys.source("k" + i, i == 77 ? 1 : 0);
        }
        for (int i = 9_999; i >= 0; i--) {
            if (i != 88) {
                keys.store("k" + i, 0);
            }
        }
        assertThat(keys.held()).isNull();
        assertThat(keys.groups()).singleElement().satisfies(group -> {
            assertThat(group.cardinality()).isEqualTo(2);
            assertThat(group.get(ReconciliationKeys.bucket("k77"))).isTrue();
            assertThat(group.get(ReconciliationKeys.bucket("k88"))).isTrue();
        });
    }
}
