package io.imaint.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Goal: a subscription's tokens are good until it begins anew or ends. Method: tokens in order, and what the journal was told. */
class SubscriptionsTest {
    private final ArrayList<IssuedToken> told = new ArrayList<>();
    private final Subscriptions subscriptions = new Subscriptions(told::add);

    @Test
    void anInitialLoadClosesTheTokensFromBefore() {
        subscriptions.add(token("A", true));
        subscriptions.add(token("B", false));
        assertThat(open()).containsExactly("A", "B");
        subscriptions.add(token("C", true));
        assertThat(open()).containsExactly("C");
        assertThat(subscriptions.issued(IcwpModel.WORK_ORDER, "OTHER")).isEmpty();
    }

    @Test
    void whatTheJournalWasToldMakesTheSameSubscriptions() {
        subscriptions.add(token("A", true));
        subscriptions.close(IcwpModel.WORK_ORDER, "USER");
        subscriptions.add(token("B", false));
        var again = new Subscriptions(token -> {});
        told.forEach(again::remember);
        assertThat(again.all()).isEqualTo(subscriptions.all());
        assertThat(open()).containsExactly("B");
        var compacted = new Subscriptions(token -> {});
        subscriptions.all().forEach(compacted::remember);
        assertThat(compacted.all()).isEqualTo(subscriptions.all());
    }

    private java.util.List<String> open() {
        return subscriptions.issued(IcwpModel.WORK_ORDER, "USER").stream()
                .filter(IssuedToken::open)
                .map(IssuedToken::token)
                .toList();
    }

    private static IssuedToken token(String name, boolean initial) {
        return new IssuedToken(IcwpModel.WORK_ORDER, "USER", name, "", Instant.EPOCH, initial, true);
    }
}
