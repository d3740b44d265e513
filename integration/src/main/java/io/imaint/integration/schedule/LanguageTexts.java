package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.telemetry.FailureLog;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.ReplicaLanguage;
import io.imaint.store.replica.ReplicaText;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the texts of customizing once for each language in the background, with the parameter {@code sap-language}, which
 * decides in SAP in which language texts are. The replica itself keeps those of the logon language, by which it is loaded.
 * One process at a time reads them; a language that failed is read again soon, and the others meanwhile.
 */
final class LanguageTexts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LanguageTexts.class.getName());

    /** In the lease; no integration is named so. */
    private static final String LEASE = "*texts";

    /** Soon enough after the first load; a look costs one read of the store. */
    static final Duration LOOK = Duration.ofSeconds(30);

    /** A language that failed is not read again sooner. */
    private static final Duration RETRY = Duration.ofMinutes(5);

    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(10);

    /** Of one set; customizing has tens to thousands of rows, so that more is a circle of links. */
    private static final int PAGES_MAX = 1_000;

    /** Documents that are looked up at once. */
    private static final int CHUNK = 1_000;

    private final InboundContext context;
    private final String logon;
    private final LanguageSettings settings;
    private final Cancellation cancellation;
    private final Map<String, Instant> failedAt = new HashMap<>();
    private final Map<String, FailureLog> failures = new HashMap<>();
    private final Thread thread = Thread.ofVirtual().name("language-texts").unstarted(this::run);

    /** @param logon the language in which SAP is logged on to */
    LanguageTexts(InboundContext context, String logon, LanguageSettings settings, Cancellation cancellation) {
        this.context = context;
        this.logon = logon.strip().toUpperCase(Locale.ROOT); // As SAP and the settings of languages write it.
        this.settings = settings;
        this.cancellation = cancellation;
    }

    /** Reads in the background until the cancellation. */
    LanguageTexts started() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (true) {
                readDue();
                cancellation.pause(LOOK);
            }
        } catch (Cancellation.Requested ignored) {
            // It has ended.
        }
    }

    /** Reads the languages that are due, once everything that has texts is loaded. */
    void readDue() {
        try {
            if (!context.sap().open() || (dueNow().isEmpty() && unwanted().isEmpty())) {
                return;
            }
            var lease = HeldLease.acquire(context.store(), LEASE, context.options());
            if (lease.isEmpty()) {
                return;
            }
            try (var held = lease.get()) {
                dropOthers(held.store());
                for (var language : dueNow()) {
                    cancellation.check();
                    read(held.store(), language);
                }
            }
        } catch (Failure failed) { // The schedule warns of a store that fails.
            LOG.log(Level.DEBUG, "cannot read the texts in other languages: {0}", failed.line());
        } catch (Cancellation.Requested stopping) {
            throw stopping;
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.ERROR, "reading texts in other languages met a defect", defect);
        }
    }

    /** The languages to read now; the logon language, of which only the name is noted, among them. */
    private List<String> dueNow() {
        var now = context.now();
        var wanted = new ArrayList<String>();
        for (var language : all()) {
            var known = context.store().documents(ReplicaLanguage.TYPE).find(language);
            var failed = failedAt.get(language);
            boolean current = failed == null
                    && known.map(Stored::value)
                            .filter(read ->
                                    read.system().equals(context.system()) && read.logon() == language.equals(logon))
                            .filter(read -> read.logon()
                                    || read.readAt().plus(settings.every()).isAfter(now))
                            .isPresent();
            if (!current && (failed == null || !failed.plus(RETRY).isAfter(now))) {
                wanted.add(language);
            }
        }
        return wanted.isEmpty() || ready() ? List.copyOf(wanted) : List.of();
    }

    /** Whether something is loaded, and nothing is still to be loaded for the first time, unless that failed. */
    private boolean ready() {
        var states = integrations().stream()
                .map(integration -> InboundState.of(context.store(), integration.name()))
                .toList();
        return states.stream().anyMatch(InboundState::loaded)
                && states.stream()
                        .allMatch(state -> state.loaded() || state.health().lastError() != null);
    }

    private List<String> all() {
        var all = new ArrayList<>(List.of(logon));
        settings.languages().stream()
                .filter(language -> !language.equals(logon))
                .forEach(all::add);
        return all;
    }

    private List<Integration> integrations() {
        return Integrations.all(context.integrations()).stream()
                .map(Stored::value)
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .filter(integration ->
                        ReplicaText.FIELDS.containsKey(integration.mapping().collection()))
                .toList();
    }

    private List<Stored<ReplicaLanguage>> unwanted() {
        var all = all();
        return context
                .store()
                .documents(ReplicaLanguage.TYPE)
                .list(Query.where(Condition.ALL).limit(CHUNK))
                .items()
                .stream()
                .filter(stored -> !all.contains(stored.key()))
                .toList();
    }

    /** Removes the texts in languages that are no longer wanted. */
    private void dropOthers(Store held) {
        for (var stored : unwanted()) {
            removeTexts(held, stored.key());
            var unused = held.documents(ReplicaLanguage.TYPE).remove(stored.key(), stored.rev());
        }
    }

    private static void removeTexts(Store held, String language) {
        ReplicaText.FIELDS
                .keySet()
                .forEach(collection -> held.documents(ReplicaText.TYPE).removeAll(of(collection, language)));
    }

    private static Condition of(String collection, String language) {
        return Condition.and(Condition.equal("collection", collection), Condition.equal("language", language));
    }

    private void read(Store held, String language) {
        failedAt.remove(language);
        long texts = 0;
        boolean served = language.equals(logon);
        if (language.equals(logon)) {
            removeTexts(held, language);
        } else {
            for (var integration : integrations()) {
                if (InboundState.of(context.store(), integration.name()).loaded()) {
                    var added = tried(held, integration, language);
                    served |= added.isPresent();
                    texts += added.orElse(0);
                }
            }
            LOG.log(Level.DEBUG, "read {0} texts in the language {1}", texts, language);
        }
        if (!served) {
            return; // As before, whether that is an earlier reading or nothing.
        }
        held.documents(ReplicaLanguage.TYPE)
                .upsertAll(List.of(
                        new ReplicaLanguage(language, language.equals(logon), context.system(), context.now(), texts)));
    }

    /** Texts of a set that SAP refuses, in this language or at all, are missing; those of the other sets are not. */
    private OptionalInt tried(Store held, Integration integration, String language) {
        var log = failures.computeIfAbsent(language + " " + integration.name(), name -> new FailureLog(LOG));
        try {
            int texts = read(held, integration, language);
            log.succeeded("the texts of %s in the language %s are read again".formatted(integration.name(), language));
            return OptionalInt.of(texts);
        } catch (Failure failed) {
            failedAt.put(language, context.now());
            log.failed(
                    "the texts of %s in the language %s were not read".formatted(integration.name(), language), failed);
            return OptionalInt.empty();
        }
    }

    /** Reads the texts of a collection in a language and keeps those that differ from the replica's; returns how many. */
    private int read(Store held, Integration integration, String language) {
        var collection = integration.mapping().collection();
        var texts = new HashMap<String, ReplicaText>();
        var own = held.documents(Replicas.find(collection).orElseThrow());
        for (var rows : rows(integration, language)) {
            var replica =
                    own.findAll(rows.stream().map(row -> id(row)).distinct().toList());
            for (var row : rows) {
                var stored = replica.get(id(row));
                var differing = differing(row, stored == null ? new Document() : stored.value(), collection);
                if (!differing.fields().isEmpty()) {
                    var text = ReplicaText.of(collection, id(row), language, differing);
                    texts.put(text.id(), text);
                }
            }
        }
        var kept = held.documents(ReplicaText.TYPE);
        var unused = kept.upsertAll(List.copyOf(texts.values()));
        removeOthers(kept, of(collection, language), texts.keySet());
        return texts.size();
    }

    private static String id(Document row) {
        return row.text(Replicas.ID).orElseThrow();
    }

    private static Document differing(Document row, Document replica, String collection) {
        var differing = new Document();
        for (var field : Objects.requireNonNull(ReplicaText.FIELDS.get(collection))) {
            row.text(field)
                    .filter(text -> !replica.text(field).equals(Optional.of(text)))
                    .ifPresent(text -> differing.put(field, text));
        }
        return differing;
    }

    private static void removeOthers(Documents<ReplicaText> kept, Condition where, Set<String> texts) {
        var gone = new ArrayList<Stored<ReplicaText>>();
        String after = null;
        do {
            var page = kept.list(Query.where(where).limit(CHUNK).after(after));
            page.items().stream()
                    .filter(stored -> !texts.contains(stored.key()))
                    .forEach(gone::add);
            after = page.next();
        } while (after != null);
        gone.forEach(stored -> {
            var unused = kept.remove(stored.key(), stored.rev());
        });
    }

    /** All rows of an integration's set in a language as documents, in portions. */
    private List<List<Document>> rows(Integration integration, String language) {
        var service = context.sap().service(integration);
        var mapping = service.mapping(integration);
        var filter = integration.reading().filter();
        var portions = new ArrayList<List<Document>>();
        var target =
                PageRequest.target(integration.mapping().entitySet(), mapping.select(), filter == null ? "" : filter);
        for (int pages = 0; ; pages++) {
            cancellation.check();
            if (pages == PAGES_MAX) {
                throw InboundProblem.INBOUND_DEFECT.because("%s has more than %d pages"
                        .formatted(integration.mapping().entitySet(), PAGES_MAX));
            }
            var documents = new ArrayList<Document>();
            var page = service.read(
                    new PageRequest(in(target, language), CHUNK, false, mapping.type()), new Texts(mapping, documents));
            for (int from = 0; from < documents.size(); from += CHUNK) {
                portions.add(documents.subList(from, Math.min(documents.size(), from + CHUNK)));
            }
            if (page.next().isEmpty()) {
                return portions;
            }
            target = page.next().get();
        }
    }

    /** SAP repeats the parameter in its links or not. */
    private static String in(String target, String language) {
        return target.contains("sap-language=")
                ? target
                : target + (target.contains("?") ? "&" : "?") + "sap-language=" + language;
    }

    /** Takes the rows that can be read; the load has told of the others. */
    private record Texts(RowMapping mapping, List<Document> documents) implements Row.Sink {
        @Override
        public void row(Row row) {
            try {
                documents.add(mapping.document(row));
            } catch (Failure unfit) {
                LOG.log(Level.DEBUG, "a row without texts: {0}", unfit.line());
            }
        }

        @Override
        public void unreadable(Row.Unreadable row) {
            LOG.log(Level.DEBUG, "a row without texts: {0}", row.text());
        }
    }

    /** Waits for the end, which the cancellation brought about. */
    @Override
    public void close() {
        try {
            if (!thread.join(SHUTDOWN_PATIENCE)) {
                LOG.log(Level.WARNING, "SAP still answers; the texts are read again after the next start");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
