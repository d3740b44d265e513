package io.imaint.integration.definition;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType.Codec;
import io.imaint.store.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An integration as a document: flat, but for the mapping's lines, the partition and the schedule. A field that begins
 * with an underscore belongs to migrations; an integration neither reads nor loses it.
 */
final class IntegrationCodec {
    static final Codec<Integration> CODEC = new Codec<>() {
        @Override
        public Document write(Integration integration) {
            return IntegrationCodec.write(integration);
        }

        @Override
        public Integration read(Document document) {
            var fields = new Document();
            document.forEach((name, value) -> {
                if (!isNote(name)) {
                    fields.putKept(name, value);
                }
            });
            return IntegrationCodec.read(fields);
        }

        @Override
        public boolean merges() {
            return true;
        }

        @Override
        public Document merged(Document stored, Document written) {
            stored.forEach((name, value) -> {
                if (isNote(name)) {
                    written.putKept(name, value);
                }
            });
            return written;
        }
    };

    private IntegrationCodec() {}

    private static boolean isNote(String field) {
        return field.startsWith("_");
    }

    static Document write(Integration integration) {
        var mapping = integration.mapping();
        var reading = integration.reading();
        return new Document()
                .put("name", integration.name())
                .put("service", integration.service())
                .put("entitySet", mapping.entitySet())
                .put("collection", mapping.collection())
                .put("keys", mapping.keys())
                .put("pageSize", reading.pageSize())
                .put("filter", reading.filter())
                .put("partition", partition(reading.partitioning()))
                .put("delta", reading.delta().word())
                .put("changeStamp", reading.changeStamp())
                .put("schedule", schedule(integration.schedule()))
                .put("dependsOn", integration.dependsOn())
                .put("status", integration.status().decided().number())
                .put("skip", mapping.skip())
                .put("fields", lines(mapping));
    }

    private static @Nullable Document partition(Reading.@Nullable Partitioning partitioning) {
        return partitioning == null
                ? null
                : new Document().put("property", partitioning.property()).put("rows", partitioning.rows());
    }

    private static Document schedule(Schedule schedule) {
        return new Document()
                .put("every", schedule.every() == null ? null : schedule.every().toString())
                .put("cron", schedule.cron())
                .put("jitter", schedule.jitter().toString())
                .put("misfire", schedule.misfire().toString())
                .put("paused", schedule.paused());
    }

    private static List<Document> lines(Mapping mapping) {
        return Stream.concat(
                        mapping.fields().stream().map(IntegrationCodec::field),
                        mapping.constants().stream()
                                .map(constant -> new Document()
                                        .put("constant", constant.value())
                                        .put("to", constant.to())))
                .toList();
    }

    private static Document field(Mapping.Field field) {
        var document = new Document().put("from", field.from()).put("to", field.to());
        var lookup = field.lookup();
        if (lookup != null) {
            document.put("lookup", lookup.table());
            if (lookup.otherwise() != null) {
                document.put("otherwise", lookup.otherwise());
            }
        } else if (field.convert() != Conversion.TEXT) {
            document.put("convert", field.convert().word());
        }
        if (field.optional()) {
            document.put("optional", true);
        }
        if (!field.precedence().isEmpty()) {
            document.put("precedence", field.precedence());
        }
        return document;
    }

    /** The integration of a document; fails with everything that is wrong with it. */
    static Integration read(Document document) {
        var given = document.get("name") instanceof String text ? text : "without a name";
        var in = new StrictDocument(document, "Integrations '" + given + "'");
        var name = in.tried("name", () -> in.text("name"));
        var service = in.tried("service", () -> in.optionalText("service"));
        var mapping = mapping(in);
        var reading = in.tried("", () -> reading(in));
        var schedule = in.tried(
                "schedule",
                () -> in.document("schedule").map(IntegrationCodec::schedule).orElse(Schedule.NONE));
        var dependsOn = in.tried("dependsOn", () -> in.texts("dependsOn"));
        var status = in.tried("status", () -> status(in));
        in.tried("", () -> {
            in.end();
            return in;
        });
        in.verify();
        try {
            return new Integration(
                    name.orElseThrow(),
                    service.orElseThrow().orElse(null),
                    mapping.orElseThrow(),
                    reading.orElseThrow(),
                    schedule.orElseThrow(),
                    dependsOn.orElseThrow(),
                    status.orElseThrow());
        } catch (Failure refused) { // Its own checks do not know whose values they are.
            throw in.invalid(refused.detail());
        }
    }

    private static Optional<Mapping> mapping(StrictDocument in) {
        var constants = new ArrayList<Mapping.Constant>();
        var fields = in.tried("fields", () -> fields(in, constants));
        var entitySet = in.tried("entitySet", () -> in.text("entitySet"));
        var collection = in.tried("collection", () -> in.text("collection"));
        var keys = in.tried("keys", () -> in.texts("keys"));
        var skip = in.tried("skip", () -> in.texts("skip"));
        return in.sound()
                ? in.tried(
                        "",
                        () -> new Mapping(
                                entitySet.orElseThrow(),
                                collection.orElseThrow(),
                                keys.orElseThrow(),
                                fields.orElseThrow(),
                                constants,
                                skip.orElseThrow()))
                : Optional.empty();
    }

    private static List<Mapping.Field> fields(StrictDocument in, List<Mapping.Constant> constants) {
        var fields = new ArrayList<Mapping.Field>();
        in.documents("fields", line -> {
            var constant = line.optionalValue("constant");
            if (constant.isPresent()) {
                constants.add(new Mapping.Constant(constant.get(), line.text("to")));
            } else {
                fields.add(field(line));
            }
            line.end();
            return line;
        });
        return fields;
    }

    private static Mapping.Field field(StrictDocument in) {
        var lookup = in.document("lookup")
                .map(table -> new Mapping.Lookup(
                        table.values(), in.optionalValue("otherwise").orElse(null)));
        var word = in.optionalText("convert");
        var convert = word.isEmpty() && lookup.isPresent()
                ? Conversion.LOOKUP
                : Conversion.of(word.orElse(Conversion.TEXT.word()))
                        .orElseThrow(() -> in.invalid("there is no convert '%s'; use one of %s"
                                .formatted(word.orElseThrow(), Conversion.words())));
        return new Mapping.Field(
                in.text("from"),
                in.text("to"),
                convert,
                in.flag("optional"),
                in.texts("precedence"),
                lookup.orElse(null));
    }

    private static Reading reading(StrictDocument in) {
        var word = in.optionalText("delta").orElse(Reading.DeltaMode.FULL.word());
        return new Reading(
                in.optionalInteger("pageSize").map(IntegrationCodec::whole).orElse(null),
                in.optionalText("filter").orElse(null),
                in.document("partition").map(IntegrationCodec::partition).orElse(null),
                Reading.DeltaMode.of(word).orElseThrow(() -> in.invalid("there is no delta '" + word + "'")),
                in.optionalText("changeStamp").orElse(null));
    }

    private static Reading.Partitioning partition(StrictDocument in) {
        var partitioning = new Reading.Partitioning(in.text("property"), whole(in.integer("rows")));
        in.end();
        return partitioning;
    }

    private static Schedule schedule(StrictDocument in) {
        var word = in.optionalText("misfire").orElse(Schedule.Misfire.ONCE.toString());
        var schedule = new Schedule(
                in.duration("every").orElse(null),
                in.optionalText("cron").orElse(null),
                in.duration("jitter").orElse(Duration.ZERO),
                Schedule.Misfire.of(word).orElseThrow(() -> in.invalid("there is no misfire '" + word + "'")),
                in.flag("paused"));
        in.end();
        return schedule;
    }

    /** A number that no record accepts when it does not fit. */
    private static int whole(long number) {
        return Math.clamp(number, 0, Integer.MAX_VALUE);
    }

    private static Status status(StrictDocument in) {
        long number = in.optionalInteger("status").orElse((long) Status.ACTIVE.number());
        return Status.of(number)
                .map(Status::decided) // What it is doing is never read from here; who sends it back means active.
                .orElseThrow(() -> in.invalid("'status' must be 0, 1, 3 or 4, not " + number));
    }
}
