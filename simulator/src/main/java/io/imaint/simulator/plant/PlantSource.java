package io.imaint.simulator.plant;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the plant behind the service: a user's own extract if there is one, else an invented company. */
public final class PlantSource {
    /** Enough for the largest systems known; numbers stay within SAP's ranges. */
    public static final int ORDERS_MAX = 100_000_000;

    private PlantSource() {}

    /**
     * The data of a plant.
     *
     * @param seed the same seed and size make the same company; not used for an extract
     * @param orders how large the invented company is, 1 to {@link #ORDERS_MAX}; not used for an extract
     * @param extract a folder of SE16N exports
     * @throws io.imaint.kernel.problem.Failure a {@link PlantProblem}
     */
    public static PlantData open(long seed, int orders, Optional<Path> extract) {
        return open(seed, orders, extract, Optional.empty());
    }

    /**
     * The data of a plant, with an extract in a given encoding.
     *
     * @param encoding of the files without a byte order mark; empty to detect that of each
     */
    public static PlantData open(long seed, int orders, Optional<Path> extract, Optional<Charset> encoding) {
        if (extract.isPresent()) {
            return new Extract(extract.get(), encoding);
        }
        if (orders < 1 || orders > ORDERS_MAX) {
            throw PlantProblem.PLANT_SIZE_INVALID.because(
                    orders + " orders, where 1 to " + ORDERS_MAX + " are possible");
        }
        return new Generator(seed, orders);
    }
}
