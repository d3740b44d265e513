package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.RawClient.Reply;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Goal: a browser gets the application at every address that is not the API's. Method: a small site over real HTTP. */
@NullMarked
class SiteIT {
    private static final String POLICY = "default-src 'self'";

    private final Plant plant = new Plant();
    private final Telemetry telemetry = Telemetry.create();
    private final ApiServer server = ApiServer.start(
            ApiSettings.read(Settings.of(Map.of("port", "0"))),
            List.of(plant, new Application()),
            Plant::authenticate,
            new InMemoryAnswers(InstantSource.system()),
            LinkedHashMap::new,
            telemetry);

    private static final class Application implements Routed {
        @Override
        public List<Route> routes() {
            return List.of();
        }

        @Override
        public Optional<Site> site() {
            return Site.packed(SiteIT.class, "/io/imaint/kernel/http/site", POLICY);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        telemetry.close();
    }

    private Reply ask(String method, String path, String... headers) {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return RawClient.send(
                server.address(), "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(method, path, lines));
    }

    @Test
    void answersThePageAtTheTopAndAtEveryAddressOfTheApplication() {
        for (var path : List.of("/", "/orders/4000123", "/admin/users?sort=name", "/index.html")) {
            var page = ask("GET", path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.text()).contains("<title>Plant</title>");
            assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.header("content-security-policy")).isEqualTo(POLICY);
            assertThat(page.header("cache-control")).isEqualTo("no-cache");
        }
    }

    @Test
    void leavesTheServersOwnPathsToTheServer() {
        assertThat(ask("GET", "/api/nothing").header("content-type")).isEqualTo("application/problem+json");
        assertThat(ask("GET", "/health/nothing").status()).isEqualTo(404);
        assertThat(ask("GET", "/docs").text()).contains("docs.js");
    }

    @Test
    void keepsHashedFilesForeverAndMissesThoseOfAnotherVersion() {
        var file = ask("GET", "/assets/app-1.js");
        assertThat(file.header("cache-control")).contains("immutable");
        assertThat(file.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(ask("GET", "/assets/app-0.js").status()).isEqualTo(404);
    }

    @Test
    void sendsTheSmallestFormThatTheBrowserTakes() throws IOException {
        var plain = ask("GET", "/assets/app-1.js");
        assertThat(plain.header("content-encoding")).isEmpty();
        var brotli = ask("GET", "/assets/app-1.js", "Accept-Encoding: gzip, deflate, br");
        assertThat(brotli.header("content-encoding")).isEqualTo("br");
        assertThat(brotli.text()).startsWith("stands for Brotli");
        var zipped = ask("GET", "/assets/app-1.js", "Accept-Encoding: gzip, br;q=0");
        assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.text());
        }
    }

    @Test
    void saysThatNothingChanged() {
        var known = ask("GET", "/orders", "If-None-Match: \"page-1\"");
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void readsOnly() {
        var refused = ask("POST", "/orders", "Content-Length: 0");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("allow")).isEqualTo("GET, HEAD");
        assertThat(ask("HEAD", "/orders").status()).isEqualTo(200);
    }

    @Test
    void aBuildWithoutTheSiteHasNone() {
        assertThat(Site.packed(SiteIT.class, "/io/imaint/kernel/http/nowhere", POLICY))
                .isEmpty();
    }
}
