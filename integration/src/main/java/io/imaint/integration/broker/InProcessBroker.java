package io.imaint.integration.broker;

import io.imaint.kernel.telemetry.Metered;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The broker of an installation of one process. Its messages end with the process, which costs nothing but a sweep. */
public final class InProcessBroker implements Broker, Metered {
    private static final System.Logger LOG = System.getLogger(InProcessBroker.class.getName());

    /** What does not fit is left to the sweeper, which is better than to let a request wait. */
    static final int QUEUED_MAX = 10_000;

    /** @param delivery how often it will have been delivered with the next one */
    private record Message(String text, int delivery) {}

    private final Map<String, BlockingQueue<Message>> queues = new ConcurrentHashMap<>();
    private final Set<Consuming> consuming = ConcurrentHashMap.newKeySet();
    private final BrokerMeters meters = new BrokerMeters();

    @Override
    public void publish(String queue, String message) {
        if (!queue(queue).offer(new Message(message, 1))) {
            meters.refused.increment();
            throw BrokerProblem.BROKER_FULL.because("the queue %s has %d messages".formatted(queue, QUEUED_MAX));
        }
        meters.published.increment();
    }

    private BlockingQueue<Message> queue(String name) {
        return queues.computeIfAbsent(name, ignored -> new ArrayBlockingQueue<>(QUEUED_MAX));
    }

    @Override
    public Consumption consume(String queue, int parallel, Consumer<String> consumer) {
        var begun = new Consuming(queue(queue), new ParallelConsumer(queue, parallel, consumer, meters));
        consuming.add(begun);
        begun.dispatcher.start();
        return begun;
    }

    private final class Consuming implements Consumption {
        private final BlockingQueue<Message> messages;
        private final ParallelConsumer consumer;
        private final Thread dispatcher = Thread.ofVirtual().name("broker").unstarted(this::dispatch);

        Consuming(BlockingQueue<Message> messages, ParallelConsumer consumer) {
            this.messages = messages;
            this.consumer = consumer;
        }

        private void dispatch() {
            try {
                while (consumer.acquire()) {
                    var message = messages.take();
                    consumer.run(message.text, message.delivery, outcome -> settle(message, outcome));
                }
            } catch (InterruptedException ended) {
                LOG.log(Level.DEBUG, "no more messages are taken", ended);
            }
        }

        private void settle(Message message, ParallelConsumer.Outcome outcome) {
            if (outcome == ParallelConsumer.Outcome.AGAIN
                    && !messages.offer(new Message(message.text, message.delivery + 1))) {
                LOG.log(Level.DEBUG, "the queue is full; {0} is left to the sweeper", message.text);
            }
        }

        @Override
        public void close() {
            consuming.remove(this);
            dispatcher.interrupt();
            try {
                dispatcher.join();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            consumer.close();
        }
    }

    @Override
    public String description() {
        return "within the process";
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry, () -> true);
    }

    @Override
    public void close() {
        consuming.forEach(Consuming::close);
        queues.clear();
    }
}
