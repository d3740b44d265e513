package io.imaint.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.NullMarked;

/** Watches every buffer from its making to its release. Must be installed before the first buffer is made. */
@NullMarked
final class Leaks {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    private Leaks() {}

    static void install() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // The one method that must be there.
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long unused) {
                return new ResourceLeakDetector<>(type, interval) {
                    @Override
                    protected void reportTracedLeak(String resource, String records) {
                        FOUND.add(resource + records);
                    }

                    @Override
                    protected void reportUntracedLeak(String resource) {
                        FOUND.add(resource);
                    }
                };
            }
        });
    }

    /** Collects garbage, makes a few buffers, at which lost ones are found, and fails for each. */
    static void assertNone() {
        System.gc();
        for (int i = 0; i < 10; i++) {
            io.netty.buffer.PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        assertThat(FOUND).isEmpty();
    }
}
