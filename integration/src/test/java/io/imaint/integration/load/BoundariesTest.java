package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundariesTest {
    @Test
    void numbersOfOneLengthAreSplitEvenly() {
        assertThat(Boundaries.even("000", "999", 4)).hasValue(List.of("250", "500", "750"));
        assertThat(Boundaries.even("0000000000000000000000", "9999999999999999999999", 2))
                .hasValue(List.of("5000000000000000000000"));
    }

    @Test
    void numbersThatLieClosePartLess() {
        assertThat(Boundaries.even("007", "008", 5)).hasValue(List.of("008"));
        assertThat(Boundaries.even("7", "7", 5)).hasValue(List.of());
    }

    @Test
    void otherTextsCannotBeSplitWithoutAsking() {
        assertThat(Boundaries.even("7", "10", 2)).isEmpty();
        assertThat(Boundaries.even("A1", "A9", 2)).isEmpty();
        assertThat(Boundaries.even("", "", 2)).isEmpty();
        assertThat(Boundaries.even("١", "٩", 2)).as("digits of another script").isEmpty();
    }

    @Test
    void theFirstConditionTakesWhatIsMissingAndTheLastWhatIsNew() {
        assertThat(Boundaries.conditions("P", List.of("'b'", "'d'"), true))
                .containsExactly("P lt 'b' or P eq null", "P ge 'b' and P lt 'd'", "P ge 'd'");
        assertThat(Boundaries.conditions("P", List.of("'b'"), false)).containsExactly("P lt 'b'", "P ge 'b'");
        assertThat(Boundaries.conditions("P", List.of(), true)).containsExactly("");
    }

    @Test
    void everyValueIsInSomeRangeEvenWhenTheSystemSortsOtherwise() {
        var boundaries = List.of(5, 2, 9, 9, 1);
        for (int value = 0; value < 12; value++) {
            int wanted = value;
            boolean inOne = wanted < boundaries.getFirst()
                    || wanted >= boundaries.getLast()
                    || IntStream.range(1, boundaries.size())
                            .anyMatch(i -> wanted >= boundaries.get(i - 1) && wanted < boundaries.get(i));
            assertThat(inOne).as("value %d", value).isTrue();
        }
    }
}
