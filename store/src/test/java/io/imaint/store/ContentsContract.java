package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.store.Contents.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Binary content on every engine. */
interface ContentsContract {
    int LARGE = 2 * Contents.CHUNK_BYTES + 1_000;

    Store store();

    void pass(Duration time);

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private Content put(byte[] bytes) throws IOException {
        return store().contents().put(new ByteArrayInputStream(bytes), "image/png", bytes.length);
    }

    private byte[] read(Content content, long from, long length) throws IOException {
        try (var stream = store().contents().open(content.id(), from, length).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    private Chunks chunks() {
        return ((StoreView.Engine) store()).chunks();
    }

    private Sweeper sweeper() {
        return ((StoreView.Engine) store()).sweeper();
    }

    @Test
    default void keepsContentsOfEverySize() throws Exception {
        for (int size : new int[] {0, 1, Contents.CHUNK_BYTES, Contents.CHUNK_BYTES + 1, LARGE}) {
            var bytes = bytes(size);
            var content = put(bytes);
            assertThat(content.size()).isEqualTo(size);
            assertThat(content.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
            assertThat(store().contents().find(content.id())).contains(content);
            assertThat(read(content, 0, Long.MAX_VALUE)).isEqualTo(bytes);
        }
    }

    @Test
    default void givesEveryPartOfAContent() throws Exception {
        var bytes = bytes(LARGE);
        var content = put(bytes);
        int edge = Contents.CHUNK_BYTES;
        for (int[] part :
                new int[][] {{0, 1}, {5, 0}, {edge - 1, 2}, {edge, edge}, {10, LARGE}, {LARGE - 1, 9}, {LARGE, 1}}) {
            var expected = Arrays.copyOfRange(bytes, part[0], Math.min(LARGE, part[0] + part[1]));
            assertThat(read(content, part[0], part[1])).isEqualTo(expected);
        }
        assertThat(read(content, LARGE + 5, 1)).isEmpty();
        assertThat(store().contents().open("nothing", 0, 1)).isEmpty();
    }

    @Test
    default void keepsNothingOfAContentThatIsTooLarge() throws Exception {
        var contents = store().contents();
        var bytes = bytes(LARGE);
        assertProblem(
                StoreProblem.CONTENT_TOO_LARGE,
                () -> contents.put(new ByteArrayInputStream(bytes), "image/png", LARGE - 1));
        assertThat(store().documents(Contents.TYPE).count(Condition.ALL)).isZero();
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // The reader asks byte by byte on purpose.
    default void keepsNothingOfAStreamThatFails() {
        var failing = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ > Contents.CHUNK_BYTES) {
                    throw new IOException("cut");
                }
                return 7;
            }
        };
        assertThatThrownBy(() -> store().contents().put(failing, "image/png", LARGE))
                .hasMessage("cut");
        assertThat(store().documents(Contents.TYPE).count(Condition.ALL)).isZero();
    }

    /** What a process leaves that was killed while it wrote. */
    private void crash(String id) {
        var begun = new Contents.Entry(
                id, "image/png", 0, "", ((StoreView.Engine) store()).clock().instant());
        store().documents(Contents.TYPE).insert(begun);
        chunks().write(id, 0, new Chunks.Chunk(new byte[32], new byte[10]));
    }

    @Test
    default void hidesAndSweepsWhatACrashLeft() throws Exception {
        var whole = put(bytes(10));
        crash("half");
        assertThat(store().contents().find("half")).isEmpty();
        assertThat(store().contents().open("half")).isEmpty();
        assertThat(store().contents().remove("half")).isFalse();
        pass(Contents.UPLOAD_MAX.minusSeconds(1));
        assertThat(sweeper().sweep()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(sweeper().sweep()).isEqualTo(1);
        assertThat(chunks().read("half", 0)).isEmpty();
        assertThat(read(whole, 0, Long.MAX_VALUE)).isEqualTo(bytes(10));
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // The sweep comes between two bytes.
    default void refusesToFinishAnUploadThatWasSwept() {
        var slow = new InputStream() {
            private int given;

            @Override
            public int read() {
                if (given++ == 0) {
                    return 7;
                }
                pass(Contents.UPLOAD_MAX);
                sweeper().sweep();
                return -1;
            }
        };
        assertProblem(StoreProblem.STORE_BUSY, () -> store().contents().put(slow, "image/png", LARGE));
        assertThat(store().documents(Contents.TYPE).count(Condition.ALL)).isZero();
    }

    @Test
    default void removesContents() throws Exception {
        var content = put(bytes(LARGE));
        assertThat(store().contents().remove(content.id())).isTrue();
        assertThat(store().contents().remove(content.id())).isFalse();
        assertThat(store().contents().open(content.id())).isEmpty();
        assertThat(chunks().read(content.id(), 0)).isEmpty();
        assertThat(sweeper().sweep()).isZero();
    }

    @Test
    default void noticesDamage() throws Exception {
        var bytes = bytes(LARGE);
        var content = put(bytes);
        var second = chunks().read(content.id(), 1).orElseThrow();
        var damaged = second.bytes().clone();
        damaged[100] ^= 1;
        chunks().write(content.id(), 1, new Chunks.Chunk(second.hash(), damaged));
        assertProblem(StoreProblem.STORE_CORRUPT, () -> read(content, 0, Long.MAX_VALUE));
        assertProblem(StoreProblem.STORE_CORRUPT, () -> read(content, Contents.CHUNK_BYTES, 1));
        assertThat(read(content, 0, 10)).isEqualTo(Arrays.copyOf(bytes, 10));
        var other = MessageDigest.getInstance("SHA-256").digest(damaged);
        chunks().write(content.id(), 1, new Chunks.Chunk(other, damaged));
        assertProblem(StoreProblem.STORE_CORRUPT, () -> read(content, 0, Long.MAX_VALUE));
        chunks().remove(content.id());
        assertProblem(StoreProblem.STORE_CORRUPT, () -> read(content, 0, 1));
    }
}
