package io.imaint.gateway.policy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long one run of a script may take, and how much it may allocate. Used by the thread that runs it.
 *
 * <p>The process ends at its first {@link OutOfMemoryError}. So a quarter of the heap is what all scripts together may have allocated, and what
 * each may make between two looks at that, with all threads at it, is less than the half.
 */
final class ScriptLimits {
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** What a script may allocate in all. */
    private static final long ALLOCATED_MAX = Math.clamp(HEAP / 16, 16L << 20, 256L << 20);

    /** The longest text, in characters; bodies have at most 10 MB. It takes a few bytes for each while it is made. */
    static final int TEXT_MAX =
            Math.toIntExact(Math.clamp(HEAP / (16L * ScriptThreads.THREADS_MAX), 256L << 10, 16L << 20));

    /** The longest array that a built-in function goes through; some hundred bytes for each element. */
    static final int ARRAY_MAX = Math.toIntExact(Math.clamp(HEAP / 1_600, 50_000, 1_000_000));

    /** The longest source of a script's own, in characters: the parser makes some hundred bytes of each. */
    static final int SOURCE_MAX = Math.toIntExact(Math.clamp(HEAP / 8_192, 16L << 10, 512L << 10));

    /** The longest script of a bundle, in characters, which is read alone: as documented, but less where the heap is small. */
    static final int SCRIPT_MAX = Math.toIntExact(Math.min(15L << 20, HEAP / 512));

    /** What becomes of one bracket, brace, comma or colon of JSON, or of one tag, in bytes. */
    private static final int PART = 128;

    /** What all runs have allocated is taken from here, in steps. */
    private static final AtomicLong LEFT = new AtomicLong(HEAP / 4);

    private static final long STEP = 1L << 20;

    /** How long a run that is late may take to stop, before nobody waits for it any more: a second. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    private final AtomicLong deadline;
    private volatile boolean abandoned;
    private long granted;

    /** Limits from now on. */
    ScriptLimits(long millis) {
        deadline = new AtomicLong(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Stops the script when it has exceeded a limit. */
    void check() {
        if (abandoned || System.nanoTime() - deadline.get() > 0) {
            throw new ScriptStopped(ScriptStopped.Limit.TIME);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        if (allocated > granted) {
            grant(allocated);
        }
    }

    private void grant(long allocated) {
        long more = allocated - granted + STEP;
        if (allocated > ALLOCATED_MAX || LEFT.addAndGet(-more) < 0) {
            if (allocated <= ALLOCATED_MAX) {
                LEFT.addAndGet(more);
            }
            throw new ScriptStopped(ScriptStopped.Limit.MEMORY);
        }
        granted += more;
    }

    /** The run is over: what it has allocated can be collected. */
    void end() {
        LEFT.addAndGet(granted);
        granted = 0;
    }

    /** Checks what would be made of XML: tags and attributes. */
    static void xml(String text) {
        text(text.length());
        parts(text.chars().filter(c -> c == '<' || c == '=').count());
    }

    /** Checks what would be made of JSON: arrays, objects and their members, but not what stands in texts. */
    static void json(String text) {
        text(text.length());
        long count = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                at++;
            } else if (!quoted && (c == '[' || c == '{' || c == ',' || c == ':')) {
                count++;
            }
        }
        parts(count);
    }

    private static void parts(long count) {
        if (count * PART > ALLOCATED_MAX) {
            throw new ScriptStopped(ScriptStopped.Limit.MEMORY);
        }
    }

    /** Checks the length of a source that is about to be read. */
    static void source(long length) {
        if (length > SOURCE_MAX) {
            throw new ScriptStopped(ScriptStopped.Limit.MEMORY);
        }
    }

    /** Checks the length of a text that is about to be made. */
    static void text(long length) {
        if (length > TEXT_MAX) {
            throw new ScriptStopped(ScriptStopped.Limit.MEMORY);
        }
    }

    static void array(double length) {
        if (length > ARRAY_MAX) {
            throw new ScriptStopped(ScriptStopped.Limit.MEMORY);
        }
    }

    /** Time in which the script only waited does not count. */
    void waited(long nanos) {
        deadline.addAndGet(nanos);
    }

    /** Before a wait, until which the run is not late. */
    void mayWait(long nanos) {
        deadline.addAndGet(nanos);
    }

    /** Whether nobody should wait for the run any more. */
    boolean isLost() {
        return System.nanoTime() - deadline.get() > GRACE;
    }

    /** Nobody waits for the run: nothing that it does may have an effect. */
    void abandon() {
        abandoned = true;
    }
}
