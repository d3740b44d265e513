package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantSource;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Goal: whatever a caller sends is answered or refused in SAP's form, and what is refused has changed nothing. Method:
 * requests put together at random from pieces that mean something and pieces that do not.
 */
class AnyRequestTest {
    private static final DirectCaller CALLER = new DirectCaller(PlantSource.open(1, 60, Optional.empty()));

    private static void asked(String method, String address, String body, String... headers) {
        long before = CALLER.state.sequence();
        var reply = CALLER.ask(method, address, body, headers);
        assertThat(reply.status()).isIn(200, 201, 204, 304, 400, 403, 404, 405, 406, 410, 412, 415, 428, 501);
        if (reply.status() >= 400) {
            assertThat(reply.code()).isNotEmpty();
            assertThat(CALLER.state.sequence()).isEqualTo(before);
        } else if (reply.contentType().startsWith("application/json")) {
            assertThat(reply.json().isObject()).isTrue();
        }
    }

    private static Arbitrary<String> pieces(List<String> known, int most) {
        return Arbitraries.oneOf(
                        Arbitraries.of(known),
                        Arbitraries.of(known),
                        Arbitraries.strings().ofMaxLength(3))
                .list()
                .ofMaxSize(most)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> addresses() {
        var paths = pieces(
                List.of(
                        "/WorkOrderSet",
                        "/NotificationSet",
                        "/ComponentSet",
                        "/AttachmentSet",
                        "('4000001')",
                        "('10000001')",
                        "('",
                        "(AUFNR='1',VORNR='2',UVORN='')",
                        "/Operations",
                        "/Notification",
                        "/Tasks",
                        "/$count",
                        "/$value",
                        "/$links",
                        "/KTEXT",
                        "/ReleaseOrder",
                        "/DeltaLinksOfWorkOrderSet",
                        "/ChangesAfter",
                        "/$1",
                        "/",
                        "%",
                        "%41"),
                4);
        var queries = pieces(
                List.of(
                        "$filter=",
                        "$orderby=",
                        "$expand=",
                        "$select=",
                        "$top=",
                        "$skip=",
                        "$skiptoken=",
                        "!deltatoken=",
                        "$format=json",
                        "AUFNR='4000001'",
                        "&",
                        "KTEXT",
                        " desc",
                        "Operations",
                        "/VORNR",
                        "length(",
                        "substring(",
                        "tolower(",
                        ")",
                        "KTEXT eq 'a'",
                        " and ",
                        "7",
                        "'D20261123034612_1795405572345'",
                        ","),
                8);
        return Combinators.combine(paths, queries).as((path, query) -> query.isEmpty() ? path : path + "?" + query);
    }

    @Provide
    Arbitrary<String> bodies() {
        return pieces(
                List.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"QMART\"",
                        "\"M1\"",
                        "\"AUART\":\"PM01\"",
                        "\"WERKS\":\"1000\"",
                        "\"Operations\":",
                        "{\"results\":[",
                        "{\"__deferred\":{}}",
                        "\"EXTID\":\"b9c3d6d0-0000-4000-8000-000000000001\"",
                        "\"GSTRP\":\"/Date(0)/\"",
                        "null",
                        "1e400",
                        "\"\\u0000\"",
                        "\"__metadata\":{}"),
                12);
    }

    @Property(tries = 3000)
    void answersOrRefuses(
            @ForAll("methods") String method, @ForAll("addresses") String address, @ForAll("bodies") String body) {
        asked(method, address, body, "If-Match", "*");
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "POST", "MERGE", "PUT", "PATCH", "DELETE", "HEAD", "NOPE");
    }

    @Provide
    Arbitrary<EntitySet> sets() {
        return Arbitraries.of(IcwpModel.SETS);
    }

    @Property(tries = 3000)
    void createsOrRefuses(
            @ForAll("sets") EntitySet set, @ForAll("properties") String properties, @ForAll("bodies") String body) {
        asked("POST", "/" + set.name(), body, "Slug", properties);
        asked("POST", "/" + set.name(), properties, "Slug", body);
    }

    /** Bodies of the right form, with values that fit or do not. */
    @Provide
    Arbitrary<String> properties() {
        var names = Arbitraries.of(IcwpModel.SETS)
                .flatMap(set -> Arbitraries.of(set.properties()))
                .map(property -> property.name());
        var values = Arbitraries.oneOf(
                Arbitraries.of("\"\"", "null", "\"1000\"", "\"X\"", "\"M1\"", "\"PM01\"", "\"/Date(1795392000000)/\""),
                Arbitraries.of(
                        "\"PT1H\"",
                        "\"1.5\"",
                        "-1",
                        "7",
                        "[]",
                        "{}",
                        "true",
                        "\"00000000-0000-4000-8000-000000000002\""),
                Arbitraries.strings().alpha().ofMaxLength(50).map(text -> "\"" + text + "\""));
        return Combinators.combine(names, values)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(6)
                .map(members -> "{" + String.join(",", members) + "}");
    }
}
