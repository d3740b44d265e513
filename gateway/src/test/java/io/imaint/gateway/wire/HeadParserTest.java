package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser under random changes of good messages. */
@NullMarked
class HeadParserTest {
    private static final int CHANGES = 2_000;
    private static final String REQUEST = """
            POST http://host/a/b%20c?d=e HTTP/1.1
            Host: host
            X-A:  b c\t
            Transfer-Encoding: chunked
            Connection: close, x-b
            X-B: d
            Expect: 100-continue

            a;b=c
            0123456789
            0
            X-T: u

            """.replace("\n", "\r\n");
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: today\r\n\r\nhello";
    private static final String MATERIAL = "\r\n\0 \t:;,/%.0aZ\u00e9\u007f\"{";

    private final HeadParser parser = new HeadParser();

    /** What is read of a message, or why it is refused. */
    private String read(ByteBuf in, boolean request) {
        try {
            int end = HeadParser.end(in, in.readerIndex());
            if (end < 0) {
                HeadParser.checkUnfinished(in);
                return "unfinished";
            }
            long framing;
            String head;
            if (request) {
                var read = parser.request(in, end);
                framing = read.framing();
                head = read.toString();
                // Whatever was accepted is clean: nothing in it can begin another line.
                assertThat(Bytes.isToken(read.message().verb())).isTrue();
                assertThat(read.message().uri()).matches("/[\\x21-\\x7e]*");
                for (var line : read.message().headers().entries()) {
                    assertThat(Bytes.isToken(line.getKey())).isTrue();
                    assertThat(Bytes.isField(line.getValue())).isTrue();
                }
            } else {
                var read = parser.answer(in, end, "GET");
                framing = read.framing();
                head = read.toString();
            }
            return head + body(new BodyReader(framing), in);
        } catch (Refused refused) {
            return refused.refusal().text();
        }
    }

    private static String body(BodyReader reader, ByteBuf in) throws Refused {
        var body = new StringBuilder();
        for (var piece = reader.next(in); piece != null; piece = reader.next(in)) {
            body.append(piece.toString(ISO_8859_1));
            piece.release();
        }
        return " " + body + (reader.done() ? "." : "…");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsOrRefusesWhateverComes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < CHANGES; i++) {
            boolean request = random.nextBoolean();
            var text = new StringBuilder(request ? REQUEST : ANSWER);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                char c = MATERIAL.charAt(random.nextInt(MATERIAL.length()));
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    case 2 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(0, random.nextInt(text.length())));
                }
            }
            var bytes = text.toString().getBytes(ISO_8859_1);
            var direct = Unpooled.directBuffer().writeBytes(bytes);
            var heap = Unpooled.wrappedBuffer(bytes);
            // Both kinds of buffers are read alike.
            assertThat(read(direct, request)).as("seed %d: %s", seed, text).isEqualTo(read(heap, request));
            direct.release();
        }
    }
}
