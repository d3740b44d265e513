package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PagingTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HandmadePlant PLANT = new HandmadePlant(40);
    private static final DirectCaller CALLER = new DirectCaller(PLANT);

    private static JsonNode page(EntitySet set, String query, int size) {
        return CALLER.d("/" + set.name() + "?" + query, "Prefer", "odata.maxpagesize=" + size);
    }

    private static List<String> allPages(EntitySet set, String query, int size) {
        var found = new ArrayList<String>();
        for (var next = Optional.of(query); next.isPresent(); ) {
            var page = page(set, next.get(), size);
            assertThat(page.get("results").size()).isLessThanOrEqualTo(size);
            page.get("results")
                    .forEach(row -> found.add(row.at("/__metadata/uri").asString()));
            next = Optional.ofNullable(page.get("__next"))
                    .map(address ->
                            address.asString().substring(address.asString().indexOf('?') + 1));
        }
        return found;
    }

    @Provide
    Arbitrary<EntitySet> sets() {
        return Arbitraries.of(IcwpModel.SETS);
    }

    @Property(tries = 200)
    void pagesHoldEachRowOnceInOrder(@ForAll("sets") EntitySet set, @ForAll @IntRange(min = 1, max = 70) int size) {
        var whole = allPages(set, "", ODataRequest.PAGE_SIZE_MAX);
        assertThat(whole).hasSize((int) PLANT.count(set)).doesNotHaveDuplicates();
        assertThat(allPages(set, "", size)).isEqualTo(whole);
    }

    @Property(tries = 300)
    void pagesHoldWhatSkipTopAndFilterLeave(
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 0, max = 70) int skip,
            @ForAll @IntRange(min = 0, max = 70) int top) {
        var filter = "$filter=VORNR%20ne%20'0020'";
        var whole = allPages(IcwpModel.OPERATION, filter, ODataRequest.PAGE_SIZE_MAX);
        var query = filter + "&$skip=" + skip + "&$top=" + top + "&$inlinecount=allpages";
        int from = Math.min(skip, whole.size());
        assertThat(allPages(IcwpModel.OPERATION, query, size))
                .isEqualTo(whole.subList(from, Math.min(from + top, whole.size())));
        assertThat(page(IcwpModel.OPERATION, query, size).get("__count").asString())
                .isEqualTo("" + whole.size());
    }

    @Property(tries = 500)
    void writesAnyTextAsJson(@ForAll String text, @ForAll long number) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new Utf8Writer(bytes, 0);
        out.ascii("[\"");
        out.text(text);
        out.ascii("\",");
        out.number(number);
        out.raw(']');
        out.flush();
        var read = JSON.readTree(bytes.toByteArray());
        var replaced = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        assertThat(read.get(0).asString()).isEqualTo(replaced);
        assertThat(read.get(1).asLong()).isEqualTo(number);
    }

    @Test
    void writesTextsAndNumbersOfEveryLength() throws IOException {
        for (int length : new int[] {0, 1, 4095, 4096, 4097, 20_000, 300_000}) {
            var text = "ä\"x😀".repeat(length / 4) + "y".repeat(length % 4);
            writesAnyTextAsJson(text, length);
        }
        for (long number = 1; number > 0 && number < Long.MAX_VALUE / 10; number *= 10) {
            writesAnyTextAsJson("", number);
            writesAnyTextAsJson("", number - 1);
            writesAnyTextAsJson("", -number);
        }
        writesAnyTextAsJson("", Long.MAX_VALUE);
        writesAnyTextAsJson("", Long.MIN_VALUE);
    }
}
