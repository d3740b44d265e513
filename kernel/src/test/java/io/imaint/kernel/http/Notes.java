package io.imaint.kernel.http;

import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A service whose documents are written in every way that HTTP has, for the tests of writing. */
@NullMarked
final class Notes implements Routed {
    static final long SIZE_MAX = 3 << 20;

    private static final Permission READ = Plant.READ;
    private static final String ALL = "/api/notes";
    private static final String ONE = ALL + "/{id}";
    private static final Duration KEPT = Duration.ofHours(1);

    /** A note as a client sends it. */
    record NoteInput(
            @Length(min = 1, max = 40) String title,
            @Nullable @Length(max = 1000) String text,
            @Default("MEDIUM") Plant.Importance importance,
            @Nullable @Range(min = 0, max = 24) BigDecimal hours,
            Optional<LocalDate> dueOn,
            @Nullable LocalTime at,
            @Nullable Instant changedAt,
            @Nullable Duration every,
            @Nullable EquipmentNumber equipment,

            @Size(max = 3) @Pattern(regexp = "[A-Z]{1,4}", description = "a code of 1 to 4 capital letters")
            List<String> codes,

            Map<String, Long> counts,
            @Default("false") boolean urgent,
            @Nullable Place place) {}

    /** Where it was written. */
    record Place(PlantCode plant, @Nullable String room) {}

    /** A note as it is kept. */
    record Note(String id, NoteInput content, LocalTime at) {}

    record Insertion(@Body NoteInput note, @NewId String id) {}

    record Key(@Path String id) {}

    record Replacement(
            @Path String id, @Body NoteInput note, @IfMatch long rev) {}

    record Change(
            @Path String id,
            @Body MergePatch<NoteInput> patch,
            @IfMatch long rev) {}

    record Removal(@Path String id, @IfMatch long rev) {}

    record Marking(
            @Path String id,
            @IfMatch @Nullable Long rev,
            @Header("X-Mark") Optional<String> mark) {}

    record Upload(
            @Path String id,

            @Body(
                    sizeMax = SIZE_MAX,
                    mediaTypes = {"image/png", "application/octet-stream"})
            InputStream file,

            @Header("Content-Type") String mediaType) {}

    record Uploaded(String mediaType, long bytes) {}

    final Map<String, Versioned<Note>> notes = new ConcurrentHashMap<>();
    final AtomicInteger listed = new AtomicInteger();
    final Map<String, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(ALL, "Writes a note")
                        .permits(READ)
                        .idempotent(KEPT)
                        .creates(Note.class)
                        .handles(Insertion.class, this::insert),
                Route.get(ALL, "Lists notes")
                        .permits(READ)
                        .revalidatesListing(Note.class)
                        .handles(this::list),
                Route.get(ONE, "Shows a note")
                        .permits(READ)
                        .answersVersioned(Note.class)
                        .handles(Key.class, key -> note(key.id())),
                Route.put(ONE, "Replaces a note")
                        .permits(READ)
                        .answersVersioned(Note.class)
                        .handles(Replacement.class, asked -> replace(asked.id(), asked.rev(), asked.note())),
                Route.patch(ONE, "Changes a note")
                        .permits(READ)
                        .answersVersioned(Note.class)
                        .handles(Change.class, asked -> {
                            var current = note(asked.id()).value().content();
                            return replace(
                                    asked.id(), asked.rev(), asked.patch().apply(current));
                        }),
                Route.delete(ONE, "Removes a note")
                        .permits(READ)
                        .answersNothing()
                        .handles(Removal.class, this::remove),
                Route.post(ONE + "/mark", "Marks a note, whatever its version unless one is named")
                        .permits(READ)
                        .answers(Plant.Hello.class)
                        .handles(
                                Marking.class,
                                asked -> new Plant.Hello(
                                        asked.rev() + " " + asked.mark().orElse("none"))),
                Route.put(ONE + "/file", "Keeps a file")
                        .permits(READ)
                        .answers(Uploaded.class)
                        .handles(Upload.class, this::keep),
                Route.get(ONE + "/file", "Sends a file")
                        .permits(READ)
                        .downloads()
                        .handles(Key.class, this::file));
    }

    private Created<Note> insert(Insertion asked) {
        // An earlier attempt with the same idempotency key has made the same id.
        var made = notes.computeIfAbsent(asked.id(), id -> new Versioned<>(noted(id, asked.note()), 1));
        if (asked.note().title().equals("fail")) {
            throw new IllegalStateException("after the write");
        }
        return new Created<>(ALL + "/" + asked.id(), made);
    }

    private Revalidated<Listing<Note>> list() {
        return new Revalidated<>(Integer.toString(notes.size()), () -> {
            listed.incrementAndGet();
            return new Listing<>(notes.values().stream().map(Versioned::value).toList(), null, null);
        });
    }

    private static Note noted(String id, NoteInput content) {
        return new Note(id, content, LocalTime.of(7, 0));
    }

    private Versioned<Note> note(String id) {
        return Optional.ofNullable(notes.get(id)).orElseThrow(() -> Plant.PlantProblem.ORDER_UNKNOWN.because(id));
    }

    private synchronized Versioned<Note> replace(String id, long rev, NoteInput content) {
        requireRevision(note(id), rev);
        var replaced = new Versioned<>(noted(id, content), rev + 1);
        notes.put(id, replaced);
        return replaced;
    }

    private synchronized NoContent remove(Removal asked) {
        requireRevision(note(asked.id()), asked.rev());
        notes.remove(asked.id());
        return NoContent.NO_CONTENT;
    }

    private static void requireRevision(Versioned<Note> current, long rev) {
        if (!current.version().equals(Long.toString(rev))) {
            throw changed(current);
        }
    }

    private static Failure changed(Versioned<Note> current) {
        return HttpProblem.PRECONDITION_FAILED.because(current.value().id()).showing(current);
    }

    private Uploaded keep(Upload asked) {
        try {
            var bytes = asked.file().readAllBytes();
            files.put(asked.id(), bytes);
            return new Uploaded(asked.mediaType(), bytes.length);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Download file(Key key) {
        var bytes = Optional.ofNullable(files.get(key.id()))
                .orElseThrow(() -> Plant.PlantProblem.ORDER_UNKNOWN.because(key.id()));
        return new Download("Prüfbericht 1.txt", "text/plain", bytes.length, "v" + bytes.length, offset -> {
            var in = new ByteArrayInputStream(bytes);
            in.skipNBytes(offset);
            return in;
        });
    }
}
