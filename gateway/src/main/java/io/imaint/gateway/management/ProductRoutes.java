package io.imaint.gateway.management;

import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.Product;
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
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The products: proxies that applications subscribe to together. */
final class ProductRoutes implements Routed {
    private static final String PATH = Answers.ROOT + "/products";
    private static final String ONE = PATH + "/{name}";

    /** Proxies of one product; landscapes have some dozen. */
    static final int PROXIES_MAX = 200;

    static final int SCOPES_MAX = 100;

    private final Context context;

    ProductRoutes(Context context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists products")
                        .permits(Permissions.READ)
                        .answersListing(Product.class)
                        .handles(this::list),
                Route.post(PATH, "Makes a product, not yet published")
                        .permits(Permissions.DEVELOP)
                        .creates(Product.class)
                        .handles(Create.class, this::create),
                Route.get(ONE, "Shows a product")
                        .permits(Permissions.READ)
                        .answersVersioned(Product.class)
                        .handles(One.class, asked -> Answers.versioned(find(asked.name), product -> product)),
                Route.put(ONE, "Replaces a product; whether it is published stays")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(Product.class)
                        .handles(Replace.class, this::replace),
                Route.delete(ONE, "Removes a product without subscriptions")
                        .permits(Permissions.DEVELOP)
                        .answersNothing()
                        .handles(Remove.class, this::remove),
                Route.post(ONE + "/publish", "Publishes a product: applications can subscribe to it")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(Product.class)
                        .handles(Publish.class, asked -> publish(asked, true)),
                Route.post(ONE + "/unpublish", "Ends the publication of a product; subscriptions stay")
                        .permits(Permissions.DEVELOP)
                        .answersVersioned(Product.class)
                        .handles(Publish.class, asked -> publish(asked, false)));
    }

    record One(@Path String name) {}

    record Create(@Body New product) {}

    record Replace(
            @Path String name, @Body Input product, @IfMatch long rev) {}

    record Remove(@Path String name, @IfMatch long rev) {}

    record Publish(@Path String name, @IfMatch long rev) {}

    record New(
            @Length(min = 1, max = Entries.NAME_MAX) @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String name,

            Input settings) {}

    record Input(
            @Default("") @Length(max = 200) String title,
            @Default("") @Length(max = 1_000) String description,

            @Size(max = PROXIES_MAX) @Length(max = Entries.NAME_MAX)
            List<String> proxies,

            @Description(
                    "The paths of a proxy that it covers, by proxy; none for all. '/orders' covers itself and what is below,"
                            + " '/orders/' only what is below")
            Map<String, List<String>> paths,

            @Size(max = SCOPES_MAX) @Length(max = 100) List<String> scopes,

            @Description("How many calls an application has; the policies of the proxies decide whether it is kept")
            @Nullable
            Quota quota,

            Map<String, String> attributes) {
        Product of(String name, boolean published) {
            return new Product(
                    name,
                    title,
                    description,
                    proxies,
                    paths,
                    scopes,
                    published,
                    Optional.ofNullable(quota)
                            .map(one -> new Product.QuotaTerms(one.limit, one.interval, one.timeUnit)),
                    attributes);
        }
    }

    record Quota(
            @Range(min = 1, max = 1e12) long limit,
            @Range(min = 1, max = 10_000) int interval,

            @Pattern(
                    regexp = "second|minute|hour|day|week|month",
                    description = "second, minute, hour, day, week or month")
            String timeUnit) {}

    private static String words(String name) {
        return "product '%s'".formatted(name);
    }

    private Kept<Product> find(String name) {
        return Answers.found(context.system().products().find(name), words(name));
    }

    private Listing<Product> list() {
        var all = context.system().products().all();
        return new Listing<>(all.stream().map(Kept::value).toList(), null, (long) all.size());
    }

    private Created<Product> create(Create asked) {
        var product = asked.product.settings.of(asked.product.name, false);
        verify(product, "/settings");
        return Answers.created(
                context.configuration().products().insert(product),
                Answers.path("/products", product.name()),
                words(product.name()),
                made -> made);
    }

    private Versioned<Product> replace(Replace asked) {
        var product = asked.product.of(asked.name, find(asked.name).value().published());
        verify(product, "");
        return Answers.replaced(
                context.configuration().products().replace(product, asked.rev), words(asked.name), made -> made);
    }

    private void verify(Product product, String pointer) {
        var known =
                context.registry().proxies().stream().map(ProxyRecord::name).collect(Collectors.toUnmodifiableSet());
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < product.proxies().size(); i++) {
            if (!known.contains(product.proxies().get(i))) {
                findings.add(new Finding(
                        "%s/proxies/%d".formatted(pointer, i),
                        "is '%s', which is no proxy".formatted(product.proxies().get(i))));
            }
        }
        product.paths().forEach((proxy, paths) -> {
            if (!product.proxies().contains(proxy)) {
                findings.add(new Finding(pointer + "/paths/" + proxy, "is of no proxy of the product"));
            }
            if (paths.stream().anyMatch(path -> !path.startsWith("/"))) {
                findings.add(new Finding(pointer + "/paths/" + proxy, "must have paths that begin with a slash"));
            }
        });
        Answers.requireNone(findings);
    }

    private Versioned<Product> publish(Publish asked, boolean published) {
        var product = find(asked.name).value();
        var changed = new Product(
                product.name(),
                product.title(),
                product.description(),
                product.proxies(),
                product.paths(),
                product.scopes(),
                published,
                product.quota(),
                product.attributes());
        return Answers.replaced(
                context.configuration().products().replace(changed, asked.rev), words(asked.name), made -> made);
    }

    private NoContent remove(Remove asked) {
        var users = context.system().applications().all().stream()
                .map(Kept::value)
                .filter(application -> application.credentials().stream()
                        .anyMatch(one -> one.products().containsKey(asked.name)))
                .map(Application::name)
                .toList();
        if (!users.isEmpty()) {
            throw RegistryProblem.API_ENTITY_IN_USE.because(
                    "%s has subscriptions of %s".formatted(words(asked.name), String.join(", ", users)));
        }
        boolean removed = context.configuration().products().remove(asked.name, asked.rev);
        return Answers.removed(removed, context.system().products().find(asked.name), words(asked.name), made -> made);
    }
}
