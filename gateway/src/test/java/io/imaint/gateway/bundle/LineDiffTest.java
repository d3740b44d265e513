package io.imaint.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    private static String lines(String letters) {
        return letters.chars().mapToObj(c -> (char) c + "\n").collect(Collectors.joining());
    }

    private static String side(List<LineDiff.Line> diff, String sign) {
        return diff.stream()
                .filter(line -> line.sign().equals(" ") || line.sign().equals(sign))
                .map(line -> line.text() + "\n")
                .collect(Collectors.joining());
    }

    @Property(tries = 300)
    void holdsBothTextsWhole(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String before,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 12) String after) {
        var diff = LineDiff.of(lines(before), lines(after));

        assertThat(side(diff, "-")).isEqualTo(lines(before));
        assertThat(side(diff, "+")).isEqualTo(lines(after));
    }

    @Test
    void keepsAsMuchAsItCan() {
        var diff = LineDiff.of(lines("abcd"), lines("acxd"));

        assertThat(diff.stream().map(line -> line.sign() + line.text())).containsExactly(" a", "-b", " c", "+x", " d");
        assertThat(diff.get(2).before()).isEqualTo(3);
        assertThat(diff.get(2).after()).isEqualTo(2);
    }

    @Test
    void comparesLargeTextsRoughly() {
        var diff = LineDiff.of(lines("a".repeat(3_000)), lines("b".repeat(3_000)));

        assertThat(diff).hasSize(6_000);
        assertThat(side(diff, "+")).isEqualTo(lines("b".repeat(3_000)));
    }
}
