package io.imaint.gateway.policy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which scripts run: platform threads, whose allocation can be measured, and whose stack has a limit. All proxies
 * share them, so that scripts never take more than their share of the machine; and no proxy gets more than a part of them, so that those of
 * others run whatever its scripts wait for.
 */
final class ScriptThreads {
    /** Scripts at once. Some may wait for HTTP, so more than processors. */
    static final int THREADS_MAX = Math.clamp(Runtime.getRuntime().availableProcessors() * 4L, 8, 64);

    /** Scripts of one proxy at once: two proxies that wait leave some to the others. */
    static final int THREADS_OF_PROXY_MAX = THREADS_MAX * 3 / 8;

    /** How long a script may wait for a thread; clients wait as long. */
    static final Duration QUEUE_TIME_MAX = Duration.ofSeconds(2);

    /** Enough for some thousand nested calls of built-in functions; a deeper recursion ends in a fault. */
    private static final long STACK = 1 << 20;

    /** How often the waiting thread looks whether the script is lost, in milliseconds. */
    private static final long LOOK = 100;

    /** Requests that wait for a thread; more are refused, because they would wait too long. */
    private static final int WAITING_MAX = 1_000;

    private static final ThreadPoolExecutor POOL = pool();

    /** What limits the scripts of a proxy, by its name; kept while the process runs, as many as there are names of proxies. */
    private static final Map<String, Semaphore> PERMITS = new ConcurrentHashMap<>();

    private ScriptThreads() {}

    private static ThreadPoolExecutor pool() {
        var pool = new ThreadPoolExecutor(
                THREADS_MAX, THREADS_MAX, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), work -> {
                    var thread = new Thread(null, work, "script", STACK);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** A run that sets its limits when it begins. */
    abstract static class Run<T> implements Callable<T> {
        private @Nullable ScriptLimits limits;
        private boolean abandoned;

        /** The limits from now on, of a run that takes so long at most. */
        final synchronized ScriptLimits begin(long millis) {
            var begun = new ScriptLimits(millis);
            if (abandoned) {
                begun.abandon();
            }
            limits = begun;
            return begun;
        }

        /** Whether it is so late that it will not stop by itself. */
        final synchronized boolean isLost() {
            return limits != null && limits.isLost();
        }

        /** Nobody waits for it, whether it has begun or just begins. */
        final synchronized void abandon() {
            abandoned = true;
            if (limits != null) {
                limits.abandon();
            }
        }
    }

    /**
     * Runs a script and waits for its end.
     *
     * @param queueTime how long it may wait until it begins
     * @throws ScriptStopped when it does not end, or no thread is free in time
     */
    static <T> T run(String proxy, Run<T> run, Duration queueTime) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + queueTime.toNanos();
        var permits = PERMITS.computeIfAbsent(proxy, name -> new Semaphore(THREADS_OF_PROXY_MAX, true));
        if (!permits.tryAcquire(queueTime.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ScriptStopped(ScriptStopped.Limit.QUEUE);
        }
        var begun = new AtomicBoolean();
        var task = new FutureTask<T>(() -> {
            if (!begun.compareAndSet(false, true)) {
                throw new ScriptStopped(ScriptStopped.Limit.QUEUE); // Nobody waits any more.
            }
            try {
                return run.call();
            } finally {
                permits.release(); // Not before: a script that is lost needs its thread as long as it runs.
            }
        });
        try {
            POOL.execute(task);
            while (true) {
                try {
                    return task.get(LOOK, TimeUnit.MILLISECONDS);
                } catch (TimeoutException still) {
                    if (run.isLost()) {
                        run.abandon();
                        throw new ScriptStopped(ScriptStopped.Limit.TIME);
                    }
                    if (System.nanoTime() - end > 0 && withdraw(begun, permits)) {
                        throw new ScriptStopped(ScriptStopped.Limit.QUEUE);
                    }
                }
            }
        } catch (InterruptedException stopped) {
            if (!withdraw(begun, permits)) {
                run.abandon();
            }
            throw stopped;
        } catch (RejectedExecutionException full) {
            permits.release();
            throw new ScriptStopped(ScriptStopped.Limit.QUEUE);
        }
    }

    /** A run that has not begun will not; false for one that has. */
    private static boolean withdraw(AtomicBoolean begun, Semaphore permits) {
        boolean won = begun.compareAndSet(false, true);
        if (won) {
            permits.release();
        }
        return won;
    }
}
