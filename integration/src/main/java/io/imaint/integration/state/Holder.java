package io.imaint.integration.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lease: a runner in a process on a machine.
 *
 * <p>A lease outlives a process that was killed. On the same machine nobody needs to wait for its end: the process can
 * be looked up, and one that is gone holds nothing.
 *
 * @param machine the host's name and the space in which its process numbers count, which containers do not share
 * @param startMs when the process started, because numbers are used again
 * @param runner distinguishes the runners of one process
 */
public record Holder(String machine, long pid, long startMs, String runner) {
    /** The start of a process is worked out from the clock, which may be set meanwhile. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    /** This process, with a first runner. */
    public static Holder here() {
        var process = ProcessHandle.current();
        return new Holder(
                machineName(), process.pid(), start(process), UUID.randomUUID().toString());
    }

    /** Another runner of the same process: a lease does not keep its own holder out. */
    public Holder anotherRunner() {
        return new Holder(machine, pid, startMs, UUID.randomUUID().toString());
    }

    /** As in {@code host/4711/1760000000000/6f1d…}. */
    public String text() {
        return "%s/%d/%d/%s".formatted(machine, pid, startMs, runner);
    }

    /** Whether a holder was a process of this machine that has ended. */
    public boolean surelyEnded(String holder) {
        return parsed(holder)
                .filter(other -> other.machine.equals(machine))
                .filter(other -> ProcessHandle.of(other.pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> other.startedLike(start(process)))
                        .isEmpty())
                .isPresent();
    }

    private boolean startedLike(long otherStartMs) {
        return startMs == 0 || otherStartMs == 0 || Math.abs(startMs - otherStartMs) <= START_TOLERANCE.toMillis();
    }

    private static Optional<Holder> parsed(String text) {
        var parts = text.split("/", -1);
        try {
            return parts.length == 4
                    ? Optional.of(new Holder(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]))
                    : Optional.empty();
        } catch (NumberFormatException ignored) {
            return Optional.empty();
        }
    }

    private static long start(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String machineName() {
        return (hostName() + processSpace()).replace('/', '-');
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException ignored) {
            return "localhost";
        }
    }

    private static String processSpace() {
        try {
            return "+" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException ignored) {
            return ""; // Only Linux has such spaces.
        }
    }
}
