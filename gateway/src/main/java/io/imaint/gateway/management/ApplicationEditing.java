package io.imaint.gateway.management;

import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Application.Credential;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.ApplicationKeys;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.problem.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Changes of applications, their keys and their subscriptions. What one step changes is small and true whatever others change at the
 * same moment, so a step that meets another is repeated on what the other left.
 */
final class ApplicationEditing {
    /** Keys of one application: one in use, one that is being exchanged, some that were revoked lately. */
    static final int KEYS_MAX = 10;

    /** Products of one application. */
    static final int PRODUCTS_MAX = 100;

    /** The user who registered an application; other attributes are the applications' own. */
    static final String OWNER = "imaint.owner";

    /** The attribute of a product whose subscriptions somebody approves. */
    private static final String APPROVAL = "approval";

    private static final String MANUAL = "manual";

    /** Long enough for a release of every client. */
    private static final Duration OVERLAP_MAX = Duration.ofDays(30);

    /** Those that change one application at the same moment. */
    private static final int ATTEMPTS_MAX = 20;

    /** An application was given a key. */
    record ApplicationKeyMade(String application, String keyHint) implements Fact {}

    /** A key of an application was revoked, at once or from a time on. */
    record ApplicationKeyRevoked(String application, String keyHint, Instant from) implements Fact {}

    /** An application after a change, with the key that was made; neither key nor secret is ever shown again. */
    record Keyed(Kept<Application> application, ApplicationKeys.Fresh fresh) {}

    private final Context context;

    ApplicationEditing(Context context) {
        this.context = context;
    }

    static String words(String id) {
        return "application '%s'".formatted(id);
    }

    Kept<Application> find(String id) {
        return Answers.found(context.system().applications().find(id), words(id));
    }

    /** Registers an application with its first key; {@code products} is who decides about their approval. */
    Keyed create(Application application, List<String> products, boolean administrator) {
        var findings = new ArrayList<Finding>();
        var subscribed = new LinkedHashMap<String, Status>();
        for (int i = 0; i < products.size(); i++) {
            var product = published(products.get(i));
            if (product.isEmpty()) {
                findings.add(new Finding(
                        "/products/" + i, "is '%s', which is no published product".formatted(products.get(i))));
            }
            product.ifPresent(one -> subscribed.put(one.name(), status(one, administrator)));
        }
        Answers.requireNone(findings);
        var fresh = context.keys().make(context.clock().instant(), Optional.empty(), subscribed);
        var keyed = application.with(List.of(fresh.credential()));
        var fact = new ApplicationKeyMade(keyed.id(), fresh.credential().keyHint());
        return switch (context.configuration().applications().insert(keyed, fact)) {
            case Written.Done<Application> done -> new Keyed(done.kept(), fresh);
            case Written.Lost<Application> lost -> throw RegistryProblem.API_ENTITY_EXISTS.because(words(keyed.id()));
        };
    }

    private Optional<Product> published(String name) {
        return context.system().products().find(name).map(Kept::value).filter(Product::published);
    }

    /** An administrator's subscription is an approval in itself. */
    private static Status status(Product product, boolean administrator) {
        boolean waits = !administrator && MANUAL.equals(product.attributes().get(APPROVAL));
        return waits ? Status.PENDING : Status.APPROVED;
    }

    /** Changes an application; again where another change was faster. */
    Kept<Application> change(String id, UnaryOperator<Application> change, Function<Application, List<Fact>> facts) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var standing = find(id);
            var changed = change.apply(standing.value());
            if (changed.equals(standing.value())) {
                return standing;
            }
            var written = context.configuration()
                    .applications()
                    .replace(changed, standing.rev(), facts.apply(changed).toArray(Fact[]::new));
            if (written instanceof Written.Done<Application> done) {
                return done.kept();
            }
        }
        throw RegistryProblem.API_COUNTER_BUSY.because("too many writers change the " + words(id));
    }

    private Kept<Application> change(String id, UnaryOperator<Application> change) {
        return change(id, change, changed -> List.of());
    }

    Kept<Application> status(String id, Status status) {
        return change(id, application -> application.with(status));
    }

    /** Subscribes with every key that is not revoked. */
    Kept<Application> subscribe(String id, String name, boolean administrator) {
        var product = published(name)
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "there is no published product '%s'".formatted(name)));
        return products(id, products -> {
            if (products.size() >= PRODUCTS_MAX) {
                throw RegistryProblem.API_LIMIT_REACHED.because(
                        "an application has at most %d products".formatted(PRODUCTS_MAX));
            }
            products.putIfAbsent(name, status(product, administrator));
        });
    }

    /** Ends a subscription. One that an administrator revoked stays, so that nobody subscribes anew to get around it. */
    Kept<Application> unsubscribe(String id, String product, boolean administrator) {
        return products(
                id,
                products -> products.computeIfPresent(
                        product, (name, status) -> status == Status.REVOKED && !administrator ? status : null));
    }

    /** Approves or revokes a subscription. */
    Kept<Application> decide(String id, String product, Status status) {
        var subscribed = find(id).value().credentials().stream()
                .anyMatch(one -> one.products().containsKey(product));
        if (!subscribed) {
            throw RegistryProblem.API_ENTITY_NOT_FOUND.because(
                    "%s has no subscription of '%s'".formatted(words(id), product));
        }
        return products(id, products -> products.computeIfPresent(product, (name, before) -> status));
    }

    private interface Subscriptions {
        void change(Map<String, Status> products);
    }

    private Kept<Application> products(String id, Subscriptions subscriptions) {
        return change(
                id,
                application -> application.with(application.credentials().stream()
                        .map(one -> {
                            var products = new HashMap<>(one.products());
                            if (one.status() != Status.REVOKED) {
                                subscriptions.change(products);
                            }
                            return credential(one, one.status(), one.expiresAt(), products);
                        })
                        .toList()));
    }

    private static Credential credential(
            Credential one, Status status, Optional<Instant> expiresAt, Map<String, Status> products) {
        return new Credential(
                one.keyHash(),
                one.keyHint(),
                one.secretHash(),
                status,
                one.issuedAt(),
                expiresAt,
                Map.copyOf(products));
    }

    /** Adds a key for the same products. */
    Keyed addKey(String id, Optional<Instant> expiresAt) {
        var now = context.clock().instant();
        if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
            Answers.requireNone(List.of(new Finding("expiresAt", "must be in the future")));
        }
        var fresh = context.keys().make(now, expiresAt, Map.of());
        return keyed(id, fresh, application -> application.credentials());
    }

    /** Adds a key and ends another one, at once or after a time in which both are good. */
    Keyed rotate(String id, String keyHash, Optional<Duration> overlap) {
        var now = context.clock().instant();
        var end = now.plus(overlap.orElse(Duration.ZERO));
        if (end.isBefore(now) || end.isAfter(now.plus(OVERLAP_MAX))) {
            Answers.requireNone(
                    List.of(new Finding("overlap", "must be at most %d days".formatted(OVERLAP_MAX.toDays()))));
        }
        var fresh = context.keys().make(now, Optional.empty(), Map.of());
        return keyed(id, fresh, application -> ended(application, keyHash, end));
    }

    private interface Before {
        List<Credential> credentials(Application application);
    }

    private Keyed keyed(String id, ApplicationKeys.Fresh fresh, Before before) {
        var kept = change(
                id,
                application -> {
                    var credentials = new ArrayList<>(before.credentials(application));
                    makeRoom(credentials);
                    var made = fresh.credential();
                    credentials.add(credential(made, made.status(), made.expiresAt(), subscriptions(application)));
                    return application.with(credentials);
                },
                changed -> List.of(new ApplicationKeyMade(id, fresh.credential().keyHint())));
        return new Keyed(kept, fresh);
    }

    /** Of all keys that are good; what one key may, the next may too. */
    private static Map<String, Status> subscriptions(Application application) {
        var products = new HashMap<String, Status>();
        application.credentials().stream()
                .filter(one -> one.status() != Status.REVOKED)
                .forEach(one -> products.putAll(one.products()));
        return products;
    }

    /** Drops the oldest key that was revoked or has expired. */
    private void makeRoom(List<Credential> credentials) {
        if (credentials.size() < KEYS_MAX) {
            return;
        }
        var now = context.clock().instant();
        var useless = credentials.stream()
                .filter(one -> one.status() == Status.REVOKED
                        || one.expiresAt().filter(end -> !end.isAfter(now)).isPresent())
                .findFirst()
                .orElseThrow(() -> RegistryProblem.API_LIMIT_REACHED.because(
                        "an application has at most %d keys in use; revoke one".formatted(KEYS_MAX)));
        credentials.remove(useless);
    }

    /** Revokes a key at once. */
    Kept<Application> revoke(String id, String keyHash) {
        var now = context.clock().instant();
        return change(
                id,
                application -> application.with(ended(application, keyHash, now)),
                changed -> changed.credentials().stream()
                        .filter(one -> one.keyHash().equals(keyHash))
                        .<Fact>map(one -> new ApplicationKeyRevoked(id, one.keyHint(), now))
                        .toList());
    }

    private List<Credential> ended(Application application, String keyHash, Instant end) {
        if (application.credentials().stream().noneMatch(one -> one.keyHash().equals(keyHash))) {
            throw RegistryProblem.API_ENTITY_NOT_FOUND.because(
                    "%s has no key '%s'".formatted(words(application.id()), keyHash));
        }
        boolean now = !end.isAfter(context.clock().instant());
        return application.credentials().stream()
                .map(one -> {
                    if (!one.keyHash().equals(keyHash)) {
                        return one;
                    }
                    var sooner = one.expiresAt()
                            .filter(before -> before.isBefore(end))
                            .orElse(end);
                    return now
                            ? credential(one, Status.REVOKED, one.expiresAt(), one.products())
                            : credential(one, one.status(), Optional.of(sooner), one.products());
                })
                .toList();
    }
}
