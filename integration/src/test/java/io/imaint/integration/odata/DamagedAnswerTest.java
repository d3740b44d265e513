package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Answers with damaged bytes are read or refused with a problem; no other exception leaves the readers. */
class DamagedAnswerTest {
    private static final String PAGE = """
            {"d":{"__count":"1","results":[{"__metadata":{"type":"T"},"ID":"é","Day":"\\/Date(1700006400000)\\/",
            "Moment":"/Date(1700000000000+0060)/","Clock":"PT08H30M05S","Quantity":"12.340","Reading":"1.5E1",
            "Counter":"90071","Flag":true,"Bytes":"AQID","Shape":[1,{"a":null}],"Place":{"City":"W","Number":5}}],
            "__next":"x"}}""";

    private static final String METADATA = """
            <?xml version="1.0" encoding="utf-8"?><e:Edmx xmlns:e="urn:e"><Schema Namespace="A"><EntityType Name="T">
            <Key><PropertyRef Name="I"/></Key><Property Name="I" Type="Edm.String" MaxLength="4"/></EntityType>
            <EntitySet Name="S" EntityType="A.T"/></Schema></e:Edmx>""";

    private static final String ERROR = """
            <error xmlns="urn:m"><code>A/1</code><message xml:lang="en">text</message><innererror><transactionid>1
            </transactionid></innererror></error>""";

    @Property
    void pages(@ForAll @IntRange(max = 1_000_000) int place, @ForAll @Size(min = 1, max = 8) byte[] damage) {
        refusedOrRead(() -> PageReader.read(
                PageReader.factory(ODataSettings.Limits.DEFAULT),
                new ByteArrayInputStream(damaged(PAGE, place, damage)),
                Types.THING,
                row -> {}));
    }

    @Property
    void metadata(@ForAll @IntRange(max = 1_000_000) int place, @ForAll @Size(min = 1, max = 8) byte[] damage) {
        refusedOrRead(() -> Metadata.read(damaged(METADATA, place, damage)));
    }

    @Property
    void errors(@ForAll @IntRange(max = 1_000_000) int place, @ForAll @Size(min = 1, max = 8) byte[] damage) {
        assertThat(SapErrorMessage.of(damaged(ERROR, place, damage)).text()).isNotEmpty();
        assertThat(SapErrorMessage.of(
                                damaged("{\"error\":{\"code\":\"A\",\"message\":{\"value\":\"t\"}}}", place, damage))
                        .text())
                .isNotEmpty();
    }

    @Property
    void valuesOfAnyText(@ForAll String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        for (var property : Types.THING.properties()) {
            var page = "{\"d\":[{\"%s\":\"%s\"}]}".formatted(property.name(), escaped);
            refusedOrRead(() -> PageReader.read(
                    PageReader.factory(ODataSettings.Limits.DEFAULT),
                    new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)),
                    Types.THING,
                    row -> {}));
        }
    }

    private static byte[] damaged(String text, int place, byte[] damage) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < damage.length; i++) {
            bytes[(place + i) % bytes.length] = damage[i];
        }
        return bytes;
    }

    private static void refusedOrRead(Runnable read) {
        try {
            read.run();
        } catch (Failure refused) {
            assertThat(refused.code()).isInstanceOf(ODataProblem.class);
        }
    }
}
