package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: the portal is built against the API that it meets. Method: the description in {@code portal/openapi.json}, from
 * which its types are made, is compared with what the services publish. {@code -Dimaint.write=true} writes it anew.
 */
class PortalContractIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void theDescriptionOfThePortalIsTheServices(@TempDir Path home) throws IOException {
        var file = SourceTree.here().root().resolve("portal/openapi.json");
        try (var program = ServedCatalogue.start(home, store -> {})) {
            var published = program.send(null, "GET", "/openapi.json", null).body();
            if (Boolean.getBoolean("imaint.write")) {
                Files.writeString(file, published);
            }
            var difference = JSON.readTree(published).equals(JSON.readTree(Files.readString(file)));
            assertThat(difference)
                    .as(
                            "portal/openapi.json is what the services publish; if a route was changed, run "
                                    + "./imaint test -pl checks -am -Dtest=PortalContractIT -Dsurefire.failIfNoSpecifiedTests=false -Dimaint.write=true")
                    .isTrue();
        }
    }
}
