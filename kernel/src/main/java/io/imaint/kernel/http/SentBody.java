package io.imaint.kernel.http;

import io.imaint.kernel.http.server.BodyRefused;
import io.imaint.kernel.http.server.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body as it comes, of at most so many bytes. What is wrong with it is thrown as a failure of HTTP. */
final class SentBody extends FilterInputStream {
    private final long sizeMax;
    private long size;

    SentBody(InputStream in, long sizeMax) {
        super(in);
        this.sizeMax = sizeMax;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int read;
        try {
            read = in.read(bytes, from, count);
        } catch (BodyRefused refused) {
            throw refused.refusal() == Refusal.BODY_TOO_SLOW
                    ? HttpProblem.BODY_TOO_SLOW.because("after %,d bytes nothing came for too long".formatted(size))
                    : HttpProblem.REQUEST_MALFORMED.because("the body does not come as its headers say");
        }
        size += Math.max(0, read);
        if (size > sizeMax) {
            throw HttpProblem.BODY_TOO_LARGE.because("it has more than %,d bytes".formatted(sizeMax));
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, 8 << 10)]));
    }
}
