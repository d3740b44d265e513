package io.imaint.services.masterconfiguration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.MeasuringPointNumber;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The measuring points of objects and what was read at them. */
final class MeasuringPoints implements Routed {
    static final Permission READ = new Permission("measurements.read");

    /** Some ten years of a reading every hour; reading them takes a second or two, and some 20 MB. */
    private static final int READINGS_MAX = 100_000;

    private static final List<Query.Sort> NEWEST =
            List.of(new Query.Sort("readingDate", true), new Query.Sort("readingTime", true));

    private final ReplicaView seen;

    MeasuringPoints(ReplicaView seen) {
        this.seen = seen;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/measuring-points", "Lists measuring points with their last readings")
                        .permits(READ)
                        .answersListing(ReadPoint.class)
                        .handles(Filter.class, this::list),
                Route.get("/api/measuring-points/{measuringPoint}", "Shows a measuring point with its last reading")
                        .permits(READ)
                        .answers(ReadPoint.class)
                        .handles(Key.class, this::point),
                Route.get(
                                "/api/measuring-points/{measuringPoint}/readings",
                                "Shows what was read at a measuring point, from the oldest to the newest")
                        .permits(READ)
                        .answers(Readings.class)
                        .handles(ReadingsRequest.class, this::readings));
    }

    record Filter(
            @Description("Maintenance plant of the object") @Nullable
            String plant,

            @Description("Equipment number, with or without leading zeros") @Nullable
            EquipmentNumber equipment,

            @Description("Functional location; a * at the end matches a prefix, ** the location and all below it")
            @Nullable
            String functionalLocation,

            @Description("Words or prefixes of words in number, description and position") @Nullable
            String text,

            @Description("At most 200, since each point's last reading is looked up")
            @Default("50")
            @Range(min = 1, max = 200)
            int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Query query() {
            var asked = new Narrowing()
                    .equal("plant", plant)
                    .equal("equipment", equipment)
                    .matching("functionalLocation", functionalLocation)
                    .text(text);
            return Query.where(asked.condition()).limit(limit).after(after);
        }
    }

    record Key(@Path MeasuringPointNumber measuringPoint) {}

    record ReadingsRequest(
            @Path MeasuringPointNumber measuringPoint,

            @Description("Read on this day or later") @Nullable
            LocalDate from,

            @Description("Read on this day or earlier") @Nullable
            LocalDate to,

            @Description("How many readings a chart can show; of more, each span keeps its least and its greatest")
            @Default("500")
            @Range(min = 4, max = 10_000)
            int points) {}

    /** A measuring point with what was read last. */
    record ReadPoint(
            @JsonUnwrapped Projected<MeasuringPoint> point,

            @Description("Null while nothing was read; cancelled readings do not count") @Nullable
            Projected<MeasurementDocument> lastReading) {}

    /** What was read at a measuring point. */
    record Readings(
            @Description("12 digits") String measuringPoint,

            @Description("How many readings there are in this time, without cancelled ones")
            long count,

            @Description("Whether readings were left out, because there are more than points")
            boolean reduced,

            @Description("Whether the oldest were left out, because there are more than 100,000; ask for less time")
            boolean truncated,

            @Description("From the oldest to the newest") List<MeasurementDocument> readings) {}

    private Listing<ReadPoint> list(Filter filter) {
        var page = seen.page(Replicas.MEASURING_POINTS, MeasuringPoint.class, filter.query());
        return new Listing<>(page.items().stream().map(this::withLast).toList(), page.next(), page.total());
    }

    private ReadPoint point(Key asked) {
        return withLast(existing(asked.measuringPoint()));
    }

    private Projected<MeasuringPoint> existing(MeasuringPointNumber number) {
        return seen.find(Replicas.MEASURING_POINTS, MeasuringPoint.class, number.value())
                .orElseThrow(() -> MasterConfigurationProblem.MEASURING_POINT_NOT_FOUND.because(number.value()));
    }

    private ReadPoint withLast(Projected<MeasuringPoint> point) {
        var number = point.text("measuringPoint").orElseThrow();
        var last = seen.documents(Replicas.MEASUREMENT_DOCUMENTS, MeasurementDocument.class)
                .list(new Query(valid(number, null, null), NEWEST, 1, null))
                .values();
        return new ReadPoint(point, last.isEmpty() ? null : last.getFirst());
    }

    private static Condition valid(String point, @Nullable LocalDate from, @Nullable LocalDate to) {
        return new Narrowing()
                .equal("measuringPoint", point)
                .days("readingDate", from, to)
                .and(new Condition.Not(Condition.equal("cancelled", true)))
                .condition();
    }

    private Readings readings(ReadingsRequest asked) {
        var number = existing(asked.measuringPoint()).text("measuringPoint").orElseThrow();
        var newest = newest(valid(number, asked.from(), asked.to()));
        boolean truncated = newest.size() > READINGS_MAX;
        var oldestFirst = (truncated ? newest.subList(0, READINGS_MAX) : newest).reversed();
        var kept = Extremes.of(oldestFirst, asked.points(), MeasuringPoints::value);
        return new Readings(
                number,
                truncated
                        ? seen.documents(Replicas.MEASUREMENT_DOCUMENTS).count(valid(number, asked.from(), asked.to()))
                        : newest.size(),
                kept.size() < oldestFirst.size(),
                truncated,
                kept);
    }

    private static @Nullable Double value(MeasurementDocument document) {
        var reading = document.reading();
        return reading == null ? null : reading.doubleValue();
    }

    /** The newest readings, one more than are shown where there are so many. */
    private List<MeasurementDocument> newest(Condition where) {
        var documents = seen.documents(Replicas.MEASUREMENT_DOCUMENTS.as(MeasurementDocument.class));
        var found = new ArrayList<MeasurementDocument>();
        @Nullable String after = null;
        do {
            var page = documents.list(new Query(where, NEWEST, Query.LIMIT_MAX, after));
            found.addAll(page.values());
            after = page.next();
        } while (after != null && found.size() <= READINGS_MAX);
        return found;
    }
}
