package io.imaint.checks;

import io.imaint.integration.broker.Broker;
import io.imaint.integration.broker.InProcessBroker;
import java.util.Random;
import java.util.function.Consumer;

/** A broker that loses messages and repeats others. */
final class LossyBroker implements Broker {
    private final Broker broker = new InProcessBroker();
    private final Random random;
    private volatile boolean faithful;

    LossyBroker(Random random) {
        this.random = random;
    }

    /** Keeps all messages from now on. */
    void mend() {
        faithful = true;
    }

    @Override
    public void publish(String queue, String message) {
        int fate = fate();
        for (int times = faithful || fate > 2 ? 1 : fate; times > 0; times--) {
            broker.publish(queue, message);
        }
    }

    private synchronized int fate() {
        return random.nextInt(8);
    }

    @Override
    public Consumption consume(String queue, int parallel, Consumer<String> consumer) {
        return broker.consume(queue, parallel, consumer);
    }

    @Override
    public String description() {
        return "a broker that loses messages";
    }

    @Override
    public void close() {
        broker.close();
    }
}
