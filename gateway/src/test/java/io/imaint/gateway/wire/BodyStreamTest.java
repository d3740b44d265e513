package io.imaint.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class BodyStreamTest {
    private final List<String> told = new ArrayList<>();

    private final BodyStream.Producer producer = new BodyStream.Producer() {
        @Override
        public void resume() {
            told.add("resume");
        }

        @Override
        public void cancelled() {
            told.add("cancelled");
        }
    };

    private static ByteBuf bytes(int size) {
        return Unpooled.buffer(size).writeZero(size);
    }

    @Test
    void tellsTheProducerOfABodyThatIsNotWantedWhileItComes() {
        var stream = new BodyStream(-1, producer);
        var piece = bytes(10);
        stream.offer(piece);
        stream.cancel();
        assertThat(told).containsExactly("cancelled");
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void leavesTheConnectionAloneOnceTheBodyHasCome() { // It may be at the next body already.
        var stream = new BodyStream(-1, producer);
        var piece = bytes(10);
        stream.offer(piece);
        stream.finish();
        stream.cancel();
        assertThat(told).isEmpty();
        assertThat(piece.refCnt()).isZero();
    }

    @Test
    void isWholeUntilSomebodyOpensIt() {
        var stream = BodyStream.whole(bytes(10), producer);
        assertThat(stream.isWhole(10)).isTrue();
        assertThat(stream.isWhole(9)).isFalse();
        stream.open(() -> {});
        assertThat(stream.isWhole(10)).isFalse();
        stream.cancel();
        assertThat(told).isEmpty();
    }

    @Test
    void endsWhenItsOnlyPieceWasTaken() {
        var piece = bytes(10);
        var stream = BodyStream.whole(piece, producer);
        assertThat(stream.length()).isEqualTo(10);
        assertThat(stream.poll()).isSameAs(piece);
        assertThat(stream.ended()).isTrue();
        stream.cancel();
        assertThat(told).isEmpty();
        assertThat(piece.refCnt()).isEqualTo(1);
        piece.release();
    }
}
