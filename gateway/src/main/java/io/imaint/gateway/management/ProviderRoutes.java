package io.imaint.gateway.management;

import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Finding;
import io.imaint.kernel.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API providers: what they are, whether they answer, and which services they have. */
final class ProviderRoutes implements Routed {
    private static final String PATH = Answers.ROOT + "/providers";
    private static final String ONE = PATH + "/{name}";

    /** A path as it stands in a URL; the matrix parameter {@code ;v=2} occurs. */
    static final String PATH_PATTERN = "(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?";

    static final String PATH_WORDS = "a path that begins with a slash, or nothing";

    private final Context context;

    ProviderRoutes(Context context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists API providers")
                        .permits(Permissions.READ)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Makes an API provider")
                        .permits(Permissions.CONFIGURE)
                        .creates(Shown.class)
                        .handles(Create.class, this::create),
                Route.get(ONE, "Shows an API provider")
                        .permits(Permissions.READ)
                        .answersVersioned(Shown.class)
                        .handles(One.class, asked -> Answers.versioned(find(asked.name), Shown::of)),
                Route.put(ONE, "Replaces an API provider")
                        .permits(Permissions.CONFIGURE)
                        .answersVersioned(Shown.class)
                        .handles(Replace.class, this::replace),
                Route.delete(ONE, "Removes an API provider that no proxy uses")
                        .permits(Permissions.CONFIGURE)
                        .answersNothing()
                        .handles(Remove.class, this::remove),
                Route.post(ONE + "/test-connection", "Asks the catalog of an API provider whether it is there")
                        .permits(Permissions.CONFIGURE)
                        .answers(ProviderConnection.Tested.class)
                        .handles(
                                One.class,
                                asked -> context.connection()
                                        .test(find(asked.name).value())),
                Route.get(ONE + "/services", "Lists the services in the catalog of an API provider")
                        .permits(Permissions.DEVELOP)
                        .answersListing(CatalogService.class)
                        .handles(Services.class, this::services));
    }

    record One(@Path String name) {}

    record Services(
            @Path String name,

            @Description("Part of the technical name or the title, in any case") @Length(max = 100) @Nullable
            String search) {}

    record Create(@Body New provider) {}

    record Replace(
            @Path String name,
            @Body Input provider,
            @IfMatch long rev) {}

    record Remove(@Path String name, @IfMatch long rev) {}

    /** How a provider is reached. */
    enum Type {
        ON_PREMISE,
        INTERNET;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record New(
            @Length(min = 1, max = Entries.NAME_MAX) @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String name,

            Input settings) {}

    record Input(
            @Default("") @Length(max = 200) String title,
            @Default("") @Length(max = 1_000) String description,

            @Description("on-premise needs a connector, which does not exist yet: calls are answered with 503")
            Type type,

            @Description("The host; of an on-premise system the virtual host")
            @Length(min = 1, max = 255)
            @Pattern(regexp = "[A-Za-z0-9._:-]+", description = "a name or an address of a host")
            String host,

            @Range(min = 1, max = 65_535) int port,

            @Description("Whether it is reached by HTTPS") @Default("true")
            boolean tls,

            @Description("Which connector; empty for the default one") @Default("") @Length(max = 100)
            String locationId,

            @Default("") @Pattern(regexp = "([0-9]{3})?", description = "three digits, or nothing")
            String sapClient,

            @Description("The user of basic authentication; null for none") @Length(min = 1, max = 100) @Nullable
            String user,

            @Description("Null keeps the password that is there; it is never shown") @Length(max = 1_000) @Nullable
            String password,

            @Description("The certificate store that the system is trusted by; empty for public authorities")
            @Default("")
            @Length(max = Entries.NAME_MAX)
            String trustStore,

            @Description("The certificate store with the client certificate to show; empty for none")
            @Default("")
            @Length(max = Entries.NAME_MAX)
            String keyStore,

            @Description("Before the paths of all services, such as /sap/opu/odata")
            @Default("")
            @Length(max = 500)
            @Pattern(regexp = PATH_PATTERN, description = PATH_WORDS)
            String pathPrefix,

            @Description("The catalog behind the prefix, such as /IWFND/CATALOGSERVICE;v=2/ServiceCollection")
            @Default("")
            @Length(max = 500)
            @Pattern(regexp = PATH_PATTERN, description = PATH_WORDS)
            String serviceCollection) {
        /** Not the password. */
        @Override
        public String toString() {
            return "Input[%s, %s:%d, %s]".formatted(title, host, port, user);
        }

        ApiProvider of(String name, Optional<ApiProvider> before) {
            // It must not reach another system: whoever changes the address enters it again.
            Optional<Secret> kept = before.filter(one -> one.host().equals(host)
                            && one.port() == port
                            && one.tls() == tls
                            && one.onPremise() == (type == Type.ON_PREMISE)
                            && one.user().equals(Optional.ofNullable(user)))
                    .flatMap(ApiProvider::password);
            return new ApiProvider(
                    name,
                    title,
                    description,
                    type == Type.ON_PREMISE,
                    host,
                    port,
                    tls,
                    locationId,
                    sapClient,
                    Optional.ofNullable(user),
                    user == null
                            ? Optional.empty()
                            : Optional.ofNullable(password).map(Secret::new).or(() -> kept),
                    trustStore,
                    keyStore,
                    pathPrefix,
                    serviceCollection);
        }
    }

    /** A provider without its password. */
    record Shown(
            String name,
            String title,
            String description,
            Type type,
            String host,
            int port,
            boolean tls,
            String locationId,
            String sapClient,
            @Nullable String user,
            boolean passwordSet,
            String trustStore,
            String keyStore,
            String pathPrefix,
            String serviceCollection) {
        static Shown of(ApiProvider provider) {
            return new Shown(
                    provider.name(),
                    provider.title(),
                    provider.description(),
                    provider.onPremise() ? Type.ON_PREMISE : Type.INTERNET,
                    provider.host(),
                    provider.port(),
                    provider.tls(),
                    provider.locationId(),
                    provider.sapClient(),
                    provider.user().orElse(null),
                    provider.password().isPresent(),
                    provider.trustStore(),
                    provider.keyStore(),
                    provider.pathPrefix(),
                    provider.catalogPath());
        }
    }

    private static String words(String name) {
        return "provider '%s'".formatted(name);
    }

    private Kept<ApiProvider> find(String name) {
        return Answers.found(context.system().providers().find(name), words(name));
    }

    private Listing<Shown> list() {
        var all = context.system().providers().all();
        return new Listing<>(all.stream().map(kept -> Shown.of(kept.value())).toList(), null, (long) all.size());
    }

    private Created<Shown> create(Create asked) {
        var name = asked.provider.name;
        var provider = asked.provider.settings.of(name, Optional.empty());
        verify(provider, "/settings");
        var written = context.configuration().providers().insert(provider);
        return Answers.created(written, Answers.path("/providers", name), words(name), Shown::of);
    }

    private Versioned<Shown> replace(Replace asked) {
        var provider =
                asked.provider.of(asked.name, Optional.of(find(asked.name).value()));
        verify(provider, "");
        var written = context.configuration().providers().replace(provider, asked.rev);
        return Answers.replaced(written, words(asked.name), Shown::of);
    }

    private void verify(ApiProvider provider, String pointer) {
        var findings = new ArrayList<Finding>();
        requireStore(provider.trustStore(), pointer + "/trustStore", findings);
        requireStore(provider.keyStore(), pointer + "/keyStore", findings);
        if (!provider.onPremise() && !provider.locationId().isEmpty()) {
            findings.add(new Finding(pointer + "/locationId", "is for an on-premise system only"));
        }
        Answers.requireNone(findings);
    }

    private void requireStore(String name, String pointer, List<Finding> findings) {
        if (!name.isEmpty() && context.system().certificates().find(name).isEmpty()) {
            findings.add(new Finding(pointer, "is '%s', which is no certificate store".formatted(name)));
        }
    }

    private NoContent remove(Remove asked) {
        var users = context.registry().proxies().stream()
                .filter(proxy -> uses(proxy, asked.name))
                .map(ProxyRecord::name)
                .toList();
        if (!users.isEmpty()) {
            throw RegistryProblem.API_ENTITY_IN_USE.because(
                    "%s is the target of %s".formatted(words(asked.name), String.join(", ", users)));
        }
        boolean removed = context.configuration().providers().remove(asked.name, asked.rev);
        return Answers.removed(removed, context.system().providers().find(asked.name), words(asked.name), Shown::of);
    }

    /** The newest revision counts, and the running one. */
    private static boolean uses(ProxyRecord proxy, String provider) {
        return proxy.latest().providers().contains(provider)
                || proxy.running()
                        .filter(revision -> revision.providers().contains(provider))
                        .isPresent();
    }

    private Listing<CatalogService> services(Services asked) {
        var all = context.connection().services(find(asked.name).value());
        var search = asked.search == null ? "" : asked.search.toLowerCase(Locale.ROOT);
        var found = all.stream()
                .filter(service -> service.name().toLowerCase(Locale.ROOT).contains(search)
                        || service.title().toLowerCase(Locale.ROOT).contains(search))
                .toList();
        return new Listing<>(found, null, (long) found.size());
    }
}
