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
import java.util.stream.Stream;
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

    record One(@Path String orderNumber) {}

    record Hello(String greeting) {}

    record Anything(@Nullable String text) {}

    record Stubbornness(@Body Anything anything) {}

    /** A failure of this service. */
    enum PlantProblem implements ProblemCode {
        ORDER_UNKNOWN;

        @Override
        public Kind kind() {
            return new Kind(404, Blame.CALLER, "There is no such order", "Look the number up.");
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
        return Stream.concat(reading().stream(), writing().stream()).toList();
    }

    private List<Route> reading() {
        return List.of(
                Route.get("/api/work-orders", "Find work orders")
                        .permits(READ)
                        .answersListing(Order.class)
                        .handles(Search.class, search -> new Listing<>(orders(search.pageSize()), "more", null)),
                Route.get("/api/work-orders/overview", "Count work orders")
                        .permits(READ)
                        .answers(Hello.class)
                        .handles(() -> new Hello(Caller.current().displayName())),
                Route.get("/api/work-orders/{orderNumber}", "Read a work order")
                        .permits(READ)
                        .answers(Order.class)
                        .handles(One.class, this::order),
                Route.get("/api/closing", "Close")
                        .permits(CLOSE)
                        .answers(Hello.class)
                        .handles(() -> new Hello("no")),
                Route.get("/api/slow", "Take too long")
                        .permits(READ)
                        .answers(Hello.class)
                        .handles(this::slow),
                Route.post("/api/stubborn", "Take too long, whatever interrupts, and change something")
                        .permits(READ)
                        .idempotent(Duration.ofHours(1))
                        .answers(Hello.class)
                        .handles(Stubbornness.class, nothing -> stubborn()),
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
                Route.get("/api/work-order-events", "Follow the steps of work orders")
                        .permits(READ)
                        .sends(Step.class)
                        .handles(Following.class, this::follow),
                Route.get("/api/hello", "Greet")
                        .anonymous("it only greets")
                        .answers(Hello.class)
                        .handles(() -> new Hello("good shift")));
    }

    private List<Route> writing() {
        return List.of(
                Route.post("/api/work-orders", "Make a work order")
                        .permits(READ)
                        .creates(NewOrder.class)
                        .handles(
                                Making.class,
                                made -> new Created<>("/api/work-orders/1", new Versioned<>(made.order(), 1))),
                Route.post("/api/work-orders/{orderNumber}/release", "Release a work order")
                        .permits(READ)
                        .accepts(Hello.class)
                        .handles(One.class, one -> new Accepted<>("/api/jobs/1", new Hello(one.orderNumber()))),
                Route.post("/api/busy", "Fail while writing")
                        .permits(READ)
                        .idempotent(Duration.ofHours(1))
                        .answers(Hello.class)
                        .handles(() -> {
                            throw HttpProblem.SERVER_BUSY.because("the store is slow");
                        }));
    }

    record Making(@Body NewOrder order) {}

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

    record Following(int count) {}

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
