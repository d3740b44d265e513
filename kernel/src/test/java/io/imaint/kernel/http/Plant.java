package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A service with routes of every sort, for the tests of the server. */
@NullMarked
final class Plant implements Routed {
    static final Permission READ = new Permission("work-orders.read");
    static final Permission CLOSE = new Permission("work-orders.close");
    static final String TOKEN = "Authorization: Bearer technician";
    static final String OPERATOR_TOKEN = "Authorization: Bearer operator";

    enum Priority {
        LOW,
        VERY_HIGH
    }

    record Order(
            @Description("The order's number, leading zeros included.")
            String orderNumber,

            @Nullable LocalDate dueDate,
            Instant changedAt,
            BigDecimal hours,
            Optional<Priority> priority,
            List<Step> steps) {}

    record Step(int number, @Nullable Step following) {}

    record Search(
            @Description("The plant.") Optional<String> plant,
            @Default("20") @Range(min = 1, max = 1000) int pageSize,
            @Nullable LocalDate dueBefore,
            @Nullable Priority priority,
            List<String> statuses,
            @Nullable Boolean overdue) {
        Search {
            if (overdue != null && dueBefore != null) {
                throw new IllegalArgumentException("overdue and dueBefore exclude each other");
            }
        }
    }

    record One(String orderNumber) {}

    record Hello(String greeting) {}

    record Anything(@Nullable String text) {}

    /** A failure of this service. */
    enum PlantProblem implements ProblemCode {
        ORDER_UNKNOWN,
        ORDER_CHANGED;

        @Override
        public Kind kind() {
            return this == ORDER_CHANGED
                    ? new Kind(409, Blame.CALLER, "The order was changed", "Read it again.")
                    : new Kind(404, Blame.CALLER, "There is no such order", "Look the number up.");
        }
    }

    final CountDownLatch streamsEnded = new CountDownLatch(1);
    final List<String> greeted = new CopyOnWriteArrayList<>();
    final CountDownLatch slowStarted = new CountDownLatch(1);
    final CountDownLatch slowInterrupted = new CountDownLatch(1);

    static Optional<Caller> authenticate(String token) {
        return switch (token) {
            case "technician" -> Optional.of(new Caller("technician", Set.of(READ), PlantScope.ALL));
            case "operator" ->
                Optional.of(new Caller("operator", Set.of(new Permission("metrics.read")), PlantScope.ALL));
            default -> Optional.empty();
        };
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/work-orders", "Find work orders")
                        .permits(READ)
                        .parameters(Search.class)
                        .answersListing(Order.class)
                        .handles(search -> new Listing<>(orders(search.pageSize()), "more", null)),
                Route.get("/api/work-orders/overview", "Count work orders")
                        .permits(READ)
                        .answers(Hello.class)
                        .handles(() -> new Hello(Caller.current().displayName())),
                Route.get("/api/work-orders/{orderNumber}", "Read a work order")
                        .permits(READ)
                        .parameters(One.class)
                        .answers(Order.class)
                        .handles(this::order),
                Route.get("/api/closing", "Close")
                        .permits(CLOSE)
                        .answers(Hello.class)
                        .handles(() -> new Hello("no")),
                Route.get("/api/slow", "Take too long")
                        .permits(READ)
                        .answers(Hello.class)
                        .handles(this::slow),
                Route.post("/api/slow", "Take too long, and change something")
                        .permits(READ)
                        .takes(Anything.class)
                        .answers(Hello.class)
                        .handles(nothing -> stubborn()),
                Route.get("/api/stubborn", "Take too long, whatever interrupts")
                        .permits(READ)
                        .answers(Hello.class)
                        .handles(Plant::stubborn),
                Route.get("/api/defect", "Fail")
                        .permits(READ)
                        .answers(Hello.class)
                        .handles(() -> {
                            throw new IllegalStateException("the secret reason");
                        }),
                Route.post("/api/work-orders", "Make a work order")
                        .status(201)
                        .permits(READ)
                        .takes(NewOrder.class)
                        .answers(NewOrder.class)
                        .handles(order -> order),
                Route.put("/api/work-orders/{orderNumber}", "Replace a work order")
                        .permits(READ)
                        .parameters(One.class)
                        .takes(Replacement.class)
                        .answers(Hello.class)
                        .handles(Plant::replaced),
                Route.delete("/api/work-orders/{orderNumber}", "Remove a work order")
                        .permits(READ)
                        .parameters(One.class)
                        .answers(NoContent.class)
                        .handles(one -> NoContent.NO_CONTENT),
                Route.post("/api/work-orders/{orderNumber}/release", "Release a work order")
                        .status(202)
                        .permits(READ)
                        .parameters(One.class)
                        .answers(Hello.class)
                        .handles(one -> new Hello(one.orderNumber())),
                Route.events("/api/work-order-events", "Follow the steps of work orders")
                        .permits(READ)
                        .parameters(Following.class)
                        .sends(Step.class)
                        .handles(this::follow),
                Route.get("/api/hello", "Greet")
                        .anonymous("it only greets")
                        .answers(Hello.class)
                        .handles(() -> new Hello("good shift")));
    }

    record NewStep(
            @Range(min = 1, max = 9999) int number,
            @Nullable String text) {}

    record NewOrder(
            String description,
            @Default("MEDIUM") Importance importance,
            Optional<LocalDate> dueDate,
            @Nullable Instant changedAt,
            List<NewStep> steps,
            Map<String, Long> counts,
            @Nullable Boolean urgent,
            @Nullable JsonNode anything) {
        NewOrder {
            if (urgent != null && urgent && dueDate.isEmpty()) {
                throw new IllegalArgumentException("what is urgent needs a dueDate");
            }
        }
    }

    /** How much an order matters. */
    enum Importance {
        MEDIUM,
        HIGH
    }

    record Replacement(long rev, JsonNode document) {}

    record Following(int count) {}

    private static Hello replaced(One one, Replacement replacement) {
        if (replacement.rev() != 1) {
            throw PlantProblem.ORDER_CHANGED.because(one.orderNumber()).showing(new Step(2, null));
        }
        return new Hello(one.orderNumber() + replacement.document());
    }

    /** Numbers the steps on from the last that the client saw, then waits for the end. */
    private void follow(Following asked, EventSink<Step> sink) {
        try {
            int first = sink.lastEventId().isEmpty() ? 1 : Integer.parseInt(sink.lastEventId()) + 1;
            for (int number = first; number < first + asked.count(); number++) {
                if (!sink.send(Integer.toString(number), "step", new Step(number, null))) {
                    return;
                }
            }
            greeted.add(Caller.current().displayName());
            while (!sink.awaitEnd(Duration.ofMillis(50))) {}
        } finally {
            streamsEnded.countDown();
        }
    }

    /** Goes on for a while after the interrupt, so that its answer comes when another was given. */
    private static Hello stubborn() {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return new Hello("late");
    }

    private Hello slow() {
        slowStarted.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            slowInterrupted.countDown();
        }
        return new Hello("late");
    }

    private Order order(One one) {
        if (one.orderNumber().equals("404")) {
            throw PlantProblem.ORDER_UNKNOWN.because("no order 404");
        }
        return made(one.orderNumber());
    }

    static List<Order> orders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> made("%012d".formatted(4_000_000 + i)))
                .toList();
    }

    private static Order made(String number) {
        return new Order(
                number,
                LocalDate.of(2026, 3, 31),
                Instant.parse("2026-03-01T08:15:00Z"),
                new BigDecimal("1E+3"),
                Optional.empty(),
                List.of(new Step(10, null)));
    }
}
