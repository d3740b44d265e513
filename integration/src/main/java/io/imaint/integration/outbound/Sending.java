package io.imaint.integration.outbound;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.odata.Entity;
import io.imaint.integration.odata.EntityKey;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataChange;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.SapWords;
import io.imaint.integration.outbound.SapWays.Way;
import io.imaint.integration.source.SapSession;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue.Claimed;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends one command to SAP and says what became of it.
 *
 * <p>Before anything is sent again that may have reached SAP, SAP is asked for it; and once more when SAP then refuses it,
 * because the first request may have been under way still.
 */
final class Sending {
    private static final JsonMapper JSON = new JsonMapper();

    /** Changes of one object by others, one after the other within milliseconds, end soon. */
    private static final int COMPARISONS_MAX = 3;

    private final SapWays ways;
    private final Uploads uploads;
    private final InstantSource clock;

    Sending(SapSession sap, Store store, InstantSource clock) {
        this.ways = new SapWays(sap, store.documents(Integrations.TYPE), clock);
        this.uploads = new Uploads(store.contents());
        this.clock = clock;
    }

    /**
     * Sends a command.
     *
     * @throws Failure of the store; nothing was sent then
     */
    Result send(Claimed claimed) {
        Job job;
        try {
            job = ways.job(claimed);
            if (job.again()) {
                var found = lookUp(job);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        } catch (Failure failed) {
            return before(failed, claimed.item().uncertain());
        }
        var result = sent(job);
        boolean unsure = switch (result) {
            case Result.Posted ignored -> false;
            case Result.Failed ignored -> job.again();
            case Result.Passing passing -> passing.uncertain();
            case Result.Away ignored -> false;
        };
        return unsure ? lookedUp(job).orElse(result) : result;
    }

    private Result sent(Job job) {
        try {
            return switch (Posting.of(job.item().command())) {
                case Posting.Create create -> created(job, create);
                case Posting.CreateTogether together -> createdTogether(job, together);
                case Posting.Change change -> changed(job, change);
                case Posting.Call call -> called(job, call);
                case Posting.Upload ignored -> result(job, job.send(uploads.change(job), clock), true);
            };
        } catch (Failure failed) {
            return before(failed, false);
        }
    }

    /** What a failure comes to before anything was sent in this attempt. */
    private static Result before(Failure failed, boolean uncertain) {
        if (failed.code() instanceof StoreProblem) {
            throw failed;
        }
        return Result.of(failed, uncertain);
    }

    private Optional<Result> lookedUp(Job job) {
        try {
            return lookUp(job);
        } catch (Failure failed) {
            return Optional.empty(); // It is asked for again before the next attempt.
        }
    }

    private Optional<Result> lookUp(Job job) {
        return switch (Posting.of(job.item().command())) {
            case Posting.Create ignored -> byExternalId(job);
            case Posting.CreateTogether ignored -> byExternalId(job); // All of them, or none, with the first.
            case Posting.Upload ignored -> byExternalId(job);
            case Posting.Change ignored -> Optional.empty(); // Compared before each attempt anyway.
            case Posting.Call call -> done(job, call);
        };
    }

    private Optional<Result> byExternalId(Job job) {
        var filter = "%s eq guid'%s'".formatted(Posting.EXTERNAL_ID, job.item().id());
        return job.way()
                .service()
                .entity(
                        job.way().set() + "?$filter=" + Literals.encoded(filter) + "&$top=1",
                        job.way().type())
                .filter(entity -> numbered(job.way(), entity))
                .map(entity -> found(job.way(), entity));
    }

    private Optional<Result> done(Job job, Posting.Call call) {
        var done = call.done();
        if (!done.counterpart().isEmpty()) {
            var filter = done.counterpart()
                    .formatted(call.keys().stream()
                            .map(key -> job.keyText(key).replace("'", "''"))
                            .toArray());
            return job.way()
                    .service()
                    .entity(
                            job.way().set() + "?$filter=" + Literals.encoded(filter) + "&$top=1",
                            job.way().type())
                    .map(entity -> found(job.way(), entity));
        }
        return job.read().filter(entity -> shows(entity, done, job)).map(entity -> found(job.way(), entity));
    }

    private static boolean shows(Entity entity, Posting.Done done, Job job) {
        var statuses = entity.row().value("STATUSES") instanceof String text
                ? List.of(text.strip().split("\\s+", -1))
                : List.<String>of();
        return (done.with().isEmpty() || statuses.stream().anyMatch(done.with()::contains))
                && statuses.stream().noneMatch(done.without()::contains)
                && done.same().entrySet().stream()
                        .allMatch(wanted -> OutgoingFields.same(
                                entity.row().value(wanted.getKey()),
                                wanted.getValue().isEmpty()
                                        ? null
                                        : job.values().get(wanted.getValue())));
    }

    private Result created(Job job, Posting.Create create) {
        var body = body(job.way(), job.values(), create.below());
        if (job.way().type().place(Posting.EXTERNAL_ID) >= 0) {
            body.put(Posting.EXTERNAL_ID, job.item().id());
        }
        return result(
                job,
                job.send(
                        ODataChange.create(
                                job.way().set(),
                                JSON.writeValueAsString(body),
                                job.way().type()),
                        clock),
                true);
    }

    private Result createdTogether(Job job, Posting.CreateTogether together) {
        if (!(job.values().get(together.field()) instanceof List<?> documents) || documents.isEmpty()) {
            return created(job, new Posting.Create(List.of()));
        }
        var changes = new ArrayList<ODataChange>();
        for (var document : documents) {
            var values = new Document();
            job.values().forEach((field, value) -> {
                if (!field.equals(together.field())) {
                    values.put(field, value);
                }
            });
            ((Document) Objects.requireNonNull(document)).forEach(values::put);
            var body = new LinkedHashMap<String, @Nullable Object>(
                    job.way().fields().properties(values));
            body.put(Posting.EXTERNAL_ID, externalId(job.item().id(), changes.size()));
            changes.add(ODataChange.create(
                    job.way().set(), JSON.writeValueAsString(body), job.way().type()));
        }
        return result(job, job.send(ODataChange.together(changes), clock), true);
    }

    /** The first entity has the item's id, by which all are looked up; the others have ids that follow from it. */
    private static String externalId(String id, int number) {
        return number == 0
                ? id
                : UUID.nameUUIDFromBytes((id + "/" + number).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    private Map<String, @Nullable Object> body(Way way, Document values, List<Posting.Below> below) {
        var own = new Document();
        var nested = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((field, value) -> {
            var list = below.stream().filter(one -> one.field().equals(field)).findFirst();
            if (list.isPresent() && value instanceof List<?> documents) {
                var to = ways.way(list.get().collection());
                var entities = new ArrayList<Map<String, @Nullable Object>>();
                for (var document : documents) {
                    entities.add(body(
                            to,
                            (Document) Objects.requireNonNull(document),
                            list.get().below()));
                }
                if (!entities.isEmpty()) {
                    nested.put(list.get().navigation(), entities);
                }
            } else {
                own.put(field, value);
            }
        });
        var body = new LinkedHashMap<String, @Nullable Object>(way.fields().properties(own));
        body.putAll(nested);
        return body;
    }

    private Result changed(Job job, Posting.Change change) {
        var values = job.values().copy();
        change.fixed().forEach(values::put);
        Result last = null;
        for (int comparison = 0; comparison < COMPARISONS_MAX; comparison++) {
            var entity = job.read().orElseThrow(() -> ODataProblem.SAP_NOT_FOUND.because(job.address()));
            var present = job.way().rows().document(entity.row());
            var conflicts = conflicts(present, job.item().request().base(), values);
            if (!conflicts.isEmpty()) {
                throw OutboundProblem.COMMAND_CONFLICT.because(conflicts);
            }
            var different = new Document();
            values.forEach((field, value) -> {
                if (!OutgoingFields.same(present.get(field), value)) {
                    different.put(field, value);
                }
            });
            if (different.fields().isEmpty()) {
                return posted(job.way(), entity, SapWords.NONE);
            }
            var properties = job.way().fields().properties(different);
            last = result(
                    job,
                    job.send(
                            ODataChange.merge(
                                    job.address(),
                                    JSON.writeValueAsString(properties),
                                    entity.etag(),
                                    job.way().type()),
                            clock),
                    false);
            boolean compareAgain = last instanceof Result.Passing passing
                    && ODataProblem.SAP_OBJECT_CHANGED
                            .slug()
                            .equals(passing.words().code());
            if (!compareAgain) {
                return last;
            }
        }
        return Objects.requireNonNull(last);
    }

    /** What of the changed fields is in SAP neither as the person saw it nor as the person wants it; empty for nothing. */
    private static String conflicts(Document present, Document base, Document values) {
        var conflicts = new ArrayList<String>();
        base.forEach((field, seen) -> {
            var now = present.get(field);
            if (values.has(field) && !OutgoingFields.same(now, seen) && !OutgoingFields.same(now, values.get(field))) {
                conflicts.add("%s is %s in SAP, not %s as before; it was to become %s"
                        .formatted(field, Posting.shown(now), Posting.shown(seen), Posting.shown(values.get(field))));
            }
        });
        return String.join("; ", conflicts);
    }

    private Result called(Job job, Posting.Call call) {
        var parameters = new ArrayList<String>();
        for (var key : call.keys()) {
            parameters.add(parameter(key, job.keyText(key)));
        }
        call.fields().forEach((parameter, field) -> {
            var value = job.values().get(field);
            if (value == null) {
                throw OutboundProblem.COMMAND_VALUE_UNFIT.because(field + " is missing");
            }
            int place = job.way().type().place(parameter);
            var typed = OutgoingFields.typed(job.way().type().properties().get(place), value);
            parameters.add(parameter(parameter, String.valueOf(typed)));
        });
        var target = call.function() + "?" + String.join("&", parameters);
        return result(job, job.send(ODataChange.call(target, job.way().type()), clock), false);
    }

    private static String parameter(String name, String text) {
        return name + "=" + Literals.encoded("'" + text.replace("'", "''") + "'");
    }

    /** @param numbers whether only a document number proves success */
    private Result result(Job job, ODataAnswer answer, boolean numbers) {
        return switch (answer) {
            case ODataAnswer.Done done -> {
                if (done.words().isError()) {
                    yield new Result.Failed(Outcome.words(
                            done.words().code(), done.words().text(), ODataProblem.SAP_CHANGE_REFUSED.remedy()));
                }
                var entity = done.entity();
                if (entity != null && numbered(job.way(), entity)) {
                    yield posted(job.way(), entity, done.words());
                }
                yield numbers
                        ? unnumbered(job, done.words())
                        : new Result.Posted(new Outcome(job.id(), null, code(done.words()), text(done.words()), null));
            }
            case ODataAnswer.Refused refused -> Result.of(refused);
            case ODataAnswer.Unanswered unanswered ->
                new Result.Passing(Result.words(unanswered.failure()), true, true);
        };
    }

    /** SAP says yes and names no document: it is looked for, for a 2xx alone is worth nothing. */
    private Result unnumbered(Job job, SapWords words) {
        return lookedUp(job)
                .orElseGet(() -> new Result.Failed(Result.words(OutboundProblem.COMMAND_NUMBER_MISSING.because(
                        words.text().isEmpty()
                                ? "external ID " + job.item().id()
                                : "%s %s; external ID %s"
                                        .formatted(
                                                words.code(),
                                                words.text(),
                                                job.item().id())))));
    }

    /** Whether the first part of the key is there; the others may be initial, as the suboperation is. */
    private static boolean numbered(Way way, Entity entity) {
        var first = EntityKey.text(
                entity.row().value(way.integration().mapping().keys().getFirst()));
        return !first.isBlank() && !first.matches("0+");
    }

    private static Result.Posted posted(Way way, Entity entity, SapWords words) {
        @Nullable Document answer = null;
        try {
            answer = way.rows().document(entity.row());
        } catch (Failure unreadable) {
            // SAP did it; what a field of the answer says comes with the delta.
        }
        return new Result.Posted(new Outcome(way.rows().id(entity.row()), answer, code(words), text(words), null));
    }

    private static Result found(Way way, Entity entity) {
        return new Result.Posted(posted(way, entity, SapWords.NONE).outcome(), true);
    }

    private static @Nullable String code(SapWords words) {
        return words.code().isEmpty() ? null : words.code();
    }

    private static @Nullable String text(SapWords words) {
        return words.text().isEmpty() ? null : words.text();
    }

    /** Asks SAP for nothing but an answer. */
    void probe() {
        ways.any().ifPresent(SapSession.Service::ping);
    }
}
