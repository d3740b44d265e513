package io.imaint.integration.broker;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of brokers. No message is lost by them: what it stands for is in the store, and a sweeper publishes it anew. */
public enum BrokerProblem implements ProblemCode {
    BROKER_UNREACHABLE(
            Blame.PLATFORM,
            "The broker cannot be reached",
            "Start RabbitMQ, or correct host and port in amqp-uri; `imaint verify 2.1` tries it."),
    BROKER_REFUSED(
            Blame.PLATFORM,
            "The broker refuses this installation",
            "Correct user, password or virtual host in amqp-uri, or grant the rights; `imaint verify 2.1` tries them."),
    BROKER_FULL(
            Blame.CAPACITY,
            "The broker has no room",
            "See that the queue is consumed, and that RabbitMQ has no alarm of memory or disk.");

    private final Kind kind;

    BrokerProblem(Blame blame, String title, String remedy) {
        this.kind = new Kind(503, blame, true, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
