package io.imaint.integration.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.odata.ODataProblem;
import org.junit.jupiter.api.Test;

class PageSizeTest {
    @Test
    void itIsHalvedDownToWhereItPaysNoMore() {
        var size = new PageSize(5000, null);
        int halved = 0;
        while (size.tooMuch(size.rows())) {
            halved++;
        }
        assertThat(size.rows()).isEqualTo(100);
        assertThat(halved).isEqualTo(6);
        assertThat(size.learned()).isEqualTo(100);
    }

    @Test
    void readersThatFailTogetherHalveItOnce() {
        var size = new PageSize(4000, null);
        assertThat(size.tooMuch(4000)).isTrue();
        assertThat(size.tooMuch(4000)).isTrue();
        assertThat(size.rows()).isEqualTo(2000);
    }

    @Test
    void itGrowsBackSlowlyAndMoreSlowlyAfterEachFailure() {
        var size = new PageSize(1000, null);
        size.tooMuch(1000);
        int first = pagesUntilItGrows(size);
        size.tooMuch(size.rows());
        int second = pagesUntilItGrows(size);
        assertThat(second).isEqualTo(2 * first);
        for (int page = 0; page < 10_000; page++) {
            size.served();
        }
        assertThat(size.rows()).isEqualTo(1000);
        assertThat(size.learned()).isNull();
    }

    private static int pagesUntilItGrows(PageSize size) {
        int before = size.rows();
        int pages = 0;
        while (size.rows() == before) {
            size.served();
            pages++;
        }
        assertThat(pages).isGreaterThan(10);
        return pages;
    }

    @Test
    void aSmallerWishOfTheDefinitionCounts() {
        assertThat(new PageSize(500, 800).rows()).isEqualTo(500);
        assertThat(new PageSize(3, null).tooMuch(3)).isFalse();
    }

    @Test
    void onlyAnAnswerThatWasTooSlowOrTooLargeMakesThePagesSmaller() {
        var size = new PageSize(5000, null);
        assertThat(size.eases(ODataProblem.SAP_UNREACHABLE.because("down"), 5000))
                .isFalse();
        assertThat(size.learned()).isNull();
        assertThat(size.eases(ODataProblem.SAP_TIMEOUT.because("slow"), 5000)).isTrue();
        assertThat(size.eases(ODataProblem.SAP_ANSWER_TOO_LARGE.because("large"), 2500))
                .isTrue();
        assertThat(size.learned()).isEqualTo(1250);
    }
}
