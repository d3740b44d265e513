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
 * @param park where the dump of the old data goes; until then it lies beside, under the name of what is unfinished. Null
 *     for none
 * @param fill the dump whose data comes; null for none
 * @param system for a switch the one switched to, else whose data the store holds in the end; null for nobody's
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

    static Plan reset(List<String> keep, @Nullable String loaded) {
        return new Plan(Kind.RESET, Phase.REMOVE, keep, null, null, keep.isEmpty() ? null : loaded);
    }

    static Plan restore(Path dump, @Nullable String loaded) {
        return new Plan(Kind.RESTORE, Phase.REMOVE, List.of(), null, dump, loaded);
    }

    /** @param park null when nothing is loaded */
    static Plan change(@Nullable Path park, @Nullable Path fill, String system) {
        return new Plan(Kind.SWITCH, Phase.PARK, List.of(), park, fill, system);
    }

    Plan at(Phase next) {
        return new Plan(kind, next, keep, park, fill, system);
    }

    /** Whose data the store holds in the end. */
    @Nullable
    String loadedInTheEnd() {
        return kind == Kind.SWITCH && fill == null ? null : system;
    }

    /** The steps that are left. */
    List<Phase> left() {
        return Arrays.stream(Phase.values())
                .filter(one -> one.compareTo(phase) >= 0)
                .toList();
    }

    /** For people. */
    String what() {
        return switch (kind) {
            case RESET -> "a reset";
            case RESTORE -> "a restore of " + fill;
            case SWITCH -> "a switch to " + system;
        };
    }

    /** What finishes it. */
    String command() {
        return switch (kind) {
            case RESET -> "imaint reset --yes" + (keep.isEmpty() ? "" : " --keep " + String.join(",", keep));
            case RESTORE -> "imaint restore " + fill;
            case SWITCH -> "imaint integrations switch --system '" + system + "'";
        };
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
}
