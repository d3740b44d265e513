package io.imaint.simulator.basis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The transport directory: three areas of files, in a folder or in memory. Names are checked by the caller. */
interface TransDirectory {
    /** More than a vendor has sent in ten years. */
    int FILES_MAX = 10_000;

    /** A part of the directory. */
    enum Area {
        COFILES,
        DATA,
        LOG;

        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In alphabetical order. */
    List<String> names(Area area);

    /**
     * A file's content; empty when there is no such file.
     *
     * @throws io.imaint.kernel.problem.Failure with {@link BasisProblem#TRANSPORT_UNUSABLE} for a longer or unreadable one
     */
    Optional<byte[]> read(Area area, String name, int bytesMax);

    void write(Area area, String name, byte[] content);

    void delete(Area area, String name);
}
