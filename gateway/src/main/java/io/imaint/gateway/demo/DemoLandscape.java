package io.imaint.gateway.demo;

import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.ApplicationKeys;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Sets up what leads to the simulated SAP system: a provider, the service user's credentials, the proxies, a product and an
 * application. It adds what is missing and brings what it made itself up to date; what somebody changed stays.
 */
public final class DemoLandscape {
    /** The provider of the SAP system. */
    public static final String PROVIDER = "SAP";

    /** The map with the credentials of SAP's service user. */
    public static final String CREDENTIALS = "iCWPCredentials";

    /** The product, and the application that subscribes to it. */
    public static final String PRODUCT = "iCWPIntegrationSuite";

    /** Those that set it up at the same moment; each round one of them succeeds. */
    private static final int ATTEMPTS_MAX = 20;

    private static final String PART = "demo-landscape";
    private static final String TITLE = "Simulated SAP system";

    private final Configuration configuration;
    private final Proxies proxies;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random for keys: it can't be guessed */
    public DemoLandscape(Configuration configuration, InstantSource clock, RandomGenerator random) {
        var caller = Caller.system(PART);
        this.configuration = configuration.as(caller);
        this.proxies = new Proxies(configuration, caller, clock);
        this.clock = clock;
        this.random = random;
    }

    /** A SAP system with its service user. */
    public record Sap(URI address, String client, String user, Secret password) {}

    /** The key and the secret of an application. */
    public record Keys(String key, String secret) {
        /** Neither of both. */
        @Override
        public String toString() {
            return "Keys";
        }
    }

    /** A change of what stands, which is to be done again where somebody else was faster. */
    private interface Step<T> {
        /** What came of it; empty where somebody was faster. */
        Optional<T> attempt();
    }

    private static <T> T settled(String what, Step<T> step) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var done = step.attempt();
            if (done.isPresent()) {
                return done.get();
            }
        }
        throw RegistryProblem.API_COUNTER_BUSY.because(
                "too many writers change the %s of the demo landscape".formatted(what));
    }

    private static <T> Optional<T> after(Written<?> written, T result) {
        return written instanceof Written.Done<?> ? Optional.of(result) : Optional.empty();
    }

    /**
     * Sets everything up. Processes that do so at the same moment make one landscape.
     *
     * @param known the application's key and secret as they were handed out before; empty for new ones
     * @return the key and the secret that hold
     */
    public Keys prepare(Sap sap, Optional<Keys> known) {
        if (provider(sap)) {
            credentials(sap);
        }
        for (var bundle : DemoBundles.all()) {
            proxy(bundle);
        }
        product();
        return application(known);
    }

    /** Whether the provider leads to the simulated system, and so is ours. */
    private boolean provider(Sap sap) {
        var wanted = new ApiProvider(
                PROVIDER,
                TITLE,
                "Made by the demo landscape; change the title to keep it as it is",
                false,
                sap.address.getHost(),
                sap.address.getPort(),
                "https".equals(sap.address.getScheme()),
                "",
                sap.client,
                Optional.of(sap.user),
                Optional.of(sap.password),
                "",
                "",
                "/sap/opu/odata",
                "/IWFND/CATALOGSERVICE;v=2/ServiceCollection");
        var providers = configuration.providers();
        return settled("provider", () -> {
            var present = providers.find(PROVIDER);
            if (present.isEmpty()) {
                return after(providers.insert(wanted), true);
            }
            var standing = present.get().value();
            boolean ours = standing.title().equals(TITLE);
            return !ours || standing.origin().equals(wanted.origin())
                    ? Optional.of(ours)
                    : after(providers.replace(wanted, present.get().rev()), true);
        });
    }

    private void credentials(Sap sap) {
        var wanted = new KeyValueMap(
                KeyValueMap.Scope.ENVIRONMENT,
                "",
                CREDENTIALS,
                true,
                Map.of("UserID", new Secret(sap.user), "Password", sap.password));
        var maps = configuration.maps();
        settled("credentials", () -> {
            var present = maps.find(wanted.id());
            if (present.isEmpty()) {
                return after(maps.insert(wanted), wanted);
            }
            return same(present.get().value(), wanted)
                    ? Optional.of(wanted)
                    : after(maps.replace(wanted, present.get().rev()), wanted);
        });
    }

    private static boolean same(KeyValueMap one, KeyValueMap other) {
        return one.entries().keySet().equals(other.entries().keySet())
                && one.entries().entrySet().stream().allMatch(entry -> {
                    var counterpart = other.entries().get(entry.getKey());
                    return counterpart != null
                            && counterpart.reveal().equals(entry.getValue().reveal());
                });
    }

    private void proxy(Bundle bundle) {
        var first = proxies.find(bundle.name()).map(Kept::value);
        boolean ours = first.isEmpty()
                || first.get().latest().by().equals(Caller.system(PART).id());
        boolean same = first.filter(one -> delivered(one, bundle)).isPresent();
        if (!ours || same) {
            return;
        }
        // Somebody who took it out of use does not want the newer one either.
        boolean deploys = first.isEmpty() || first.get().deployed().isPresent();
        var draft = Proxies.Draft.of(BundleReader.read(bundle).proxy(), bundle.files(), "delivered", Optional.empty());
        settled("proxies", () -> {
            var present = proxies.find(bundle.name());
            var standing =
                    present.filter(kept -> delivered(kept.value(), bundle)).or(() -> proxies.add(draft, present));
            return standing.flatMap(kept -> {
                int latest = kept.value().latest().number();
                return !deploys || kept.value().deployed().equals(Optional.of(latest))
                        ? Optional.of(draft)
                        : after(proxies.deploy(kept, OptionalInt.of(latest)), draft);
            });
        });
    }

    private static boolean delivered(ProxyRecord proxy, Bundle bundle) {
        return proxy.latest().digest().equals(BundleZip.digest(bundle.files()));
    }

    private void product() {
        var product = new Product(
                PRODUCT,
                "iCWP Integration Suite",
                "The ICWP service of SAP, and access tokens for it",
                List.of(DemoBundles.OAUTH_PROXY, DemoBundles.API_KEY_PROXY, DemoBundles.TOKEN_PROXY),
                Map.of(),
                List.of(),
                true,
                Optional.empty(),
                Map.of());
        settled(
                "product",
                () -> configuration.products().find(PRODUCT).isPresent()
                        ? Optional.of(product)
                        : after(configuration.products().insert(product), product));
    }

    private Keys application(Optional<Keys> known) {
        var products = Map.of(PRODUCT, Application.Status.APPROVED);
        var fresh = new ApplicationKeys(random).make(clock.instant(), Optional.empty(), products);
        var keys = known.orElseGet(() -> new Keys(fresh.key(), fresh.secret()));
        var credential = ApplicationKeys.credential(keys.key, keys.secret, clock.instant(), Optional.empty(), products);
        var applications = configuration.applications();
        return settled("application", () -> {
            var present = applications.all().stream()
                    .filter(kept -> kept.value().name().equals(PRODUCT))
                    .findFirst();
            if (present.isEmpty()) {
                return after(applications.insert(application(credential)), keys);
            }
            var standing = present.get().value();
            if (has(standing, keys)) {
                return Optional.of(keys);
            }
            var credentials = new ArrayList<>(standing.credentials());
            credentials.add(credential);
            return after(
                    applications.replace(
                            standing.with(credentials), present.get().rev()),
                    keys);
        });
    }

    /** Its id is the same in all processes, so that only one of them adds it. */
    private static Application application(Application.Credential credential) {
        return new Application(
                UUID.nameUUIDFromBytes(PRODUCT.getBytes(StandardCharsets.UTF_8)).toString(),
                PRODUCT,
                "iCWP Integration Suite",
                "demo@example.com",
                "",
                Application.Status.APPROVED,
                List.of(credential),
                Map.of());
    }

    private static boolean has(Application application, Keys keys) {
        return application.credentials().stream()
                .anyMatch(one -> one.keyHash().equals(Hashes.of(keys.key))
                        && one.secretHash().equals(Hashes.of(keys.secret)));
    }
}
