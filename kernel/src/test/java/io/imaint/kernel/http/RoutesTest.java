package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identity.Permission;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class RoutesTest {
    record A(@Path String a) {}

    record B(@Path String b) {}

    record AB(@Path String a, @Path String b) {}

    record Done(boolean done) {}

    private static Route route(String path, Class<? extends Record> parameters) {
        return Route.get(path, "").anonymous("a test").answers(Done.class).handles(parameters, read -> new Done(true));
    }

    private static String found(Routes routes, String path) {
        return routes.find(PathTemplate.parts(path))
                .map(methods -> methods.firstEntry().getValue().path().text())
                .orElse("none");
    }

    @Test
    void triesLiteralSegmentsBeforeVariablesAndGoesBack() {
        var routes = new Routes(
                List.of(route("/x/{a}", A.class), route("/x/{a}/{b}", AB.class), route("/x/y/z", Optional0.class)));
        assertThat(found(routes, "/x/1")).isEqualTo("/x/{a}");
        assertThat(found(routes, "/x/y")).isEqualTo("/x/{a}");
        assertThat(found(routes, "/x/y/z")).isEqualTo("/x/y/z");
        assertThat(found(routes, "/x/y/w")).isEqualTo("/x/{a}/{b}");
        for (var unknown : List.of("/", "/x", "/x/", "/x//b", "/x/1/2/3", "/X/1")) {
            assertThat(found(routes, unknown)).as(unknown).isEqualTo("none");
        }
    }

    record Optional0() {}

    @Test
    void refusesPathsThatNeitherIsTheSpecialCaseOf() {
        assertThatThrownBy(() -> new Routes(List.of(route("/x/{a}", A.class), route("/x/{b}", B.class))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /x/{a} and GET /x/{b}");
        assertThatThrownBy(() -> new Routes(List.of(route("/x/{a}/c", A.class), route("/x/d/{b}", B.class))))
                .isInstanceOf(AssertionError.class);
        assertThat(new Routes(List.of(route("/x/{a}/c", A.class), route("/x/d/c", Optional0.class))).all())
                .hasSize(2);
    }

    @Test
    void refusesDeclarationsThatAreNoPathOrHaveNoReason() {
        for (var path : Arrays.asList("x", "/x/", "/x//y", "/{A}", "/{a}/{a}", "/a b", "/{a")) {
            assertThatThrownBy(() -> Route.get(path, "")).as(path).isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> Route.get("/x", "").anonymous(" ")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Route.get("/{a}", "")
                        .anonymous("a test")
                        .answers(Done.class)
                        .handles(() -> new Done(true)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void keepsAnswersOnlyWhereAKeyMakesSense() {
        var get = Route.get("/x", "")
                .permits(Plant.READ)
                .idempotent(Duration.ofHours(1))
                .answers(Done.class);
        assertThatThrownBy(() -> get.handles(() -> new Done(true))).isInstanceOf(AssertionError.class);
        var open = Route.post("/x", "")
                .anonymous("a test")
                .idempotent(Duration.ofHours(1))
                .answers(Done.class);
        assertThatThrownBy(() -> open.handles(() -> new Done(true))).isInstanceOf(AssertionError.class);
        record File(@Body InputStream file) {}
        var stream = Route.post("/x", "")
                .permits(Plant.READ)
                .idempotent(Duration.ofHours(1))
                .answers(Done.class);
        assertThatThrownBy(() -> stream.handles(File.class, file -> new Done(true)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void takesOnlyWellFormedPermissions() {
        assertThat(new Permission("work-orders.read")).hasToString("work-orders.read");
        for (var wrong : List.of("read", "Work.read", "work.", ".read", "work read.x", "")) {
            assertThatThrownBy(() -> new Permission(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void weighsWhatTheClientAccepts() {
        assertThat(Accepts.mediaType("", "application/json")).isTrue();
        assertThat(Accepts.mediaType("text/html, */*;q=0.1", "application/json"))
                .isTrue();
        assertThat(Accepts.mediaType("Application/*", "application/json")).isTrue();
        assertThat(Accepts.mediaType("application/json; q=0, */*", "application/json"))
                .isFalse();
        assertThat(Accepts.mediaType("text/html", "application/json")).isFalse();
        assertThat(Accepts.encoding("deflate, GZIP", "gzip")).isTrue();
        assertThat(Accepts.encoding("", "gzip")).isFalse();
        assertThat(Accepts.encoding("identity", "gzip")).isFalse();
    }
}
