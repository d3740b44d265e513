package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.ApplicationKeys;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.KeyValueMap.Scope;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.Maps;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.Resealing;
import io.imaint.gateway.registry.Sealing;
import io.imaint.gateway.registry.StoredMaps;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway demands of whatever keeps its records. Two views of the same records stand for two processes. */
abstract class GatewayRecordsContract extends GatewayTokensContract {
    private static final Sealing SEALING = new Sealing(key("a key that nobody can guess, not even you"));
    private static final Caller ANNA = Caller.system("anna");

    private final List<LiveRegistry> started = new java.util.ArrayList<>();

    private static SealingKey key(String text) {
        return new SealingKey(text, new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE);
    }

    @AfterEach
    void stop() {
        started.forEach(LiveRegistry::close);
    }

    private LiveRegistry live(GatewayRecords records) {
        var registry = LiveRegistry.start(records, SEALING);
        started.add(registry);
        return registry;
    }

    private static Configuration configuration(GatewayRecords records) {
        return new Configuration(records, SEALING, kind -> {});
    }

    private static ApiProvider provider(String name, String host) {
        return new ApiProvider(
                name,
                "SAP",
                "",
                true,
                host,
                44300,
                true,
                "loc",
                "100",
                Optional.of("ICWP"),
                Optional.of(new Secret("s3cret-of-sap")),
                "",
                "",
                "/sap/opu/odata",
                "/iwfnd/catalogservice/ServiceCollection");
    }

    private static String value(KeyValueMap map, String key) {
        return Objects.requireNonNull(map.entries().get(key)).reveal();
    }

    private static <T> Kept<T> done(Written<T> written) {
        assertThat(written).isInstanceOf(Written.Done.class);
        return ((Written.Done<T>) written).kept();
    }

    @Test
    void keepsAProviderWithItsSecret() {
        var records = open();

        var kept = done(configuration(records).providers().insert(provider("S4", "virtual")));

        assertThat(kept.rev()).isEqualTo(1);
        var read = configuration(open()).providers().find("S4").orElseThrow().value();
        assertThat(read.host()).isEqualTo("virtual");
        assertThat(read.password().orElseThrow().reveal()).isEqualTo("s3cret-of-sap");
    }

    @Test
    void refusesAChangeOfAnOldRevision() {
        var providers = configuration(open()).providers();
        var first = done(providers.insert(provider("S4", "one")));
        done(providers.replace(provider("S4", "two"), first.rev()));

        var late = providers.replace(provider("S4", "three"), first.rev());

        assertThat(late).isInstanceOf(Written.Lost.class);
        assertThat(((Written.Lost<ApiProvider>) late).current())
                .get()
                .extracting(current -> current.value().host())
                .isEqualTo("two");
        assertThat(providers.insert(provider("S4", "again"))).isInstanceOf(Written.Lost.class);
        assertThat(providers.remove("S4", first.rev())).isFalse();
        assertThat(providers.remove("S4", 2)).isTrue();
        assertThat(providers.find("S4")).isEmpty();
    }

    @Test
    void opensNoSecretWithAnotherKey() {
        done(configuration(open()).providers().insert(provider("S4", "one")));
        var other = new Sealing(key("another key that nobody can guess, really"));

        org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                        new Configuration(open(), other, kind -> {}).providers().find("S4"))
                .hasMessageContaining("GATEWAY_KEY_UNUSABLE");
    }

    @Test
    void resealsEverythingWithANewKey() {
        var records = open();
        var old = configuration(records);
        done(old.providers().insert(provider("S4", "one")));
        new StoredMaps(old)
                .put(Scope.ENVIRONMENT, "", "iCWPCredentials", new Maps.Entry("UserID", new Secret("ICWP")), false);
        var fresh = key("the next key, which nobody can guess either");

        var resealed = new Resealing(records, new Sealing(fresh, Optional.of(SEALING.key()))).run();

        assertThat(resealed).isEqualTo(new Resealing.Resealed(2, 0));
        var alone = new Configuration(open(), new Sealing(fresh), kind -> {});
        assertThat(alone.providers()
                        .find("S4")
                        .orElseThrow()
                        .value()
                        .password()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("s3cret-of-sap");
        assertThat(value(alone.maps().all().getFirst().value(), "UserID")).isEqualTo("ICWP");
        assertThat(new Resealing(records, new Sealing(fresh)).run()).isEqualTo(new Resealing.Resealed(0, 2));
    }

    @Test
    void seesChangesOfAnotherProcessWithinTwoSeconds() {
        var here = live(open());
        var there = configuration(open());
        assertThat(here.provider("S4")).isEmpty();

        var kept = done(there.providers().insert(provider("S4", "one")));
        await(() -> here.provider("S4").isPresent());
        done(there.providers().replace(provider("S4", "two"), kept.rev()));
        await(() -> here.provider("S4").orElseThrow().host().equals("two"));
        there.providers().remove("S4", 2);
        await(() -> here.provider("S4").isEmpty());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(condition);
    }

    @Test
    void seesItsOwnChangesAtOnce() {
        var records = open();
        var registry = live(records);
        var configuration = new Configuration(records, SEALING, registry::refresh);
        var maps = new StoredMaps(configuration);

        maps.put(Scope.APIPROXY, "Demo", "kvmap", new Maps.Entry("a", new Secret("1")), false);
        maps.put(Scope.APIPROXY, "Demo", "kvmap", new Maps.Entry("a", new Secret("2")), false);
        maps.put(Scope.APIPROXY, "Demo", "kvmap", new Maps.Entry("b.c/$d", new Secret("3")), false);

        var map = registry.map(Scope.APIPROXY, "Demo", "kvmap").orElseThrow();
        assertThat(value(map, "a")).isEqualTo("1");
        assertThat(value(map, "b.c/$d")).isEqualTo("3");
        maps.put(Scope.APIPROXY, "Demo", "kvmap", new Maps.Entry("a", new Secret("2")), true);
        maps.remove(Scope.APIPROXY, "Demo", "kvmap", "b.c/$d");
        assertThat(registry.map(Scope.APIPROXY, "Demo", "kvmap").orElseThrow().entries())
                .containsOnlyKeys("a")
                .extractingByKey("a")
                .extracting(Secret::reveal)
                .isEqualTo("2");
        assertThat(registry.map(Scope.ENVIRONMENT, "", "kvmap")).isEmpty();
    }

    @Test
    void findsAnApplicationByItsKey() {
        var records = open();
        var registry = live(records);
        var configuration = new Configuration(records, SEALING, registry::refresh);
        var made = new ApplicationKeys(new SecureRandom())
                .make(Instant.now(), Optional.empty(), Map.of("P.1", Application.Status.APPROVED));
        done(configuration
                .products()
                .insert(new Product(
                        "P.1",
                        "P",
                        "",
                        List.of("Demo"),
                        Map.of("Demo", List.of("/a")),
                        List.of("read"),
                        true,
                        Optional.of(new Product.QuotaTerms(5, 1, "minute")),
                        Map.of("x", "y"))));
        done(configuration
                .applications()
                .insert(new Application(
                        "id-1",
                        "app",
                        "App",
                        "dev@example.com",
                        "",
                        Application.Status.APPROVED,
                        List.of(made.credential()),
                        Map.of())));

        var consumer = registry.consumer(made.key()).orElseThrow();

        assertThat(made.key()).hasSize(32);
        assertThat(made.secret()).hasSize(16);
        assertThat(consumer.application().id()).isEqualTo("id-1");
        assertThat(consumer.products()).singleElement().satisfies(product -> {
            assertThat(product.covers("Demo", "/a/b")).isTrue();
            assertThat(product.quota()).contains(new Product.QuotaTerms(5, 1, "minute"));
        });
        assertThat(Hashes.matches(made.secret(), consumer.credential().secretHash()))
                .isTrue();
        assertThat(registry.consumer("no such key")).isEmpty();
    }

    private static SortedMap<String, byte[]> files(String text) {
        return new TreeMap<>(Map.of("APIProxy/Demo.xml", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Proxies.Draft draft(String text) {
        return new Proxies.Draft(
                "Demo", "Demo", "", List.of("/demo"), List.of("S4"), files(text), "because", Optional.empty());
    }

    @Test
    void keepsRevisionsAndTheirFiles() {
        var records = open();
        var proxies = new Proxies(configuration(records), ANNA, InstantSource.system());
        proxies.add(draft("<one/>"));
        var second = proxies.add(draft("<two/>"));

        done(proxies.deploy(second, OptionalInt.of(1)));
        var registry = live(open());

        assertThat(registry.deployed()).containsExactly("Demo");
        var known = registry.proxies().getFirst();
        assertThat(known.revisions()).extracting(ProxyRecord.Revision::number).containsExactly(1, 2);
        assertThat(known.latest().note()).isEqualTo("because");
        assertThat(known.latest().by()).isEqualTo("system:anna");
        assertThat(proxies.files(known.running().orElseThrow()))
                .containsEntry("APIProxy/Demo.xml", "<one/>".getBytes(StandardCharsets.UTF_8));
        assertThat(BundleZip.digest(proxies.files(known.latest())))
                .isEqualTo(known.latest().digest());
    }

    @Test
    void keepsTheDeployedRevisionAmongTheFiftyNewest() {
        var records = open();
        var proxies = new Proxies(configuration(records), ANNA, InstantSource.system());
        var first = proxies.add(draft("<r0/>"));
        done(proxies.deploy(first, OptionalInt.of(1)));
        var dropped = proxies.add(draft("<r1/>")).value().latest();
        for (int i = 2; i < 52; i++) {
            proxies.add(draft("<r%d/>".formatted(i)));
        }

        var kept = proxies.find("Demo").orElseThrow().value();

        assertThat(kept.revisions()).hasSize(ProxyRecord.REVISIONS_MAX);
        assertThat(kept.revision(1)).isPresent();
        assertThat(kept.revision(2)).isEmpty();
        assertThat(kept.latest().number()).isEqualTo(52);
        assertThat(records.bundles().find(dropped.bundle())).isEmpty();
        assertThat(records.bundles().find(kept.revision(1).orElseThrow().bundle()))
                .isPresent();
    }

    @Test
    void writesNoRevisionOverAChangeSinceItWasRead() {
        var proxies = new Proxies(configuration(open()), ANNA, InstantSource.system());
        var first = proxies.add(draft("<one/>"));
        proxies.add(draft("<two/>"));

        assertThat(proxies.add(draft("<three/>"), first.rev())).isEmpty();
        assertThat(proxies.add(draft("<three/>"), 2)).isPresent();
    }

    @Test
    void removesAProxyWithItsBundles() {
        var records = open();
        var proxies = new Proxies(configuration(records), ANNA, InstantSource.system());
        var made = proxies.add(draft("<one/>"));

        assertThat(proxies.remove(made)).isTrue();

        assertThat(records.bundles().find(made.value().latest().bundle())).isEmpty();
        assertThat(proxies.find("Demo")).isEmpty();
        assertThat(proxies.add(draft("<again/>")).value().latest().number()).isEqualTo(1);
    }

    @Test
    void keepsAMapUnderItsScope() {
        var configuration = configuration(open());
        var map = new KeyValueMap(Scope.POLICY, "Demo/P", "m", true, Map.of("k", new Secret("v")));

        done(configuration.maps().insert(map));

        assertThat(configuration.maps().find("POLICY/Demo/P/m")).isPresent();
        assertThat(configuration.maps().all())
                .singleElement()
                .satisfies(kept -> assertThat(kept.value().encrypted()).isTrue());
    }
}
