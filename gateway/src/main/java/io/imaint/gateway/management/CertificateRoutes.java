package io.imaint.gateway.management;

import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.Pem;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Finding;
import io.imaint.kernel.settings.Secret;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stores of certificates. Private keys come in and are never shown. */
final class CertificateRoutes implements Routed {
    private static final String PATH = Answers.ROOT + "/certificate-stores";
    private static final String ONE = PATH + "/{name}";
    private static final String ALIAS = ONE + "/entries/{alias}";

    /** Certificates of one store: a bundle of public authorities has about 150. */
    private static final int ENTRIES_MAX = 500;

    /** Characters of a chain of certificates in PEM. */
    static final int PEM_MAX = 100_000;

    private final Context context;

    CertificateRoutes(Context context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists certificate stores, with what expires soon")
                        .permits(Permissions.READ)
                        .answersListing(Shown.class)
                        .handles(this::list),
                Route.post(PATH, "Makes an empty certificate store")
                        .permits(Permissions.CONFIGURE)
                        .creates(Shown.class)
                        .handles(Create.class, this::create),
                Route.get(ONE, "Shows a certificate store")
                        .permits(Permissions.READ)
                        .answersVersioned(Shown.class)
                        .handles(One.class, asked -> Answers.versioned(find(asked.name), this::shown)),
                Route.put(ALIAS, "Puts a certificate, or a private key with its certificates, into a store")
                        .permits(Permissions.CONFIGURE)
                        .answersVersioned(Shown.class)
                        .handles(Put.class, this::put),
                Route.delete(ALIAS, "Removes a certificate or a private key from a store")
                        .permits(Permissions.CONFIGURE)
                        .answersNothing()
                        .handles(RemoveEntry.class, this::removeEntry),
                Route.delete(ONE, "Removes a certificate store that no provider uses")
                        .permits(Permissions.CONFIGURE)
                        .answersNothing()
                        .handles(Remove.class, this::remove));
    }

    record One(@Path String name) {}

    record Create(@Body New store) {}

    record New(
            @Length(min = 1, max = Entries.NAME_MAX) @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String name) {}

    record Put(
            @Path String name,

            @Path
            @Length(min = 1, max = Entries.NAME_MAX)
            @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String alias,

            @Body Upload entry,
            @IfMatch long rev) {}

    record Remove(@Path String name, @IfMatch long rev) {}

    record RemoveEntry(
            @Path String name, @Path String alias, @IfMatch long rev) {}

    record Upload(
            @Description("In PEM; with a private key its own certificate first, then those that signed it")
            @Length(min = 1, max = PEM_MAX)
            String certificates,

            @Description("PKCS #8 in PEM, without a password; null for a certificate that is trusted")
            @Length(max = PEM_MAX)
            @Nullable
            String privateKey) {
        /** Not the private key. */
        @Override
        public String toString() {
            return "Upload[%s]".formatted(certificates);
        }
    }

    record Shown(
            String name,
            List<CertificateView> entries,

            @Description("How many have expired, or do so within 30 days")
            long expiring) {}

    private Shown shown(CertificateStore store) {
        var now = context.clock().instant();
        var entries = new ArrayList<CertificateView>();
        new TreeMap<>(store.trusted())
                .forEach((alias, certificate) -> entries.add(CertificateView.of(alias, certificate, false, now)));
        new TreeMap<>(store.keys())
                .forEach((alias, pair) -> entries.add(
                        CertificateView.of(alias, Pem.certificates(pair.chain()).getFirst(), true, now)));
        return new Shown(
                store.name(),
                List.copyOf(entries),
                entries.stream().filter(entry -> entry.warning() != null).count());
    }

    private static String words(String name) {
        return "certificate store '%s'".formatted(name);
    }

    private Kept<CertificateStore> find(String name) {
        return Answers.found(context.system().certificates().find(name), words(name));
    }

    private Listing<Shown> list() {
        var all = context.system().certificates().all();
        return new Listing<>(all.stream().map(kept -> shown(kept.value())).toList(), null, (long) all.size());
    }

    private Created<Shown> create(Create asked) {
        var name = asked.store.name;
        var written = context.configuration().certificates().insert(new CertificateStore(name, Map.of(), Map.of()));
        return Answers.created(written, Answers.path("/certificate-stores", name), words(name), this::shown);
    }

    private Versioned<Shown> put(Put asked) {
        var store = find(asked.name).value();
        var trusted = new TreeMap<>(store.trusted());
        var keys = new TreeMap<>(store.keys());
        trusted.remove(asked.alias);
        keys.remove(asked.alias);
        if (trusted.size() + keys.size() >= ENTRIES_MAX) {
            throw RegistryProblem.API_LIMIT_REACHED.because("a store has at most %d entries".formatted(ENTRIES_MAX));
        }
        var chain = certificates(asked.entry.certificates);
        if (asked.entry.privateKey == null) {
            if (chain.size() > 1) {
                Answers.requireNone(
                        List.of(new Finding("/certificates", "has several; give each an alias of its own")));
            }
            trusted.put(asked.alias, chain.getFirst());
        } else {
            requireMatching(asked.entry.privateKey, chain.getFirst());
            keys.put(
                    asked.alias,
                    new CertificateStore.KeyPair(
                            new Secret(asked.entry.privateKey),
                            chain.stream().map(Pem::of).collect(Collectors.joining())));
        }
        var changed = new CertificateStore(asked.name, Map.copyOf(trusted), Map.copyOf(keys));
        return Answers.replaced(
                context.configuration().certificates().replace(changed, asked.rev), words(asked.name), this::shown);
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            return Pem.certificates(pem);
        } catch (IllegalArgumentException invalid) {
            throw RegistryProblem.API_ENTITY_INVALID.because(List.of(new Finding("/certificates", reason(invalid))));
        }
    }

    private static void requireMatching(String privateKey, X509Certificate own) {
        String wrong;
        try {
            wrong = Pem.matches(Pem.privateKey(privateKey), own.getPublicKey())
                    ? ""
                    : "does not belong to the first certificate";
        } catch (IllegalArgumentException invalid) {
            wrong = reason(invalid);
        }
        if (!wrong.isEmpty()) {
            throw RegistryProblem.API_ENTITY_INVALID.because(List.of(new Finding("/privateKey", wrong)));
        }
    }

    private static String reason(IllegalArgumentException invalid) {
        return String.valueOf(invalid.getMessage());
    }

    private NoContent removeEntry(RemoveEntry asked) {
        var store = find(asked.name).value();
        var trusted = new TreeMap<>(store.trusted());
        var keys = new TreeMap<>(store.keys());
        if (trusted.remove(asked.alias) == null && keys.remove(asked.alias) == null) {
            throw RegistryProblem.API_ENTITY_NOT_FOUND.because(
                    "%s has no '%s'".formatted(words(asked.name), asked.alias));
        }
        var changed = new CertificateStore(asked.name, Map.copyOf(trusted), Map.copyOf(keys));
        Answers.replaced(
                context.configuration().certificates().replace(changed, asked.rev), words(asked.name), this::shown);
        return NoContent.NO_CONTENT;
    }

    private NoContent remove(Remove asked) {
        var users = context.system().providers().all().stream()
                .map(Kept::value)
                .filter(provider -> provider.trustStore().equals(asked.name)
                        || provider.keyStore().equals(asked.name))
                .map(provider -> provider.name())
                .toList();
        if (!users.isEmpty()) {
            throw RegistryProblem.API_ENTITY_IN_USE.because(
                    "%s is used by %s".formatted(words(asked.name), String.join(", ", users)));
        }
        boolean removed = context.configuration().certificates().remove(asked.name, asked.rev);
        return Answers.removed(
                removed, context.system().certificates().find(asked.name), words(asked.name), this::shown);
    }
}
