package io.imaint.integration.archive;

import io.imaint.store.Document;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done with all replicated data, kept in the store from its first step to its last, so that it can be finished
 * after a crash. A reset removes; a restore removes and fills; a switch parks, removes, fills and cleans up.
 *
 * @param phase what is done next
 * @param keep collections that stay as they are
 * @param park where the dump of the old data goes; it lies beside, under a name for what is not finished. Null for none
 * @param fill the dump whose data comes; null for none
 * @param system whose data the store holds in the end; null for nobody's
 */
record Plan(
        Kind kind,
        Phase phase,
        List<String> keep,
        @Nullable Path park,
        @Nullable Path fill,
        @Nullable String system) {
    /** What an operator asked for. */
    enum Kind {
        RESET,
        RESTORE,
        SWITCH
    }

    /** The steps in their order; each may be taken again. */
    enum Phase {
        /** The dump of the old data gets its name. */
        PARK,
        /** States first, then documents, so that nothing claims to be loaded that is not. */
        REMOVE,
        /** Documents first, then states. */
        FILL,
        /** The parked dump of what is loaded now is worth nothing any more. */
        CLEAN
    }

    Plan {
        keep = List.copyOf(keep);
    }

    static Plan reset(List<String> keep, @Nullable String system) {
        return new Plan(Kind.RESET, Phase.REMOVE, keep, null, null, keep.isEmpty() ? null : system);
    }

    static Plan restore(Path dump, @Nullable String system) {
        return new Plan(Kind.RESTORE, Phase.REMOVE, List.of(), null, dump, system);
    }

    static Plan park(Path park, @Nullable Path fill, @Nullable String system) {
        return new Plan(Kind.SWITCH, Phase.PARK, List.of(), park, fill, system);
    }

    /** A switch from an empty store. */
    static Plan fetch(Path fill, @Nullable String system) {
        return new Plan(Kind.SWITCH, Phase.REMOVE, List.of(), null, fill, system);
    }

    Plan at(Phase next) {
        return new Plan(kind, next, keep, park, fill, system);
    }

    /** Whether this one, begun again, is the other one. */
    boolean continues(Plan other) {
        return at(Phase.PARK).equals(other.at(Phase.PARK));
    }

    Document document() {
        return new Document()
                .put("kind", kind)
                .put("phase", phase)
                .put("keep", keep)
                .put("park", park == null ? null : park.toString())
                .put("fill", fill == null ? null : fill.toString())
                .put("system", system);
    }

    static Plan of(Document document) {
        return new Plan(
                Kind.valueOf(document.text("kind").orElseThrow()),
                Phase.valueOf(document.text("phase").orElseThrow()),
                document.texts("keep"),
                document.text("park").map(Path::of).orElse(null),
                document.text("fill").map(Path::of).orElse(null),
                document.text("system").orElse(null));
    }

    /** For people. */
    String what() {
        return switch (kind) {
            case RESET -> "a reset";
            case RESTORE -> "a restore of " + fill;
            case SWITCH -> "a switch to " + (system == null ? "a system of which nothing is loaded" : system);
        };
    }

    /** What finishes it. */
    String command() {
        return switch (kind) {
            case RESET -> "imaint reset --yes" + (keep.isEmpty() ? "" : " --keep " + String.join(",", keep));
            case RESTORE -> "imaint restore " + fill;
            case SWITCH -> "imaint integrations switch";
        };
    }

    List<Phase> left() {
        return Arrays.stream(Phase.values())
                .filter(one -> one.compareTo(phase) >= 0)
                .toList();
    }
}
