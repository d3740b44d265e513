package io.imaint.gateway.flow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallChainTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Message FAILED = Message.response(500, "Internal Server Error");

    private static void breakIn(CallChain chain) throws Fault {
        var deepest = chain;
        while (deepest.proxies().size() < CallChain.LENGTH_MAX) {
            deepest = deepest.calling("deeper", SECOND);
        }
        var last = deepest;
        assertThatThrownBy(() -> last.calling("deeper", SECOND)).isInstanceOf(Fault.class);
    }

    @Test
    void aFailureIsNotThatOfACallForWhichNobodyWaited() throws Fault {
        var client = CallChain.of("first", SECOND);
        breakIn(client.calling("unwaited", SECOND));
        var waited = client.calling("second", SECOND);

        assertThatCode(() -> client.check(waited, FAILED)).doesNotThrowAnyException();
    }

    @Test
    void aFailureIsHandedUpFromTheCallThatWasWaitedFor() throws Fault {
        var client = CallChain.of("1", SECOND);
        var second = client.calling("2", SECOND);
        var third = second.calling("3", SECOND);
        var fourth = third.calling("4", SECOND);
        var fifth = fourth.calling("5", SECOND);
        assertThatThrownBy(() -> fifth.calling("6", SECOND)).isInstanceOf(Fault.class);

        assertThatCode(() -> fourth.check(fifth, Message.response(200, "OK"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> fourth.check(fifth, FAILED)).hasMessageContaining("1, 2, 3, 4, 5, 6");
        assertThatThrownBy(() -> third.check(fourth, FAILED)).hasMessageContaining("1, 2, 3, 4, 5, 6");
        assertThatThrownBy(() -> second.check(third, FAILED)).hasMessageContaining("1, 2, 3, 4, 5, 6");
        assertThatThrownBy(() -> client.check(second, FAILED)).hasMessageContaining("1, 2, 3, 4, 5, 6");
    }
}
