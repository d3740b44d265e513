package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.ByteRange.Part;
import io.imaint.kernel.http.ByteRange.Unsatisfiable;
import io.imaint.kernel.http.ByteRange.Whole;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ByteRangeTest {
    @Test
    void readsTheFormsOfOneRange() {
        assertThat(ByteRange.of("bytes=0-0", 10)).isEqualTo(new Part(0, 1));
        assertThat(ByteRange.of("bytes=3-", 10)).isEqualTo(new Part(3, 10));
        assertThat(ByteRange.of("bytes=-3", 10)).isEqualTo(new Part(7, 10));
        assertThat(ByteRange.of("bytes=-30", 10)).isEqualTo(new Part(0, 10));
        assertThat(ByteRange.of("bytes=5-99", 10)).isEqualTo(new Part(5, 10));
    }

    @Test
    void takesNoRangeOrAMalformedOneOrSeveralForTheWhole() {
        for (var whole :
                List.of("", "bytes", "bytes=", "bytes=-", "items=0-1", "bytes=5-3", "bytes=0-1,3-4", "bytes=a-b")) {
            assertThat(ByteRange.of(whole, 10)).as(whole).isEqualTo(new Whole());
        }
    }

    @Test
    void refusesWhatTheFileDoesNotReach() {
        for (var beyond : List.of("bytes=10-", "bytes=10-20", "bytes=-0")) {
            assertThat(ByteRange.of(beyond, 10)).as(beyond).isEqualTo(new Unsatisfiable());
        }
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new Unsatisfiable());
    }

    @Property
    void aPartLiesWithinTheFile(
            @ForAll @LongRange(min = 0, max = 1000) long from,
            @ForAll @LongRange(min = 0, max = 1000) long last,
            @ForAll @LongRange(min = 0, max = 1000) long size) {
        if (ByteRange.of("bytes=%d-%d".formatted(from, last), size) instanceof Part part) {
            assertThat(part.from()).isEqualTo(from).isLessThan(part.to());
            assertThat(part.to()).isLessThanOrEqualTo(size).isLessThanOrEqualTo(last + 1);
        }
    }

    @Test
    void readsEntityTags() {
        assertThat(EntityTags.read("\"a\", W/\"b\" ,\"\"")).contains(List.of("\"a\"", "W/\"b\"", "\"\""));
        for (var malformed : List.of("", "a", "\"a", "\"a\" \"b\"", "w/\"a\"", "*")) {
            assertThat(EntityTags.read(malformed)).as(malformed).isEmpty();
        }
        assertThat(EntityTags.noneMatch("\"a\", W/\"b\"", "\"b\"")).isTrue();
        assertThat(EntityTags.noneMatch("*", "\"b\"")).isTrue();
        assertThat(EntityTags.noneMatch("\"a\"", "\"b\"")).isFalse();
        assertThat(EntityTags.noneMatch("", "\"b\"")).isFalse();
    }
}
