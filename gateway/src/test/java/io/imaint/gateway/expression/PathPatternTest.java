package io.imaint.gateway.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/*/a/, /x/a/, true",
        "/*/a/, /y/a/, true",
        "/*/a/, /x/y/a/, false",
        "/*/a/*, /x/a/b, true",
        "/*/a/*, /y/a/foo, true",
        "/*/a/*, /y/a/foo/bar, false",
        "/*/a/**, /x/a/b/c/d, true",
        "/*/a/*/feed/, /x/a/b/feed/, true",
        "/*/a/{reader}/feed/, /y/a/foo/feed/, true",
        "/a/**/feed/**, /a/b/feed/rss/1234, true",
        "/a/**/feed/**, /a/feed/rss, false",
        "%{user%}, {user}, true",
        "%{user%}, user, false",
        "/c%*at, /c*at, true",
        "/c%*at, /cat, false",
        "/animals/*, /animals/cat, true",
        "/animals/*, /animals/, false",
        "/animals/*, /animals, false",
        "/animals/**, /animals/cat/wild, true",
        "/animals/**, /animals/, true",
        "/animals/**, /animals, false",
        "/animals/*/wild/**, /animals/cat/wild/1/2, true",
        "/token(**, /token('x')/y, true",
        "/token(**, /token, false",
        "/**, /, true",
        "/**/india/blr/**, /x/india/blr/y, true",
        "**/india/blr**, /india/blr, true",
        "**/feed, /a/feed, true",
        "/$metadata, /$metadata, true",
        "/A, /a, false",
        "/{open, /{open, true",
        "/{}, /{}, true",
        "/50%, /50%, true"
    })
    void matchesAsDocumented(String pattern, String path, boolean expected) {
        assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab/*").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.strings().withChars("ab/").ofMaxLength(14);
    }

    @Property(tries = 5000)
    void agreesWithARegularExpression(@ForAll("patterns") String pattern, @ForAll("paths") String path) {
        var oracle = pattern.replaceAll("\\*\\*+", "A").replace("*", "[^/]+").replace("A", ".*");
        assertThat(PathPattern.of(pattern).matches(path))
                .as("%s %s", pattern, path)
                .isEqualTo(Pattern.matches(oracle, path));
    }

    @Property(tries = 3000)
    void globsAgreeWithARegularExpression(@ForAll("patterns") String pattern, @ForAll("paths") String path) {
        assertThat(Wildcards.glob(pattern).matches(path))
                .as("%s %s", pattern, path)
                .isEqualTo(Pattern.matches(pattern.replace("*", ".*"), path));
    }

    @Test
    void givesUpOnHostilePaths() {
        assertThat(PathPattern.of("**a*a*b/").matches("a".repeat(1_000_000))).isFalse();
        assertThat(Wildcards.glob("*a".repeat(1000) + "b").matches("a".repeat(1_000_000)))
                .isFalse();
    }

    @Test
    void takesThePathsThatAServerTakes() {
        assertThat(PathPattern.of("**/x/*/y").matches("/aa".repeat(2300) + "/x/1/y"))
                .isTrue();
    }

    @Test
    void isEqualByItsText() {
        assertThat(PathPattern.of("/a/*")).isEqualTo(PathPattern.of("/a/*")).hasToString("/a/*");
        assertThat(PathPattern.of("/a/*")).isNotEqualTo(PathPattern.of("/a/b"));
    }
}
