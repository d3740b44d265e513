package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class InputTest {
    enum Kind {
        SMALL,
        VERY_LARGE
    }

    record All(
            @Path String key,
            @Default("20") @Range(min = 1, max = 100) int size,
            @Nullable Long number,
            Optional<Boolean> open,
            @Nullable LocalDate day,
            @Nullable Instant time,
            @Nullable Kind kind,
            List<String> words,
            @Range(min = 0, max = 24) @Nullable BigDecimal hours,
            @Nullable LocalTime at,
            @Nullable Duration every,
            @Nullable EquipmentNumber equipment,
            @Size(max = 2) @Length(min = 2, max = 3) List<String> codes,
            @Header("X-Part") @Nullable Integer part,
            String needed) {}

    private static final PathTemplate PATH = PathTemplate.of("/api/things/{key}");
    private static final Input<All> INPUT = Input.of(All.class, "GET", PATH);

    private static Request request(String query) {
        return new Request("GET", "/api/things/k", query, name -> name.equals("X-Part") ? "7" : "", "", null);
    }

    private static All bind(Map<String, String> path, String query) {
        return INPUT.bind(request(query), path, 0).record(() -> "");
    }

    private static All read(String query) {
        return bind(Map.of("key", "k"), query);
    }

    private static List<Finding> refused(String query) {
        try {
            throw new AssertionError(read(query));
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo(HttpProblem.PARAMETERS_INVALID);
            return refused.findings();
        }
    }

    @Test
    void readsEveryKindOfValue() {
        assertThat(read("size=7&number=-5&open=true&day=2026-03-31&time=2026-03-31T08:15:00Z"
                        + "&kind=very_large&words=a,b&words=c&needed=x+y&hours=7.25&at=07:30&every=PT5M&equipment=4711"
                        + "&codes=AB,CDE"))
                .isEqualTo(new All(
                        "k",
                        7,
                        -5L,
                        Optional.of(true),
                        LocalDate.of(2026, 3, 31),
                        Instant.parse("2026-03-31T08:15:00Z"),
                        Kind.VERY_LARGE,
                        List.of("a", "b", "c"),
                        new BigDecimal("7.25"),
                        LocalTime.of(7, 30),
                        Duration.ofMinutes(5),
                        new EquipmentNumber("000000000000004711"),
                        List.of("AB", "CDE"),
                        7,
                        "x y"));
    }

    @Test
    void countsAnEmptyValueAsAbsent() {
        var absent = new All(
                "k",
                20,
                null,
                Optional.empty(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                7,
                "x");
        assertThat(read("needed=x")).isEqualTo(absent);
        assertThat(read("needed=x&number=&open=&day=&&words=,&size=&codes=&hours=&at="))
                .isEqualTo(absent);
        assertThat(refused("needed=")).containsExactly(new Finding("needed", "is required: text"));
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

    @Test
    void checksRangesLengthsAndForms() {
        var findings =
                refused("needed=x&hours=24.01&at=7:30&every=P1M&equipment=" + "9".repeat(19) + "&codes=A,BC,CDEF");
        assertThat(findings)
                .containsExactlyInAnyOrder(
                        new Finding("hours", "is '24.01' but must be a number from 0 to 24"),
                        new Finding("at", "is '7:30' but must be a time of day such as 07:30"),
                        new Finding("every", "is 'P1M' but must be a duration such as PT5M"),
                        new Finding("equipment", "is '9999999999999999999' but must be a key of at most 18 characters"),
                        new Finding("codes", "is 'A' but must be text of 2 to 3 characters"),
                        new Finding("codes", "is 'CDEF' but must be text of 2 to 3 characters"));
        assertThat(refused("needed=x&codes=AB,CD,EF"))
                .containsExactly(new Finding("codes", "has 3 values but must have 0 to 2 items"));
    }

    @Test
    void refusesDatesAndNumbersThatSortWronglyOrFillMemory() {
        for (var wrong : List.of(
                "day=%2B10000-01-01",
                "day=0000-01-01",
                "day=-0001-01-01",
                "time=%2B10000-01-01T00:00:00Z",
                "hours=1e999999999",
                "hours=1e-999999999")) {
            assertThat(refused("needed=x&" + wrong)).as(wrong).hasSize(1);
        }
    }

    @Test
    void saysThatAControlCharacterIsOne() {
        assertThat(refused("needed=a%0Eb")).containsExactly(new Finding("needed", "has a control character"));
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
        for (var query : List.of(text, encoded, encoded + "=" + encoded)) {
            try {
                assertThat(bind(Map.of("key", text), query)).isNotNull();
            } catch (Failure refused) {
                assertThat(refused.findings()).isNotEmpty();
            }
        }
    }

    record Shared(
            @Default("0") @Range(min = 0, max = 9) int from,
            @Nullable Integer to) {
        Shared {
            if (to != null && to < from) {
                throw new IllegalArgumentException("'to' must not be less than 'from'");
            }
        }
    }

    record Sharing(
            @Path String key,
            @Parameters Shared range,
            @Default("5") int limit) {}

    @Test
    void bindsARecordOfParametersThatRoutesShare() {
        var input = Input.of(Sharing.class, "GET", PATH);
        assertThat(input.parameters()).extracting(Parameter::name).containsExactly("key", "from", "to", "limit");
        assertThat(input.bind(request("from=2&to=3"), Map.of("key", "k"), 0).record(() -> ""))
                .isEqualTo(new Sharing("k", new Shared(2, 3), 5));
        assertFails(HttpProblem.PARAMETERS_INVALID, () -> input.bind(request("from=10"), Map.of("key", "k"), 0));
        assertFails(HttpProblem.PARAMETERS_INVALID, () -> input.bind(request("from=2&to=1"), Map.of("key", "k"), 0));
    }

    @Test
    void readsTheRevisionThatIfMatchNames() {
        record Changing(@Path String key, @IfMatch long rev) {}
        record Versioning(@Path String key, @IfMatch String version) {}
        record Perhaps(@Path String key, @IfMatch @Nullable Long rev) {}
        var path = Map.of("key", "k");
        var rev = Input.of(Changing.class, "PUT", PATH);
        var version = Input.of(Versioning.class, "PUT", PATH);
        var perhaps = Input.of(Perhaps.class, "POST", PATH);
        assertThat(rev.bind(matching("\"7\""), path, 0).record(() -> "").rev()).isEqualTo(7);
        for (var noRevision : List.of("W/\"7\"", "\"abc\"", "\"-1\"", "\"\"", "\"99999999999999999999\"")) {
            assertThat(rev.bind(matching(noRevision), path, 0).record(() -> "").rev())
                    .as(noRevision)
                    .isZero();
        }
        assertThat(version.bind(matching("\"abc\""), path, 0).record(() -> "").version())
                .isEqualTo("abc");
        assertThat(perhaps.bind(matching("*"), path, 0).record(() -> "").rev()).isNull();
        assertThat(perhaps.bind(matching(""), path, 0).record(() -> "").rev()).isNull();
        for (var none : List.of("", "*")) {
            assertFails(HttpProblem.PRECONDITION_REQUIRED, () -> rev.bind(matching(none), path, 0));
            assertFails(HttpProblem.PRECONDITION_REQUIRED, () -> version.bind(matching(none), path, 0));
        }
        for (var malformed : List.of("7", "\"7", "\"7\" \"8\"", "\"7\", \"8\"", ",")) {
            assertFails(HttpProblem.PARAMETERS_INVALID, () -> rev.bind(matching(malformed), path, 0));
        }
    }

    private static Request matching(String ifMatch) {
        return new Request("PUT", "/api/things/k", "", name -> name.equals("If-Match") ? ifMatch : "", "", null);
    }

    private static void assertFails(HttpProblem code, ThrowingCallable bind) {
        assertThatThrownBy(bind)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void refusesDeclarationsThatCannotWork() {
        record NoKey(@Path String other) {}
        record Unbound(String key) {}
        record BadDefault(@Path String key, @Default("x") int size) {}
        record OutOfRange(
                @Path String key,
                @Default("0") @Range(min = 1) int size) {}
        record BadType(@Path String key, Object thing) {}
        record MaybeKey(@Path Optional<String> key) {}
        record RangeOfText(@Path String key, @Range(min = 1) String text) {}
        record SizeOfText(@Path String key, @Size(max = 1) String text) {}
        record BodyOfGet(@Path String key, @Body All all) {}
        record MatchOfGet(@Path String key, @IfMatch long rev) {}
        for (var wrong : List.of(
                NoKey.class,
                Unbound.class,
                BadDefault.class,
                OutOfRange.class,
                BadType.class,
                MaybeKey.class,
                RangeOfText.class,
                SizeOfText.class,
                BodyOfGet.class,
                MatchOfGet.class)) {
            assertThatThrownBy(() -> Input.of(wrong, "GET", PATH))
                    .as(wrong.toString())
                    .isInstanceOf(AssertionError.class);
        }
        record TwoBodies(
                @Path String key, @Body Kept one, @Body Kept two) {}
        record PatchByRecord(@Path String key, @Body Kept one) {}
        record NumberAsId(@Path String key, @NewId long id) {}
        assertThatThrownBy(() -> Input.of(TwoBodies.class, "PUT", PATH)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Input.of(PatchByRecord.class, "PATCH", PATH)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Input.of(NumberAsId.class, "POST", PATH)).isInstanceOf(AssertionError.class);
    }

    record Kept(String text) {}
}
