package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadPlannerTest {
    @Test
    void numbersOfOneLengthAreSplitEvenly() {
        assertThat(LoadPlanner.even("000", "999", 4)).hasValue(List.of("250", "500", "750"));
        assertThat(LoadPlanner.even("0000000000000000000000", "9999999999999999999999", 2))
                .hasValue(List.of("5000000000000000000000"));
    }

    @Test
    void numbersThatLieClosePartLess() {
        assertThat(LoadPlanner.even("007", "008", 5)).hasValue(List.of("008"));
        assertThat(LoadPlanner.even("7", "7", 5)).hasValue(List.of());
    }

    @Test
    void otherTextsCannotBeSplitWithoutAsking() {
        assertThat(LoadPlanner.even("7", "10", 2)).isEmpty();
        assertThat(LoadPlanner.even("A1", "A9", 2)).isEmpty();
        assertThat(LoadPlanner.even("", "", 2)).isEmpty();
        assertThat(LoadPlanner.even("١", "٩", 2)).as("digits of another script").isEmpty();
    }

    @Test
    void theFirstConditionTakesWhatIsMissingAndTheLastWhatIsNew() {
        assertThat(LoadPlanner.conditions("P", List.of("'b'", "'d'"), true))
                .containsExactly("P lt 'b' or P eq null", "P ge 'b' and P lt 'd'", "P ge 'd'");
        assertThat(LoadPlanner.conditions("P", List.of("'b'"), false)).containsExactly("P lt 'b'", "P ge 'b'");
        assertThat(LoadPlanner.conditions("P", List.of(), true)).containsExactly("");
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
