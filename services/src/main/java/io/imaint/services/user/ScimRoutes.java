package io.imaint.services.user;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Header;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Reply;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.services.user.ScimResources.Versioned;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The routes by which an identity system provisions users and groups: SCIM 2.0. Source: RFC 7643 and RFC 7644. */
final class ScimRoutes implements Routed {
    private static final Permission PROVISION = new Permission("users.provision");
    private static final ScimProblems SCIM = new ScimProblems();

    private static final String ROOT = "/scim/v2/";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    /** Resources of one answer. */
    static final int COUNT_MAX = 1_000;

    private static final int COUNT_STANDARD = 100;

    /** How often a change without If-Match is made anew because somebody else was faster. */
    private static final int ATTEMPTS_MAX = 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<ScimResources> kinds;

    ScimRoutes(List<ScimResources> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public List<Route> routes() {
        var everything = Route.post(ROOT + ".search", "Lists users and groups for an identity system, asked by a body")
                .permits(PROVISION)
                .replies(SCIM)
                .handles(SearchBody.class, asked -> list(kinds, asked(tree(asked.body))));
        return Stream.of(
                        kinds.stream().flatMap(this::routes),
                        Stream.of(everything),
                        ScimDescription.routes(PROVISION, SCIM).stream())
                .flatMap(routes -> routes)
                .toList();
    }

    private Stream<Route> routes(ScimResources kind) {
        var all = ROOT + kind.path();
        var one = all + "/{id}";
        return Stream.of(
                Route.get(all, "Lists " + kind.path() + " for an identity system")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(Search.class, asked -> list(List.of(kind), asked.asked())),
                Route.post(all + "/.search", "Lists " + kind.path() + " for an identity system, asked by a body")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(SearchBody.class, asked -> list(List.of(kind), asked(tree(asked.body)))),
                Route.post(all, "Creates one of " + kind.path() + " for an identity system")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(Create.class, asked -> create(kind, asked)),
                Route.get(one, "Shows one of " + kind.path() + " to an identity system")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(Show.class, asked -> reply(200, kind.show(asked.id), asked.view(), kind)),
                Route.put(one, "Replaces one of " + kind.path() + " for an identity system")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(Change.class, asked -> change(kind, asked, standing -> resource(asked.body()))),
                Route.patch(one, "Changes parts of one of " + kind.path() + " for an identity system")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(Change.class, asked -> patch(kind, asked)),
                Route.delete(one, "Removes one of " + kind.path() + " for an identity system")
                        .permits(PROVISION)
                        .replies(SCIM)
                        .handles(Remove.class, asked -> remove(kind, asked)));
    }

    /** What a search asks for. */
    private record Asked(
            @Nullable String filter,
            int startIndex,
            @Nullable Integer count,
            ScimView view) {}

    /** The flag of Entra stands in the address that is configured there, and so in each request. */
    record Search(
            @Nullable String filter,
            @Nullable Integer startIndex,
            @Nullable Integer count,
            @Nullable String attributes,
            @Nullable String excludedAttributes,
            @Nullable String sortBy,
            @Nullable String sortOrder,
            @Nullable String aadOptscim062020) {
        private Asked asked() {
            return new Asked(
                    filter, startIndex == null ? 1 : startIndex, count, ScimView.of(attributes, excludedAttributes));
        }
    }

    record SearchBody(
            @Nullable String aadOptscim062020,

            @Body(mediaTypes = {ScimProblems.MEDIA_TYPE, "application/json"})
            InputStream body) {}

    record Create(
            @Nullable String attributes,
            @Nullable String excludedAttributes,
            @Nullable String aadOptscim062020,

            @Body(mediaTypes = {ScimProblems.MEDIA_TYPE, "application/json"})
            InputStream body) {}

    record Show(
            @Path String id,
            @Nullable String attributes,
            @Nullable String excludedAttributes,
            @Nullable String aadOptscim062020) {
        private ScimView view() {
            return ScimView.of(attributes, excludedAttributes);
        }
    }

    record Change(
            @Path String id,
            @Nullable String attributes,
            @Nullable String excludedAttributes,
            @Nullable String aadOptscim062020,
            @Header("If-Match") @Nullable String ifMatch,

            @Body(mediaTypes = {ScimProblems.MEDIA_TYPE, "application/json"})
            InputStream body) {}

    record Remove(
            @Path String id,
            @Nullable String aadOptscim062020,
            @Header("If-Match") @Nullable String ifMatch) {}

    static String tag(long rev) {
        return "W/\"" + rev + '"';
    }

    private static Reply reply(int status, Versioned found, ScimView view, ScimResources kind) {
        var tag = tag(found.rev());
        return new Reply(status, Map.of("ETag", tag, "Location", kind.location(found.id())), view.of(found.resource()));
    }

    private static Reply list(List<ScimResources> kinds, Asked asked) {
        var filter = asked.filter == null || asked.filter.isBlank() ? null : ScimFilter.of(asked.filter);
        var all = kinds.stream()
                .flatMap(kind ->
                        kind.all(id(kind, filter), resource -> filter == null || filter.holds(resource)).stream())
                .toList();
        int from = Math.max(1, asked.startIndex);
        int count = asked.count == null ? COUNT_STANDARD : Math.clamp(asked.count, 0, COUNT_MAX);
        var page = all.stream().skip(from - 1L).limit(count).map(asked.view::of).toList();
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("schemas").add(LIST);
        answer.put("totalResults", all.size()).put("startIndex", from).put("itemsPerPage", page.size());
        var resources = answer.putArray("Resources");
        page.forEach(resources::add);
        return new Reply(200, Map.of(), answer);
    }

    /** The only resource that can fulfil a filter; empty where that does not say. */
    private static Optional<String> id(ScimResources kind, @Nullable ScimFilter filter) {
        return filter == null ? Optional.empty() : filter.equal("id").or(() -> filter.equal(kind.idAttribute()));
    }

    private static Asked asked(JsonNode body) {
        return new Asked(
                body.path("filter").isString() ? body.path("filter").asString() : null,
                body.path("startIndex").asInt(1),
                body.has("count") ? (Integer) body.path("count").asInt(COUNT_STANDARD) : null,
                ScimView.of(joined(body.path("attributes")), joined(body.path("excludedAttributes"))));
    }

    private static @Nullable String joined(JsonNode names) {
        var all = new ArrayList<String>();
        names.forEach(name -> all.add(name.asString("")));
        return all.isEmpty() ? null : String.join(",", all);
    }

    private Reply create(ScimResources kind, Create asked) {
        var resource = resource(asked.body);
        var made = saidAsScim(() -> kind.create(resource));
        return reply(201, made, ScimView.of(asked.attributes, asked.excludedAttributes), kind);
    }

    private Reply patch(ScimResources kind, Change asked) {
        var body = tree(asked.body);
        return change(kind, asked, standing -> ScimPatch.applied(standing, body));
    }

    private static Reply change(ScimResources kind, Change asked, Function<ObjectNode, ObjectNode> change) {
        var standing = kind.show(asked.id);
        requireMatch(asked.ifMatch, standing.rev());
        var wanted = change.apply(standing.resource());
        for (int attempt = 1; ; attempt++) {
            try {
                var from = standing;
                var to = wanted;
                var changed = saidAsScim(() -> kind.replace(from, to));
                return reply(200, changed, ScimView.of(asked.attributes, asked.excludedAttributes), kind);
            } catch (Failure lost) {
                boolean again = lost.code() == HttpProblem.PRECONDITION_FAILED && asked.ifMatch == null;
                if (!again || attempt == ATTEMPTS_MAX) {
                    throw lost;
                }
                standing = kind.show(asked.id);
                wanted = change.apply(standing.resource());
            }
        }
    }

    private static Reply remove(ScimResources kind, Remove asked) {
        var standing = kind.show(asked.id);
        requireMatch(asked.ifMatch, standing.rev());
        kind.remove(standing.id(), standing.rev());
        return new Reply(204, Map.of(), null);
    }

    private static void requireMatch(@Nullable String ifMatch, long rev) {
        var tags =
                ifMatch == null ? List.of("*") : Arrays.asList(ifMatch.strip().split("\\s*,\\s*", -1));
        if (!tags.contains("*") && !tags.contains(tag(rev)) && !tags.contains(tag(rev).substring(2))) {
            throw HttpProblem.PRECONDITION_FAILED.because("it is in revision %d by now".formatted(rev));
        }
    }

    /** SCIM has no status 422; what refers to nothing is an invalid value there. */
    private static <T> T saidAsScim(Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure refused) {
            throw refused.code() == UserProblem.USER_DATA_INVALID
                    ? ScimProblems.of("invalidValue", refused.detail())
                    : refused;
        }
    }

    private static ObjectNode resource(InputStream body) {
        if (tree(body) instanceof ObjectNode resource) {
            return ScimPath.normalized(resource);
        }
        throw ScimProblems.of("invalidSyntax", "the body must be an object");
    }

    private static JsonNode tree(InputStream body) {
        try (var in = body) {
            return JSON.readTree(in.readAllBytes());
        } catch (JacksonException malformed) {
            throw ScimProblems.of("invalidSyntax", "the body is not valid JSON");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
