package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.odata.SystemQuirks.DeltaPlace;
import io.imaint.simulator.odata.SystemQuirks.Next;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: each way in which SAP systems differ can be had. Method: the same request with one manner changed. */
class MannersTest {
    private static final String[] PAGES = {"Prefer", "odata.maxpagesize=20"};
    private static final String[] TRACKED = {"Prefer", "odata.track-changes"};

    private static DirectCaller caller(SystemQuirks quirks) {
        return new DirectCaller(new HandmadePlant(40)).with(quirks);
    }

    private static SystemQuirks next(Next next, boolean emptyLastPage) {
        return new SystemQuirks(false, false, next, emptyLastPage, DeltaPlace.ON_DELTA, false, false);
    }

    private static SystemQuirks delta(DeltaPlace place) {
        return new SystemQuirks(false, false, Next.ABSOLUTE, false, place, false, false);
    }

    @Test
    void putsMetadataLast() {
        var last = caller(new SystemQuirks(true, false, Next.ABSOLUTE, false, DeltaPlace.ON_DELTA, false, false));
        var usual = caller(SystemQuirks.USUAL);
        for (var query : List.of("", "?$select=KTEXT", "?$select=Operations", "?$expand=Operations")) {
            var page = last.get("/WorkOrderSet" + query);
            assertThat(page.d()).isEqualTo(usual.d("/WorkOrderSet" + query));
            for (var row : page.d().get("results")) {
                assertThat(row.propertyNames().stream().toList().getLast()).isEqualTo("__metadata");
            }
        }
    }

    @Test
    void escapesSlashesOfDates() {
        var escaping = caller(new SystemQuirks(false, true, Next.ABSOLUTE, false, DeltaPlace.ON_DELTA, false, false));
        assertThat(escaping.get("/WorkOrderSet?$top=1").text())
                .contains("\"GSTRP\":\"\\/Date(1767312000000)\\/\"", "+0000)\\/\"");
        assertThat(escaping.d("/WorkOrderSet?$top=1"))
                .isEqualTo(caller(SystemQuirks.USUAL).d("/WorkOrderSet?$top=1"));
    }

    @Test
    void writesAddressesOfPagesInThreeWays() {
        assertThat(caller(next(Next.RELATIVE, false))
                        .d("/WorkOrderSet?sap-client=100", PAGES)
                        .get("__next")
                        .asString())
                .startsWith("WorkOrderSet?sap-client=100&$skiptoken=");
        assertThat(caller(next(Next.INTERNAL_HOST, false))
                        .d("/WorkOrderSet", PAGES)
                        .get("__next")
                        .asString())
                .startsWith("http://sapgw01.internal:8000/sap/opu/odata/");
        assertThat(caller(next(Next.ABSOLUTE, false))
                        .d("/WorkOrderSet", PAGES)
                        .get("__next")
                        .asString())
                .startsWith("http://sap/sap/opu/odata/");
    }

    @Test
    void endsInAnEmptyPage() {
        for (var path : List.of("/WorkOrderSet", "/WorkOrderSet?$orderby=KTEXT", "/WorkOrderSet?$top=40")) {
            var caller = caller(next(Next.ABSOLUTE, true));
            var second = caller.d(
                    DirectCaller.below(caller.d(path, PAGES).get("__next").asString()), PAGES);
            assertThat(second.get("results")).hasSize(20);
            var third = caller.d(DirectCaller.below(second.get("__next").asString()), PAGES);
            assertThat(third.get("results")).isEmpty();
            assertThat(third.has("__next")).isFalse();
        }
    }

    @Test
    void hidesTheDeltaToken() {
        var next = caller(delta(DeltaPlace.ON_NEXT)).d("/WorkOrderSet", TRACKED);
        assertThat(next.get("__next").asString()).contains("WorkOrderSet?!deltatoken='D");
        assertThat(next.has("__delta")).isFalse();
        var nowhere = caller(delta(DeltaPlace.NOWHERE));
        assertThat(nowhere.d("/WorkOrderSet", TRACKED).propertyNames()).containsExactly("results");
        var links = nowhere.d("/DeltaLinksOfWorkOrderSet").get("results");
        assertThat(links).hasSize(1);
        assertThat(links.get(0).get("IsInitialLoad").booleanValue()).isTrue();
    }

    @Test
    void letsTokensExpire() {
        var caller = caller(SystemQuirks.USUAL);
        var delta = DirectCaller.below(
                caller.d("/WorkOrderSet", TRACKED).get("__delta").asString());
        assertThat(caller.get(delta).status()).isEqualTo(200);
        caller.with(new SystemQuirks(false, false, Next.ABSOLUTE, false, DeltaPlace.ON_DELTA, true, false));
        assertThat(caller.get(delta).status()).isEqualTo(410);
    }
}
