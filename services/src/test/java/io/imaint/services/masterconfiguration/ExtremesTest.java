package io.imaint.services.masterconfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremesTest {
    private static @Nullable Double even(int number) {
        return number % 2 == 0 ? (Double) (double) number : null;
    }

    @Test
    void keepsAShortSeriesWhole() {
        var series = List.of(3, 1, 2, 5);
        assertThat(Extremes.of(series, 4, Integer::doubleValue)).isEqualTo(series);
        assertThat(Extremes.of(List.<Integer>of(), 4, Integer::doubleValue)).isEmpty();
    }

    @Test
    void keepsThePeaksOfEachSpanInTheirOrder() {
        var series = List.of(5, 9, 1, 5, 5, 2, 7, 5);
        assertThat(Extremes.of(series, 6, Integer::doubleValue)).containsExactly(5, 9, 1, 2, 7, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 17, 100, 999})
    void keepsNoMoreThanAskedAndBothEndsAndBothExtremes(int most) {
        var series =
                IntStream.range(0, 1_000).map(i -> i * 7_919 % 1_000).boxed().toList();
        var kept = Extremes.of(series, most, Integer::doubleValue);
        assertThat(kept).hasSizeLessThanOrEqualTo(most).contains(0, 999);
        assertThat(kept.getFirst()).isEqualTo(series.getFirst());
        assertThat(kept.getLast()).isEqualTo(series.getLast());
        assertThat(kept.stream().map(series::indexOf).toList()).isSorted();
    }

    @Test
    void keepsOneOfASpanOfEqualValues() {
        var series = IntStream.range(0, 100).map(i -> 4).boxed().toList();
        assertThat(Extremes.of(series, 10, Integer::doubleValue)).hasSize(6);
    }

    @Test
    void passesOverWhatHasNoNumber() {
        var series = Arrays.asList(1, 3, 8, 5, 6, 7, 9, 11, 13, 1);
        assertThat(Extremes.of(series, 6, ExtremesTest::even)).containsExactly(1, 8, 6, 7, 1);
    }
}
