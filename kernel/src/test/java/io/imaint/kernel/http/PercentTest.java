package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PercentTest {
    @Property
    void decodesWhatAnEncoderWrote(@ForAll String text) {
        Assume.that(text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text));
        assertThat(Percent.query(URLEncoder.encode(text, StandardCharsets.UTF_8)))
                .contains(text);
    }

    @Property
    void neverFailsWhateverIsSent(@ForAll String text) {
        assertThat(Percent.path(text)).isNotNull();
    }

    @Test
    void refusesHalfEscapesAndBadUtf8() {
        assertThat(Percent.path("%")).isEmpty();
        assertThat(Percent.path("%4")).isEmpty();
        assertThat(Percent.path("%zz")).isEmpty();
        assertThat(Percent.path("%c3")).isEmpty();
        assertThat(Percent.path("%c0%af")).isEmpty();
    }

    @Test
    void readsAPlusAsABlankOnlyInAQuery() {
        assertThat(Percent.path("a+b")).contains("a+b");
        assertThat(Percent.query("a+b")).contains("a b");
    }
}
