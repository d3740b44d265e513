package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class CapturePatternTest {
    private static Optional<Map<String, String>> match(String pattern, boolean path, String text) {
        return CapturePattern.parse(pattern, path, false).match(text).map(Map::copyOf);
    }

    @Test
    void describesTheWholeText() {
        assertThat(match("Bearer {t}", false, "Bearer x")).contains(Map.of("t", "x"));
        assertThat(match("Bearer {t}", false, "Bearer ")).isEmpty();
        assertThat(match("{t}.x", false, "a.x.")).isEmpty();
        assertThat(match("a", false, "ab")).isEmpty();
    }

    @Test
    void takesAsFewCharactersAsPossible() {
        assertThat(match("{a}-{b}", false, "1-2-3")).contains(Map.of("a", "1", "b", "2-3"));
        assertThat(match("{a}-{b}-", false, "1-2-3-")).contains(Map.of("a", "1", "b", "2-3"));
    }

    @Test
    void keepsToSegmentsInPathsAndPassesOverThemByStars() {
        assertThat(match("/a/{x}", true, "/a/b")).contains(Map.of("x", "b"));
        assertThat(match("/a/{x}", true, "/a/b/c")).isEmpty();
        assertThat(match("/*/{x}", true, "/a/b")).contains(Map.of("x", "b"));
        assertThat(match("/*/{x}", true, "/a/b/c")).isEmpty();
        assertThat(match("/**/x/{x}", true, "/a/b/x/1")).contains(Map.of("x", "1"));
        assertThat(match("*{x}", false, "*1")).contains(Map.of("x", "1"));
    }

    @Test
    void takesTimeInProportionToTheText() {
        var pattern = CapturePattern.parse("{a}-{b}-{c}-{d}-{e}-{f}x", false, false);

        assertThat(pattern.match("-".repeat(1_000_000))).isEmpty();
    }

    @Property
    void agreesWithTheRegularExpression(@ForAll @CharRange(from = 'a', to = 'c') String text) {
        var matcher = Pattern.compile("(?s)(.+?)a(.+?)bc(.+?)").matcher(text);

        var taken = match("{x}a{y}bc{z}", false, text);

        assertThat(taken.isPresent()).isEqualTo(matcher.matches());
        taken.ifPresent(found -> assertThat(found)
                .isEqualTo(Map.of("x", matcher.group(1), "y", matcher.group(2), "z", matcher.group(3))));
    }
}
