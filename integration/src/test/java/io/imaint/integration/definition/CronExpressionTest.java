package io.imaint.integration.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class CronExpressionTest {
    private static String after(String expression, String time) {
        return Schedule.Cron.of(expression)
                .after(Instant.parse(time))
                .map(Instant::toString)
                .orElse("never");
    }

    @Test
    void findsTheNextTime() {
        assertThat(after("* * * * *", "2026-03-31T23:59:30Z")).isEqualTo("2026-04-01T00:00:00Z");
        assertThat(after("0 2 * * *", "2026-03-29T01:59:59Z")).isEqualTo("2026-03-29T02:00:00Z");
        assertThat(after("0 2 * * *", "2026-03-29T02:00:00Z")).isEqualTo("2026-03-30T02:00:00Z");
        assertThat(after("30 6 1 1,7 *", "2026-03-01T00:00:00Z")).isEqualTo("2026-07-01T06:30:00Z");
        assertThat(after("0 6 * * 1-5", "2026-03-06T07:00:00Z")).isEqualTo("2026-03-09T06:00:00Z");
        assertThat(after("0 0 29 2 *", "2026-03-01T00:00:00Z")).isEqualTo("2028-02-29T00:00:00Z");
        assertThat(after("0 0 30 2 *", "2026-03-01T00:00:00Z")).isEqualTo("never");
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        for (var wrong : List.of("", "x", "* * * *", "60 * * * *", "* * * * * *", "*/0 * * * *", "1".repeat(1_000))) {
            assertThatThrownBy(() -> Schedule.Cron.of(wrong))
                    .as(wrong)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("cron");
        }
    }
}
