package io.imaint.simulator.odata;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.ServiceModel;
import io.imaint.simulator.odata.Writes.Work;
import io.imaint.simulator.plant.Translation;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.PlantState;
import io.imaint.simulator.state.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** A service over the rows of a plant; knows the protocol but not the server it runs in. */
public final class ODataService {
    /** How long a delta token is good, as in SAP's operational delta queues. */
    public static final Duration DELTA_LIFE = Duration.ofHours(24);

    private final ServiceModel model;
    private final PlantState state;
    private final InstantSource clock;
    private final Options options;
    private final ChangeTracking tracking;
    private final Reads reads;
    private final Map<String, Reads> readsByLanguage = new HashMap<>();
    private final Writes writes;
    private final byte[] serviceJson;
    private final AtomicLong refusals = new AtomicLong();
    private volatile Metadata metadata;

    /** The document of one version of the model. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Metadata(int version, byte[] bytes) {}

    /**
     * What differs from system to system.
     *
     * @param deltaLife how long delta tokens are good
     * @param scan what uploaded files have to pass
     * @param modelVersion which version of the model the metadata shows, counted from 1
     */
    public record Options(Duration deltaLife, UploadScan scan, IntSupplier modelVersion) {
        /** Tokens are good for a day, every file is taken, the model never changes. */
        public static final Options USUAL = new Options(DELTA_LIFE, UploadScan.OFF, () -> 1);
    }

    public ODataService(ServiceModel model, PlantState state, InstantSource clock, Options options) {
        this.model = model;
        this.state = state;
        this.clock = clock;
        this.options = options;
        this.tracking = new ChangeTracking(state, clock, options.deltaLife());
        this.reads = new Reads(state, state, tracking);
        for (var language : Translation.LANGUAGES) {
            readsByLanguage.put(language, new Reads(state, Translation.of(state, language), tracking));
        }
        this.writes = new Writes(options.scan());
        this.serviceJson = ServiceDocument.json(model);
        this.metadata = new Metadata(1, MetadataDocument.bytes(model, 1));
    }

    /** The service of a plant, as usual. */
    public ODataService(PlantState state, InstantSource clock) {
        this(IcwpModel.MODEL, state, clock, Options.USUAL);
    }

    private byte[] metadata() {
        int version = options.modelVersion().getAsInt();
        var known = metadata;
        if (known.version() != version) {
            known = new Metadata(version, MetadataDocument.bytes(model, version));
            metadata = known;
        }
        return known.bytes();
    }

    /**
     * Answers a request; all that can be refused is refused before the body is written. {@code $batch} is not known here.
     *
     * @throws ODataFault when the request is refused; nothing has changed then
     */
    public Answer answer(ODataRequest request) {
        var resource = ResourcePath.parse(request.path(), model);
        try {
            return switch (request.effectiveMethod()) {
                case "GET" -> read(resource, request);
                case "HEAD" -> documents(resource, request);
                default -> write(resource, request);
            };
        } catch (Refusal refusal) {
            throw ODataFault.of(refusal);
        }
    }

    private static String allowed(Resource resource) {
        return switch (resource) {
            case Resource.ServiceRoot root -> "GET, HEAD";
            case Resource.Metadata document -> "GET, HEAD";
            case Resource.Collection rows -> "GET, POST";
            case Resource.Entity entity -> "GET, PUT, MERGE, PATCH, DELETE";
            case Resource.Function function -> "POST";
            case Resource.Count count -> "GET";
            case Resource.Value value -> "GET";
            case Resource.Media media -> "GET";
            case Resource.Links links -> "GET";
            case Resource.Termination termination -> "GET, POST";
            case Resource.Tracking asked -> "GET";
        };
    }

    private Answer documents(Resource resource, ODataRequest request) {
        if (resource instanceof Resource.ServiceRoot || resource instanceof Resource.Metadata) {
            return read(resource, request);
        }
        throw ODataFault.methodNotAllowed("HEAD", allowed(resource));
    }

    private Reads reads(ODataRequest request) {
        return Translation.language(
                        parameter(request.query(), "sap-language"),
                        request.headers().first("Accept-Language"))
                .map(readsByLanguage::get)
                .orElse(reads);
    }

    private Answer read(Resource resource, ODataRequest request) {
        var inLanguage = reads(request);
        return switch (resource) {
            case Resource.Metadata document -> Answer.ok(Answer.XML, metadata());
            case Resource.ServiceRoot root ->
                request.wantsJson()
                        ? Answer.ok(Answer.JSON, serviceJson)
                        : Answer.ok(Answer.XML, ServiceDocument.xml(model, Reads.service(request)));
            case Resource.Entity entity -> inLanguage.entity(entity, request);
            case Resource.Collection collection -> inLanguage.collection(collection, request);
            case Resource.Count count -> inLanguage.count(count.rows(), request);
            case Resource.Value value -> inLanguage.value(value, request);
            case Resource.Media media -> inLanguage.media(media.entity(), request);
            case Resource.Links links -> inLanguage.links(links, request);
            case Resource.Tracking asked -> tracking.answer(asked, request);
            case Resource.Function function -> throw ODataFault.methodNotAllowed("GET", allowed(resource));
        };
    }

    private Answer write(Resource resource, ODataRequest request) {
        verifyMethod(resource, request);
        if (resource instanceof Resource.Termination termination) {
            return tracking.answer(termination, request);
        }
        var work = writes.prepare(resource, request);
        return state.change(request.actor(), change -> done(change, work));
    }

    private static void verifyMethod(Resource resource, ODataRequest request) {
        var method = request.effectiveMethod();
        var allowed = allowed(resource);
        if (!List.of(allowed.split(", ", -1)).contains(method)) {
            throw ODataFault.methodNotAllowed(method, allowed);
        }
    }

    /** Carries work out and adds what SAP has to say about it. */
    private static Answer done(Change change, Work work) {
        int said = change.messages().size();
        var answer = work.run(change);
        var messages = change.messages();
        var headers = new LinkedHashMap<>(answer.headers());
        headers.putAll(SapMessages.header(messages.subList(said, messages.size())));
        return new Answer(answer.status(), answer.contentType(), headers, answer.body());
    }

    /**
     * One request of a change set.
     *
     * @param contentId by which later ones can name what it made, as in {@code $1/Operations}; empty without one
     */
    public record Part(String contentId, ODataRequest request) {}

    /**
     * Carries out the requests of a change set one after the other: all or none.
     *
     * @throws ODataFault for the first that is refused; nothing has changed then
     */
    public List<Answer> changeSet(List<Part> parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        try {
            return state.change(parts.getFirst().request().actor(), change -> {
                var made = new HashMap<String, String>();
                var answers = new ArrayList<Answer>();
                for (var part : parts) {
                    var request = referring(part.request(), made);
                    var resource = ResourcePath.parse(request.path(), model);
                    if (List.of("GET", "HEAD").contains(request.effectiveMethod())) {
                        throw ODataFault.methodNotAllowed(request.effectiveMethod(), "POST, PUT, MERGE, PATCH, DELETE");
                    }
                    verifyMethod(resource, request);
                    var answer = done(change, writes.prepare(resource, request));
                    answers.add(answer);
                    remember(part, request, answer, made);
                }
                return List.copyOf(answers);
            });
        } catch (Refusal refusal) {
            throw ODataFault.of(refusal);
        }
    }

    private static void remember(Part part, ODataRequest request, Answer answer, Map<String, String> made) {
        if (!part.contentId().isEmpty()) {
            var location = answer.headers().get("Location");
            made.put(
                    "$" + part.contentId(),
                    location == null
                            ? request.path()
                            : location.substring(Reads.service(request).length()));
        }
    }

    /** A request whose path begins with what an earlier one made. */
    private static ODataRequest referring(ODataRequest request, Map<String, String> made) {
        var path = request.path();
        if (!path.startsWith("/$")) {
            return request;
        }
        int end = path.indexOf('/', 1);
        var name = path.substring(1, end < 0 ? path.length() : end);
        var target = made.get(name);
        if (target == null) {
            throw ODataFault.uriSyntax(
                    "Content-ID reference '%s' names no earlier request of the change set".formatted(name));
        }
        return request.at(target + (end < 0 ? "" : path.substring(end)));
    }

    /**
     * A refusal as it is sent.
     *
     * @param json whether the caller asked for JSON by name
     */
    public Answer refusal(ODataFault fault, boolean json) {
        var now = clock.instant();
        var transaction = "%016X%016X".formatted(now.toEpochMilli(), refusals.incrementAndGet());
        return Answer.of(
                fault.status(),
                FaultBody.contentType(json),
                fault.headers(),
                new FaultBody(fault, model.namespace(), transaction, now).bytes(json));
    }

    /** The value of a parameter that is no system query option, such as {@code sap-client}. */
    public static Optional<String> parameter(String query, String name) {
        return Query.parameter(query, name);
    }
}
