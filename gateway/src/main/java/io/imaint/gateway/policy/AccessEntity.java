package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Registry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks up the profile of what a client is, as XML in the variable {@code AccessEntity.<policy>}.
 *
 * <p>Assumptions: the code and text of the fault, which SAP calls ResourceNotFoundException; the names in the profiles, but for
 * {@code /Developer/Email}. Companies, request tokens and verifiers do not exist here, and applications are found by key or id
 * only.
 */
final class AccessEntity implements Policy {
    static final PolicyType TYPE = new PolicyType("AccessEntity", "accessentity", AccessEntity::compile);

    /** The identifiers that SAP lists for each type of entity. */
    private static final Map<String, Set<String>> IDENTIFIERS = Map.of(
            "apiproduct", Set.of("appid", "apiproductname", "appname", "consumerkey"),
            "app", Set.of("appid", "appname", "consumerkey"),
            "authorizationcode", Set.of("authorizationcode"),
            "company", Set.of("appid", "company", "consumerkey"),
            "companydeveloper", Set.of("companyname"),
            "consumerkey", Set.of("consumerkey"),
            "consumerkey_scope", Set.of("consumerkey"),
            "developer", Set.of("appid", "consumerkey", "developeremail", "developerid"),
            "requesttoken", Set.of("requesttoken"),
            "verifier", Set.of("verifier"));

    private static final Set<String> FOUND = Set.of("apiproduct", "app", "consumerkey", "developer");
    private static final Set<String> FINDING = Set.of("appid", "apiproductname", "consumerkey");
    private static final Set<String> SECONDARY =
            Set.of("apiresource", "developeremail", "developerid", "companyname", "appname");

    private final Registry registry;
    private final String policy;
    private final String entity;
    private final Optional<Identifier> identifier;
    private final Optional<Identifier> secondary;

    /** A value that identifies an entity. */
    private record Identifier(String ref, String type) {
        static Optional<Identifier> read(PolicyReader reader, Set<String> types) {
            var ref = reader.attribute("ref");
            var type = reader.attribute("type").map(text -> text.toLowerCase(Locale.ROOT));
            if (ref.isEmpty() || type.isEmpty() || !types.contains(type.get())) {
                reader.error("<%s> needs a ref and a type, one of %s"
                        .formatted(
                                reader.element().name(), types.stream().sorted().toList()));
                return Optional.empty();
            }
            return Optional.of(new Identifier(ref.get(), type.get()));
        }
    }

    private AccessEntity(PolicyReader reader, String entity, Optional<Identifier> identifier) {
        this.registry = reader.parts().registry();
        this.policy = reader.policy();
        this.entity = entity;
        this.identifier = identifier;
        this.secondary = reader.one("SecondaryIdentifier").flatMap(one -> Identifier.read(one, SECONDARY));
    }

    private static Policy compile(PolicyReader reader) {
        reader.require("EntityType");
        reader.require("EntityIdentifier");
        var entity = reader.one("EntityType")
                .flatMap(one -> one.attribute("value"))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElse("");
        var types = IDENTIFIERS.get(entity);
        if (types == null) {
            reader.error("entity type '%s' must be one of %s"
                    .formatted(entity, IDENTIFIERS.keySet().stream().sorted().toList()));
            return new AccessEntity(reader, entity, Optional.empty());
        }
        var identifier = reader.one("EntityIdentifier").flatMap(one -> Identifier.read(one, types));
        if (!FOUND.contains(entity)
                || identifier.filter(one -> !FINDING.contains(one.type)).isPresent()) {
            reader.warn("entities of type '%s' can't be looked up this way; it finds none".formatted(entity));
        }
        return new AccessEntity(reader, entity, identifier);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var value = identifier.map(one -> context.text(one.ref)).orElse(null);
        var profile = value == null || identifier.isEmpty()
                ? Optional.<String>empty()
                : profile(context, identifier.get().type, value);
        if (profile.isEmpty()) {
            throw new Fault(
                    500,
                    "steps.accessentity.ResourceNotFoundException",
                    "AccessEntity[%s]: %s was not found".formatted(policy, entity));
        }
        context.note("AccessEntity." + policy, profile.get());
    }

    private Optional<String> profile(FlowContext context, String type, String value) {
        return switch (type) {
            case "consumerkey" ->
                registry.consumer(value).flatMap(consumer -> switch (entity) {
                    case "developer" -> Optional.of(EntityProfile.developer(consumer.application()));
                    case "app" -> Optional.of(EntityProfile.app(consumer.application()));
                    case "consumerkey" ->
                        Optional.of(EntityProfile.consumerKey(value, consumer.application(), consumer.credential()));
                    case "apiproduct" -> product(context, consumer.products());
                    default -> Optional.empty();
                });
            case "appid" ->
                registry.application(value).flatMap(application -> switch (entity) {
                    case "developer" -> Optional.of(EntityProfile.developer(application));
                    case "app" -> Optional.of(EntityProfile.app(application));
                    case "apiproduct" ->
                        product(
                                context,
                                application.credentials().stream()
                                        .flatMap(one ->
                                                one.products().keySet().stream().sorted())
                                        .flatMap(name -> registry.product(name).stream())
                                        .toList());
                    default -> Optional.empty();
                });
            case "apiproductname" -> registry.product(value).map(EntityProfile::product);
            default -> Optional.empty();
        };
    }

    /** The product that covers a resource, or where none is asked for the first. */
    private Optional<String> product(FlowContext context, List<Product> products) {
        var resource = secondary.filter(one -> one.type.equals("apiresource")).map(one -> context.text(one.ref));
        return products.stream()
                .filter(product ->
                        resource.isEmpty() || product.covers(context.place().proxy(), resource.get()))
                .findFirst()
                .map(EntityProfile::product);
    }
}
