package io.imaint.checks;

import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.plant.PlantData;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run of the replication simulation: a plant in which people work and enter what nobody can read, a way to it on which
 * things go wrong, and loaders that die, stop, stand still and are started again. All that is random comes from one seed, and
 * one loader works at a time, so that a seed gives the same run again. Only where loaders work side by side do their threads
 * decide who comes first; what each of them meets comes from the seed there too.
 */
final class SimulatedRun implements AutoCloseable {
    /** Small enough that each set has several pages. */
    private static final int PAGE_ROWS = 7;

    /** SAP's shorter texts are codes, by which documents refer to one another. */
    private static final int DESCRIPTION_LENGTH_MIN = 20;

    private static final int SETS_MAX = 6;
    private static final int ROUNDS_MAX = 6;

    /** A process makes so many calls of the store before something befalls it. */
    private static final int CALLS_MAX = 40;

    /** Rounds without a fault after which everything must have settled. */
    private static final int QUIET_ROUNDS_MAX = 8;

    private static final InboundSettings INBOUND = InboundSettings.read(Settings.of(Map.of()));

    /** Long enough to let the others come, short enough to cost nothing. */
    private static final Duration SIDE_BY_SIDE_PAUSE = Duration.ofMillis(2);

    private static final Duration OLDER_THAN_A_TOKEN = Duration.ofHours(25);

    private static final DeltaSettings DELTAS = new DeltaSettings(
            Duration.ZERO,
            DeltaSettings.DEFAULT.stampOverlap(),
            Duration.ofSeconds(30),
            100,
            10,
            DeltaSettings.DEFAULT.contentsEvery(),
            10,
            200_000);

    private final Random random;
    private final Store store;
    private final SapGateway sap;
    private final PlantLife life;
    private final Random lifeRandom;
    private final List<Integration> chosen;
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    /**
     * A process that replicates.
     *
     * @param name before its lines of the story
     * @param random what it decides by
     * @param terms with who it is for the others
     */
    private record Worker(String name, FatedStore.Fate fate, Random random, LoadOptions terms) {}

    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean peopleWork;

    SimulatedRun(long seed, Store store, PlantData plant) {
        this.random = new Random(seed);
        this.lifeRandom = new Random(random.nextLong());
        this.store = store;
        InstantSource sapClock = () -> Instant.now().plus(ahead);
        this.sap = SapGateway.start(
                SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))), plant, sapClock, this::requested);
        this.chosen = choose();
        this.life = new PlantLife(sap.plant(), lifeRandom, sets());
        if (random.nextBoolean()) {
            chosen.set(0, withDays(chosen.getFirst()));
        }
    }

    /** A mapping of a customer's own: what a text holds is taken for a day, and not all that people enter is one. */
    private Integration withDays(Integration integration) {
        var set = IcwpModel.find(integration.mapping().entitySet()).orElseThrow();
        var texts = integration.mapping().fields().stream()
                .filter(field -> field.convert() == Conversion.TEXT && isDescription(set, field.from()))
                .toList();
        if (texts.isEmpty()) {
            return integration;
        }
        var text = texts.get(random.nextInt(texts.size()));
        life.keepDays(set, text.from());
        story.add("%s takes %s for a day".formatted(integration.name(), text.from()));
        var definitions = store.documents(Integrations.TYPE);
        var found = definitions.find(integration.name()).orElseThrow();
        var document = Integrations.TYPE.write(found.value());
        document.put(
                "fields",
                ((List<?>) Objects.requireNonNull(document.get("fields")))
                        .stream()
                                .map(Document.class::cast)
                                .map(field -> text.to().equals(field.get("to")) ? field.put("convert", "date") : field)
                                .toList());
        var changed = Integrations.TYPE.read(document);
        definitions.replace(changed, found.rev());
        return changed;
    }

    /** Whether a property is a text of people's own, to which nothing else refers. */
    private static boolean isDescription(EntitySet set, String name) {
        var property = set.properties().get(set.place(name));
        return !property.key()
                && property.type() == EdmType.STRING
                && property.form() == Property.Form.PLAIN
                && property.length() >= DESCRIPTION_LENGTH_MIN;
    }

    /** What happened, for people. */
    String story() {
        return String.join("\n  ", story);
    }

    private List<Integration> choose() {
        var definitions = store.documents(Integrations.TYPE);
        Integrations.seed(definitions);
        var all = new ArrayList<>(Integrations.all(definitions));
        Collections.shuffle(all, random);
        int count = 1 + random.nextInt(SETS_MAX);
        var active = new ArrayList<Integration>();
        for (var stored : all) {
            if (active.size() < count) {
                active.add(stored.value());
            } else {
                definitions.replace(stored.value().with(Status.NOT_ACTIVE), stored.rev());
            }
        }
        var names = active.stream().map(Integration::name).toList();
        story.add("integrations " + names);
        return new ArrayList<>(Integrations.all(definitions).stream()
                .map(Stored::value)
                .filter(integration -> names.contains(integration.name()))
                .toList());
    }

    private List<EntitySet> sets() {
        return chosen.stream()
                .map(integration ->
                        IcwpModel.find(integration.mapping().entitySet()).orElseThrow())
                .toList();
    }

    /** Hears each request before it is answered: people go on working while a load reads. */
    private synchronized void requested(String request) {
        if (peopleWork && lifeRandom.nextInt(3) == 0) {
            life.step();
        }
    }

    void play() {
        int rounds = 2 + random.nextInt(ROUNDS_MAX);
        for (int round = 0; round < rounds; round++) {
            story.add("faults: " + FaultScenario.change(sap.faults(), random));
            peopleWork = random.nextBoolean();
            for (int steps = random.nextInt(12); steps > 0; steps--) {
                life.step();
            }
            if (random.nextInt(12) == 0) {
                ahead = ahead.plus(OLDER_THAN_A_TOKEN);
                story.add("a day passes");
            }
            if (random.nextInt(4) == 0) {
                sideBySide();
            } else {
                work(alone(fate(0)), true);
            }
        }
        peopleWork = false;
        story.add("%d poisoned rows are put right".formatted(life.mend()));
        quiet();
        SameAsSource.verify(sap, store, chosen);
    }

    private FatedStore.Fate fate(int depth) {
        int call = 1 + random.nextInt(CALLS_MAX);
        int kind = random.nextInt(4);
        if (kind < 2) {
            boolean doneThen = random.nextBoolean();
            story.add("dies at call " + call + (doneThen ? ", done" : ""));
            return FatedStore.death(call, doneThen);
        }
        if (kind == 3 || depth > 0) {
            return FatedStore.Fate.NONE;
        }
        story.add("stands still at call " + call);
        return FatedStore.sleep(call, () -> {
            story.add("meanwhile another");
            work(alone(fate(depth + 1)), false);
            story.add("the first goes on");
        });
    }

    /** Loaders of different machines at the same time; the first is killed and the others go on. */
    private void sideBySide() {
        int count = 2 + random.nextInt(2);
        story.add(count + " side by side, the first dies");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.rangeClosed(1, count)
                    .mapToObj(number -> {
                        var fate = number == 1
                                ? FatedStore.death(1 + random.nextInt(CALLS_MAX), random.nextBoolean())
                                : FatedStore.Fate.NONE;
                        var terms = terms(
                                new Holder("machine-" + number, 1, 1, "simulated"),
                                (stop, time) -> stop.pause(SIDE_BY_SIDE_PAUSE));
                        return new Worker(number + " ", fate, new Random(random.nextLong()), terms);
                    })
                    .map(worker -> CompletableFuture.runAsync(
                            () -> {
                                work(worker, true);
                                leasesRunOut(worker.terms().holder());
                            },
                            threads))
                    .toList();
            all.forEach(CompletableFuture::join);
        }
    }

    /** Of a dead process of another machine: the time that this takes would only be waited for. */
    private void leasesRunOut(Holder dead) {
        chosen.stream()
                .map(Integration::name)
                .flatMap(name -> Stream.of(HeldLease.nameFor(name), HeldLease.nameFor(name, 1)))
                .flatMap(name -> store.leases().holder(name).stream())
                .filter(lease -> lease.holder().startsWith(dead.machine() + "/"))
                .forEach(store.leases()::release);
    }

    /** One that is taken for dead as soon as it does nothing, so that nobody waits for its leases. */
    private Worker alone(FatedStore.Fate fate) {
        return new Worker("", fate, random, terms());
    }

    private LoadOptions terms() {
        return terms(new Holder(Holder.here().machine(), 999_999_999L, 1, "simulated"), (stop, time) -> stop.check());
    }

    private LoadOptions terms(Holder holder, BiConsumer<Cancellation, Duration> pause) {
        return new LoadOptions(
                1,
                PAGE_ROWS,
                holder,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                InstantSource.system(),
                random,
                pause);
    }

    /** A process from its start to its end. */
    private void work(Worker worker, boolean shuffled) {
        var names = new ArrayList<>(chosen.stream().map(Integration::name).toList());
        if (shuffled && worker.random().nextInt(3) == 0) {
            Collections.shuffle(names, worker.random());
        }
        var seen = FatedStore.of(store, worker.fate());
        var stop = new Cancellation();
        try (var loads = loads(seen, worker.terms());
                var deltas = deltas(seen, worker.terms())) {
            for (var name : names) {
                boolean again = worker.random().nextInt(10) == 0;
                if (worker.random().nextInt(40) == 0) {
                    story.add(worker.name() + "is told to stop");
                    stop.request();
                }
                if (again || !InboundState.of(seen, name).loaded()) {
                    loads.run(List.of(name), LoadListener.NONE, stop)
                            .forEach(result -> story.add(worker.name() + "load " + name + ": " + result.line()));
                } else {
                    story.add(worker.name() + "delta " + name + ": "
                            + deltas.run(name, stop).line());
                }
            }
        } catch (FatedStore.Died died) {
            story.add(worker.name() + died.getMessage());
        } catch (Failure failed) {
            story.add(worker.name() + "ended with " + failed.getMessage());
        }
    }

    private InboundLoads loads(Store seen, LoadOptions terms) {
        return new InboundLoads(seen, system(), INBOUND, terms);
    }

    private Deltas deltas(Store seen, LoadOptions terms) {
        return new Deltas(seen, system(), INBOUND, terms, DELTAS, Deltas.Listener.NONE);
    }

    private SapSystem system() {
        return new SapSystem(sap.serviceUrl(), sap.user(), sap.password(), sap.client(), "EN", "simulation");
    }

    /** No faults, no changes: everything comes to rest. */
    private void quiet() {
        FaultScenario.clear(sap.faults());
        peopleWork = false;
        story.add("quiet");
        for (int round = 0; round < QUIET_ROUNDS_MAX; round++) {
            boolean settled = true;
            try (var loads = loads(store, terms());
                    var deltas = deltas(store, terms())) {
                for (var integration : chosen) {
                    var name = integration.name();
                    var result = deltas.run(name, new Cancellation());
                    story.add("delta " + name + ": " + result.line());
                    if (wantsALoad(result)) {
                        loads.run(List.of(name), LoadListener.NONE, new Cancellation())
                                .forEach(load -> story.add("load " + name + ": " + load.line()));
                    }
                    settled &= result instanceof RunResult.Current current
                            && current.run().counters().inserted() == 0
                            && current.run().counters().updated() == 0
                            && current.run().removed() == 0;
                }
            }
            if (settled) {
                return;
            }
        }
        throw new AssertionError("it never comes to rest");
    }

    /** Never loaded, or a load was broken off; what an operator does then. */
    private static boolean wantsALoad(RunResult result) {
        return result instanceof RunResult.NotStarted
                || (result instanceof RunResult.Failed failed
                        && failed.failure().code() == InboundProblem.INBOUND_LOAD_UNFINISHED);
    }

    @Override
    public void close() {
        sap.close();
    }
}
