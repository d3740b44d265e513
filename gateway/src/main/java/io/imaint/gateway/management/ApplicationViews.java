package io.imaint.gateway.management;

import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applications as they are sent and shown, to administrators and in the developer hub alike. */
final class ApplicationViews {
    private static final int ATTRIBUTES_MAX = 50;

    private ApplicationViews() {}

    record New(
            @Length(min = 1, max = Entries.NAME_MAX) @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String name,

            @Default("") @Length(max = 200) String title,

            @Description("The e-mail address of who answers for it; the caller when null")
            @Length(min = 1, max = 200)
            @Nullable
            String developer,

            @Description("Where authorization codes go; empty for none")
            @Default("")
            @Length(max = 2_000)
            @Pattern(regexp = "(https?://\\S+)?", description = "an http or https URL, or nothing")
            String callbackUrl,

            @Description("The products to which its key subscribes")
            @Size(max = ApplicationEditing.PRODUCTS_MAX)
            @Length(max = Entries.NAME_MAX)
            List<String> products,

            Map<String, String> attributes) {
        Application of(String id, String owner) {
            return new Application(
                    id,
                    name,
                    title,
                    developer == null ? owner : developer,
                    callbackUrl,
                    Status.APPROVED,
                    List.of(),
                    owned(attributes, owner));
        }
    }

    record Change(
            @Default("") @Length(max = 200) String title,

            @Default("")
            @Length(max = 2_000)
            @Pattern(regexp = "(https?://\\S+)?", description = "an http or https URL, or nothing")
            String callbackUrl,

            Map<String, String> attributes) {
        Application of(Application before) {
            return new Application(
                    before.id(),
                    before.name(),
                    title,
                    before.developer(),
                    callbackUrl,
                    before.status(),
                    before.credentials(),
                    owned(attributes, owner(before)));
        }
    }

    /** The attributes of an application with who owns it, which nobody sends. */
    private static Map<String, String> owned(Map<String, String> attributes, String owner) {
        if (attributes.size() > ATTRIBUTES_MAX || attributes.containsKey(ApplicationEditing.OWNER)) {
            var findings = new ArrayList<Finding>();
            findings.add(new Finding(
                    "/attributes",
                    "must be at most %d, and not %s".formatted(ATTRIBUTES_MAX, ApplicationEditing.OWNER)));
            Answers.requireNone(findings);
        }
        var all = new HashMap<>(attributes);
        all.put(ApplicationEditing.OWNER, owner);
        return Map.copyOf(all);
    }

    /** The user who registered it. */
    static String owner(Application application) {
        return application.attributes().getOrDefault(ApplicationEditing.OWNER, "");
    }

    /** A key as its owner knows it. */
    record KeyView(
            @Description("The hash of the key, by which other requests name it")
            String id,

            @Description("The first characters of the key") String hint,
            Status status,
            Instant issuedAt,
            @Nullable Instant expiresAt,

            @Description("What the key may call, by product")
            Map<String, Status> products) {
        static KeyView of(Application.Credential credential) {
            return new KeyView(
                    credential.keyHash(),
                    credential.keyHint(),
                    credential.status(),
                    credential.issuedAt(),
                    credential.expiresAt().orElse(null),
                    credential.products());
        }
    }

    /** An application without keys and secrets. */
    record Shown(
            String id,
            String name,
            String title,
            String developer,

            @Description("The user who registered it") String owner,

            String callbackUrl,
            Status status,
            List<KeyView> keys,
            Map<String, String> attributes) {
        static Shown of(Application application) {
            var attributes = new HashMap<>(application.attributes());
            attributes.remove(ApplicationEditing.OWNER);
            return new Shown(
                    application.id(),
                    application.name(),
                    application.title(),
                    application.developer(),
                    ApplicationViews.owner(application),
                    application.callbackUrl(),
                    application.status(),
                    application.credentials().stream().map(KeyView::of).toList(),
                    Map.copyOf(attributes));
        }
    }

    /** An application with a key that was just made. */
    record ShownOnce(
            @Description("The key, which is not shown again")
            String key,

            @Description("Its secret, which is not shown again")
            String secret,

            Shown application) {
        /** Neither key nor secret. */
        @Override
        public String toString() {
            return "ShownOnce[%s]".formatted(application);
        }

        static ShownOnce of(ApplicationEditing.Keyed keyed) {
            return new ShownOnce(
                    keyed.fresh().key(),
                    keyed.fresh().secret(),
                    Shown.of(keyed.application().value()));
        }
    }

    static Versioned<Shown> versioned(Kept<Application> kept) {
        return Answers.versioned(kept, Shown::of);
    }

    static Created<ShownOnce> created(String collection, ApplicationEditing.Keyed keyed) {
        var shown = new Versioned<>(ShownOnce.of(keyed), keyed.application().rev());
        return new Created<>(Answers.path(collection, keyed.application().key()), shown);
    }
}
