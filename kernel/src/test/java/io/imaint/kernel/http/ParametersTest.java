package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Finding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class ParametersTest {
    enum Kind {
        SMALL,
        VERY_LARGE
    }

    record All(
            String key,
            @Default("20") @Range(min = 1, max = 100) int size,
            @Nullable Long number,
            Optional<Boolean> open,
            @Nullable LocalDate day,
            @Nullable Instant time,
            @Nullable Kind kind,
            List<String> words,
            String needed) {}

    private static final PathTemplate PATH = PathTemplate.of("/api/things/{key}");
    private static final Parameters<All> PARAMETERS = Parameters.of(All.class, PATH);

    private static All read(String query) {
        return switch (PARAMETERS.read(Map.of("key", "k"), query)) {
            case Reading.Read<All> read -> read.value();
            case Reading.Refused<All> refused -> throw new AssertionError(refused.findings());
        };
    }

    private static List<Finding> refused(String query) {
        return switch (PARAMETERS.read(Map.of("key", "k"), query)) {
            case Reading.Read<All> read -> throw new AssertionError(read);
            case Reading.Refused<All> refused -> refused.findings();
        };
    }

    @Test
    void readsEveryKindOfValue() {
        assertThat(read("size=7&number=-5&open=true&day=2026-03-31&time=2026-03-31T08:15:00Z"
                        + "&kind=very_large&words=a,b&words=c&needed=x+y"))
                .isEqualTo(new All(
                        "k",
                        7,
                        -5L,
                        Optional.of(true),
                        LocalDate.of(2026, 3, 31),
                        Instant.parse("2026-03-31T08:15:00Z"),
                        Kind.VERY_LARGE,
                        List.of("a", "b", "c"),
                        "x y"));
    }

    @Test
    void fillsInWhatIsAbsentOrBlank() {
        var absent = new All("k", 20, null, Optional.empty(), null, null, null, List.of(), "x");
        assertThat(read("needed=x")).isEqualTo(absent);
        assertThat(read("needed=x&number=&open=&day=&&words=,")).isEqualTo(absent);
    }

    @Test
    void findsAllMistakesOfARequestTogether() {
        var findings = refused("size=101&number=1e9&open=yes&day=31.03.2026&time=now&kind=huge&words=a&colour=red");
        assertThat(findings)
                .extracting(Finding::parameter)
                .containsExactlyInAnyOrder("size", "number", "open", "day", "time", "kind", "needed", "colour");
        assertThat(findings).contains(new Finding("size", "is '101' but must be a whole number from 1 to 100"));
        assertThat(findings).contains(new Finding("kind", "is 'huge' but must be one of SMALL, VERY_LARGE"));
    }

    @Test
    void refusesRepetitionMalformedEscapesAndExcess() {
        assertThat(refused("needed=a&needed=b"))
                .containsExactly(new Finding("needed", "is given 2 times but takes one value"));
        assertThat(refused("needed=%zz")).containsExactly(new Finding("needed", "is not percent-encoded UTF-8 text"));
        assertThat(refused("needed=" + "x".repeat(1_001)).getFirst().reason()).contains("longer than");
        assertThat(refused("needed=x&words=" + "a,".repeat(101)).getFirst().reason())
                .contains("at most 100");
        assertThat(refused("needed=x" + "&x=1".repeat(300)).getFirst().reason()).contains("more than 200");
        assertThat(refused("needed=x&key=other")).extracting(Finding::parameter).containsExactly("key");
    }

    @Property
    void readsBackEveryNumberInItsRange(@ForAll @IntRange(min = 1, max = 100) int size, @ForAll long number) {
        var read = read("needed=x&size=%d&number=%d".formatted(size, number));
        assertThat(read.size()).isEqualTo(size);
        assertThat(read.number()).isEqualTo(number);
    }

    @Property
    void refusesEveryNumberOutOfItsRange(@ForAll int size) {
        if (size < 1 || size > 100) {
            assertThat(refused("needed=x&size=" + size))
                    .extracting(Finding::parameter)
                    .containsExactly("size");
        }
    }

    @Property
    void answersOrRefusesWhateverIsSent(@ForAll String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        assertThat(PARAMETERS.read(Map.of("key", text), text)).isNotNull();
        assertThat(PARAMETERS.read(Map.of("key", encoded), encoded + "=" + encoded))
                .isNotNull();
    }

    @Test
    void refusesDeclarationsThatCannotWork() {
        record NoKey(String other) {}
        record BadDefault(String key, @Default("x") int size) {}
        record BadType(String key, Object thing) {}
        record MaybeKey(Optional<String> key) {}
        assertThatThrownBy(() -> Parameters.of(NoKey.class, PATH)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Parameters.of(BadDefault.class, PATH)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Parameters.of(BadType.class, PATH)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Parameters.of(MaybeKey.class, PATH)).isInstanceOf(AssertionError.class);
    }
}
