package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.BundleFolder;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.demo.DemoBundles;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Goal: bundles go into a store and out of it by commands. Method: the delivered bundles as folders, and an empty store. */
class GatewayBundleCommandsIT {
    private static final String TOKEN = DemoBundles.TOKEN_PROXY;
    private static final String OLD = "k".repeat(32);
    private static final String NEW = "n".repeat(32);

    @TempDir
    private Path temp = Path.of("");

    private String out = "";
    private String err = "";

    @BeforeEach
    void writeBundles() throws IOException, BundleInvalid {
        for (var bundle : DemoBundles.all()) {
            BundleFolder.write(bundle, Files.createDirectories(folder(bundle.name())));
        }
    }

    private Path folder(String proxy) {
        return temp.resolve("bundles").resolve(proxy);
    }

    private int gateway(String... arguments) {
        var words = new ArrayList<>(List.of("gateway"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("--home", temp.resolve("home").toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    @Test
    void whatIsImportedAndExportedIsTheSame() throws IOException {
        assertThat(gateway("import", folder(TOKEN).toString(), "--deploy"))
                .as(err)
                .isZero();
        var zip = temp.resolve("token.zip");
        assertThat(gateway("export", TOKEN, "--to", zip.toString())).isZero();
        assertThat(gateway("export", TOKEN, "--to", temp.resolve("again").toString()))
                .isZero();
        assertThat(gateway("diff", TOKEN, "--to", zip.toString())).isZero();
        assertThat(out).isEmpty();

        try (var files = Files.walk(folder(TOKEN))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(temp.resolve("again").resolve(folder(TOKEN).relativize(file)))
                        .hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aChangedRevisionIsComparedDeployedAndTakenOutOfUse() throws IOException {
        assertThat(gateway("import", folder(TOKEN).toString(), "--deploy")).isZero();
        var policy = folder(TOKEN).resolve("APIProxy/Policy/generateAccessToken.xml");
        Files.writeString(policy, Files.readString(policy).replace("<Tokens/>", "<ExpiresIn>60000</ExpiresIn>"));
        assertThat(gateway("import", folder(TOKEN).toString(), "--note", "shorter"))
                .isZero();

        assertThat(gateway("diff", TOKEN)).isZero();
        assertThat(out)
                .startsWith("changed APIProxy/Policy/generateAccessToken.xml")
                .contains("+", "60000");
        assertThat(gateway("list", "--json")).isZero();
        var listed = JsonMapper.shared().readTree(out).get(0);
        assertThat(listed.get("name").asString()).isEqualTo(TOKEN);
        assertThat(listed.get("basePaths").get(0).asString()).isEqualTo("/token");
        assertThat(listed.get("latest").asInt()).isEqualTo(2);
        assertThat(listed.get("deployed").asInt()).isEqualTo(1);

        assertThat(gateway("deploy", TOKEN)).isZero();
        assertThat(gateway("list")).isZero();
        assertThat(out).contains("revision 2 deployed of 2");
        assertThat(gateway("undeploy", TOKEN)).isZero();
        assertThat(gateway("list")).isZero();
        assertThat(out).contains("revision 2, not deployed");
    }

    @Test
    void lintNamesWhatIsMissingWithFileAndLine() throws IOException {
        assertThat(gateway("lint", folder(TOKEN).toString())).isZero();
        var suite = folder(DemoBundles.OAUTH_PROXY);
        var policy = suite.resolve("APIProxy/Policy/getCredentials.xml");
        Files.writeString(policy, Files.readString(policy).replace("</KeyValueMapOperations>", "</Other>"));

        assertThat(gateway("lint", suite.toString(), "--json")).isEqualTo(Main.FAILED);
        var found = JsonMapper.shared().readTree(out);
        assertThat(found.get("deployable").asBoolean()).isFalse();
        assertThat(found.get("findings").valueStream()).anySatisfy(one -> {
            assertThat(one.get("file").asString()).isEqualTo("APIProxy/Policy/getCredentials.xml");
            assertThat(one.get("line").asInt()).isPositive();
        });
        assertThat(gateway("import", suite.toString(), "--deploy")).isEqualTo(Main.FAILED);
        assertThat(gateway("deploy", "Nobody")).isEqualTo(Main.FAILED);
        assertThat(err).contains("there is no proxy Nobody");
    }

    @Test
    void secretsAreEncryptedAnewWithTheNextKey() {
        withKey(
                OLD,
                opened -> opened.configuration()
                        .maps()
                        .insert(new KeyValueMap(
                                KeyValueMap.Scope.ENVIRONMENT,
                                "",
                                "Credentials",
                                true,
                                Map.of("Password", new Secret("open")))));

        assertThat(gateway("reseal", "--gateway-key", NEW, "--gateway-key-previous", OLD))
                .as(err)
                .isZero();
        assertThat(out).startsWith("1 encrypted anew");
        assertThat(gateway("reseal", "--gateway-key", NEW)).isZero();
        assertThat(out).startsWith("0 encrypted anew, 1 ");
        withKey(
                NEW,
                opened -> assertThat(opened.configuration()
                                .maps()
                                .all()
                                .getFirst()
                                .value()
                                .entries())
                        .hasEntrySatisfying(
                                "Password",
                                secret -> assertThat(secret.reveal()).isEqualTo("open")));
        assertThat(gateway("reseal", "--gateway-key", OLD)).isNotZero();
        assertThat(err).contains("gateway-key-unusable");
    }

    private void withKey(String key, Consumer<OpenGateway> work) {
        var home = temp.resolve("home");
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()))) {
            work.accept(OpenGateway.of(store, Settings.of(Map.of("home", home.toString(), "gateway-key", key))));
        }
    }
}
