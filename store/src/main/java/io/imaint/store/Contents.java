package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Binary content, such as pictures and documents, in pieces of {@value #CHUNK_BYTES} bytes; never in memory as a whole.
 *
 * <p>Content is visible when all of it is stored: a document that says so is written after the last piece. The same
 * document stands there before the first piece, so that the pieces of a crashed process are found and swept. Removal
 * goes the other way. Equal contents are stored twice: sharing them would need a count of who refers to them, over
 * documents that are not written together, to save what seldom occurs.
 *
 * <p>Each piece carries the SHA-256 of its bytes, which is verified whenever it is read; who reads everything from the
 * beginning gets the whole verified too. Both fail with {@link StoreProblem#STORE_CORRUPT}.
 */
public final class Contents {
    /** Large enough that each piece's way to the disk is well used, small enough for many readers at once. */
    public static final int CHUNK_BYTES = 256 * 1024;

    /** A mobile phone at the edge of its network; a slower one starts again. */
    static final Duration UPLOAD_MAX = Duration.ofHours(6);

    /** Contents that one look finds to sweep. */
    private static final int SWEPT_MAX = 100;

    /** Stored content; {@code sha256} in hexadecimal digits. */
    public record Content(String id, String mediaType, long size, String sha256) {}

    /**
     * What is known of a content.
     *
     * @param unfinished since when it is being written, null once all of it is there; long ago when it is being removed
     */
    record Entry(
            String id,
            String mediaType,
            long size,
            String sha256,
            @Nullable Instant unfinished) {
        Content content() {
            return new Content(id, mediaType, size, sha256);
        }

        private Entry at(@Nullable Instant time) {
            return new Entry(id, mediaType, size, sha256, time);
        }
    }

    static final CollectionType<Entry> TYPE = CollectionType.of("Contents", Entry.class, Entry::id)
            .index("unfinished")
            .unscoped("content belongs to the documents that name it");

    private final Documents<Entry> entries;
    private final Chunks chunks;
    private final InstantSource clock;

    Contents(Store store, Chunks chunks, InstantSource clock) {
        this.entries = store.documents(TYPE);
        this.chunks = chunks;
        this.clock = clock;
    }

    /**
     * Stores what a stream gives, which stays open. Fails with {@link StoreProblem#CONTENT_TOO_LARGE} when there is more
     * than allowed, and then, as when the stream fails, leaves nothing.
     *
     * @param sizeMax the most bytes allowed
     */
    public Content put(InputStream stream, String mediaType, long sizeMax) throws IOException {
        var begun = new Entry(UUID.randomUUID().toString(), mediaType, 0, "", clock.instant());
        entries.insert(begun);
        try {
            var written = write(begun, stream, sizeMax);
            if (entries.replace(written, 1) instanceof Documents.Written.Done<Entry>) {
                return written.content();
            }
            throw late();
        } catch (IOException | RuntimeException | Error failed) {
            discard(begun.id(), failed);
            throw failed;
        }
    }

    private static Failure late() {
        return StoreProblem.STORE_BUSY.because("an upload takes at most " + UPLOAD_MAX.toHours() + " hours");
    }

    private void discard(String id, Throwable failed) {
        try {
            chunks.remove(id);
            entries.remove(id, 1);
        } catch (RuntimeException later) {
            failed.addSuppressed(later); // The sweeper does it.
        }
    }

    private Entry write(Entry begun, InputStream stream, long sizeMax) throws IOException {
        var whole = sha256();
        long size = 0;
        for (int number = 0; ; number++) {
            var bytes = stream.readNBytes((int) Math.min(CHUNK_BYTES, sizeMax - size + 1));
            size += bytes.length;
            if (size > sizeMax) {
                throw StoreProblem.CONTENT_TOO_LARGE.because("it has more than %d bytes".formatted(sizeMax));
            }
            if (bytes.length == 0) {
                return new Entry(
                        begun.id(), begun.mediaType(), size, HexFormat.of().formatHex(whole.digest()), null);
            }
            if (tooOld(begun, clock.instant())) {
                throw late();
            }
            whole.update(bytes);
            chunks.write(begun.id(), number, new Chunks.Chunk(sha256().digest(bytes), bytes));
        }
    }

    private static boolean tooOld(Entry begun, Instant now) {
        return !Objects.requireNonNull(begun.unfinished()).plus(UPLOAD_MAX).isAfter(now);
    }

    public Optional<Content> find(String id) {
        return standing(id).map(stored -> stored.value().content());
    }

    private Optional<Stored<Entry>> standing(String id) {
        return entries.find(id).filter(stored -> stored.value().unfinished() == null);
    }

    /**
     * A stream of a part of a content, empty when there is no such content.
     *
     * @param from bytes to leave out at the beginning
     * @param length the most bytes that the stream gives
     */
    public Optional<InputStream> open(String id, long from, long length) {
        return find(id).map(content -> new ContentStream(content, from, length));
    }

    /** A stream of a whole content. */
    public Optional<InputStream> open(String id) {
        return open(id, 0, Long.MAX_VALUE);
    }

    /** Removes a content; false when there is none. Who reads it at this moment may get a failure. */
    public boolean remove(String id) {
        var stored = standing(id);
        if (stored.isEmpty()
                || entries.replace(
                                stored.get().value().at(Instant.EPOCH),
                                stored.get().rev())
                        instanceof Documents.Written.Lost<Entry>) {
            return false;
        }
        chunks.remove(id);
        entries.remove(id, stored.get().rev() + 1);
        return true;
    }

    private Query abandoned() {
        var before = clock.instant().minus(UPLOAD_MAX).plusMillis(1);
        return Query.where(new Condition.Range("unfinished", null, before)).limit(SWEPT_MAX);
    }

    /** The contents that a crash left behind, unfinished or half removed. */
    Sweeper.Swept leftovers() {
        return new Sweeper.Swept() {
            @Override
            public boolean anyExpired() {
                return !entries.list(abandoned()).items().isEmpty();
            }

            @Override
            public long sweep() {
                long swept = 0;
                for (var left = entries.list(abandoned()).items();
                        !left.isEmpty();
                        left = entries.list(abandoned()).items()) {
                    for (var entry : left) {
                        chunks.remove(entry.key());
                        entries.remove(entry.key(), entry.rev());
                    }
                    swept += left.size();
                }
                return swept;
            }
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing); // Every Java has it.
        }
    }

    /** The bytes of a part, piece by piece as they are read. */
    private final class ContentStream extends InputStream {
        private final Content content;
        private final @Nullable MessageDigest whole;
        private final long end;
        private long at;
        private byte[] piece = new byte[0];
        private int place;

        private ContentStream(Content content, long from, long length) {
            this.content = content;
            this.at = Math.clamp(from, 0, content.size());
            this.end = at + Math.clamp(length, 0, content.size() - at);
            this.whole = at == 0 && end == content.size() ? sha256() : null;
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            if (at == end) {
                return -1;
            }
            if (place == piece.length) {
                next();
            }
            int count = (int) Math.min(Math.min(length, piece.length - place), end - at);
            System.arraycopy(piece, place, into, offset, count);
            place += count;
            at += count;
            if (at == end
                    && whole != null
                    && !HexFormat.of().formatHex(whole.digest()).equals(content.sha256())) {
                throw corrupt("differs from its SHA-256");
            }
            return count;
        }

        private void next() {
            int number = (int) (at / CHUNK_BYTES);
            var chunk = chunks.read(content.id(), number).orElseThrow(() -> corrupt("has no piece " + number));
            if (!Arrays.equals(sha256().digest(chunk.bytes()), chunk.hash())) {
                throw corrupt("differs from its SHA-256 in piece " + number);
            }
            piece = chunk.bytes();
            place = (int) (at % CHUNK_BYTES);
            if (piece.length != Math.min(CHUNK_BYTES, content.size() - (at - place))) {
                throw corrupt("is cut off in piece " + number);
            }
            if (whole != null) {
                whole.update(piece);
            }
        }

        private Failure corrupt(String how) {
            return StoreProblem.STORE_CORRUPT.because("the content %s %s".formatted(content.id(), how));
        }
    }
}
