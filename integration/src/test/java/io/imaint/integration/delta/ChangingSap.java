package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.Entity;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataChange;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataService;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One set of a SAP system whose rows come, change and go, and that tracks this for one subscriber as SAP does: the token
 * is taken before the first row and told with the last page; a tracked read closes the tokens before it.
 */
final class ChangingSap implements ODataService {
    /** Where the token of a read is told. */
    enum Telling {
        LAST_PAGE,
        LINKS,
        LINKS_OF_OTHERS_TOO,
        NOWHERE
    }

    private static final Pattern TERM = Pattern.compile("(\\w+) eq '([^']*)'");
    private static final Pattern ADDRESS = Pattern.compile("^\\w+\\('([^']*)'\\)");
    private static final Pattern BOUND = Pattern.compile("(\\w+) (lt|ge) '([^']*)'");
    private static final Pattern SINCE = Pattern.compile("(\\w+) ge (datetimeoffset'[^']*')");

    private final Metadata metadata;
    private final EntityType type;
    private final String set;
    private final List<String> keys;
    private final String stamp;
    private final InstantSource clock;
    private final TreeMap<String, Map<String, Object>> rows = new TreeMap<>();
    private final List<String> log = new ArrayList<>();
    private final Set<Integer> tokens = new HashSet<>();
    private final Set<String> poisoned = new HashSet<>();
    private final List<DeltaLink.Open> links = new ArrayList<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Runnable> beforeRequests = new HashMap<>();
    private Telling telling = Telling.LAST_PAGE;
    private boolean expired;
    private boolean refusesKeyFilters;
    private Addresses addresses = Addresses.SERVED;

    /** What comes of the address of a row. */
    enum Addresses {
        SERVED,
        REFUSED,
        NEVER_FOUND
    }

    ChangingSap(Integration integration, Metadata metadata, InstantSource clock) {
        this.metadata = metadata;
        this.set = integration.mapping().entitySet();
        this.type = metadata.set(set).orElseThrow().type();
        this.keys = integration.mapping().keys();
        this.stamp = Objects.requireNonNullElse(integration.reading().changeStamp(), "");
        this.clock = clock;
    }

    /** Creates or changes a row; its stamp is SAP's time. */
    synchronized void put(String key, String property, String value) {
        putAt(key, property, value, clock.instant());
    }

    synchronized void putAt(String key, String property, String value, Instant at) {
        var row = new HashMap<>(rows.getOrDefault(key, Map.of()));
        for (int i = 0; i < keys.size(); i++) {
            row.put(keys.get(i), key.split("/", -1)[i]);
        }
        row.put(property, value);
        row.put(stamp, at);
        rows.put(key, row);
        log.add(key);
    }

    synchronized void remove(String key) {
        rows.remove(key);
        log.add(key);
    }

    /** Forgets a row without telling anybody, as when an authorisation is taken away. */
    synchronized void hideAll() {
        rows.clear();
    }

    synchronized void poison(String key) {
        poisoned.add(key);
        log.add(key);
    }

    synchronized void cure(String key) {
        poisoned.remove(key);
        log.add(key);
    }

    synchronized void expire() {
        tokens.clear();
        links.clear();
        expired = true;
    }

    /** Refuses to filter by keys, as it does for keys that are not filterable. */
    synchronized void refuseKeyFilters(Addresses served) {
        refusesKeyFilters = true;
        addresses = served;
    }

    synchronized void tell(Telling where) {
        telling = where;
    }

    /** Something that happens in SAP right before the n-th request from now. */
    synchronized void before(int request, Runnable happening) {
        beforeRequests.put(requests.size() + request, happening);
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    void forget() {
        requests.clear();
    }

    synchronized Map<String, Map<String, Object>> rows() {
        return new LinkedHashMap<>(rows);
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }

    @Override
    public synchronized List<DeltaLink.Open> deltaLinks(String entitySet) {
        requests.add("DeltaLinksOf" + entitySet);
        return links.reversed();
    }

    @Override
    public long count(String target) {
        return rows.size();
    }

    @Override
    public Optional<Entity> entity(String target, EntityType asked) {
        throw new AssertionError("inbound reads pages");
    }

    @Override
    public ODataAnswer change(ODataChange change) {
        throw new AssertionError("inbound changes nothing");
    }

    @Override
    public void ping() {
        throw new AssertionError("inbound reads");
    }

    @Override
    public ODataService at(String servicePath) {
        throw new AssertionError("there is no " + servicePath);
    }

    @Override
    public void close() {}

    @Override
    public synchronized PageRead read(PageRequest request, Row.Sink sink) {
        requests.add(request.target());
        var happening = beforeRequests.get(requests.size());
        if (happening != null) {
            happening.run();
        }
        var address = ADDRESS.matcher(request.target());
        if (address.find()) {
            return byAddress(address.group(1), sink);
        }
        var query = parameters(request.target());
        if (refusesKeyFilters && TERM.matcher(query.getOrDefault("$filter", "")).find()) {
            throw ODataProblem.SAP_REQUEST_REFUSED.because(request.target());
        }
        int size = request.pageSizeMax();
        var token = DeltaLink.of(request.target());
        if (token.isPresent()) {
            int from = Integer.parseInt(token.get().token());
            if (expired || !tokens.contains(from)) {
                throw ODataProblem.SAP_DELTA_TOKEN_EXPIRED.because("token " + from);
            }
            return changes(from, log.size(), from, size, sink);
        }
        var skip = query.get("$skiptoken");
        if (skip != null && skip.startsWith("C")) {
            var parts = skip.split(",", -1);
            return changes(
                    Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), size, sink);
        }
        return rows(request, query, skip, sink);
    }

    private PageRead byAddress(String key, Row.Sink sink) {
        var row = rows.get(key);
        if (addresses == Addresses.REFUSED) {
            throw ODataProblem.SAP_FAILED.because("not implemented");
        }
        if (addresses == Addresses.NEVER_FOUND || row == null) {
            throw ODataProblem.SAP_NOT_FOUND.because(key);
        }
        sink.row(row(type, row));
        return page(1, 0, 0, Optional.empty(), Optional.empty());
    }

    private PageRead rows(PageRequest request, Map<String, String> query, @Nullable String skip, Row.Sink sink) {
        var filter = query.getOrDefault("$filter", "");
        var select = query.get("$select");
        int tracked =
                skip == null ? (request.trackChanges() ? log.size() : -1) : Integer.parseInt(skip.split(",", 3)[1]);
        var after = skip == null ? "" : skip.split(",", 3)[2];
        int sent = 0;
        int bad = 0;
        String last = after;
        for (var entry : rows.tailMap(after, false).entrySet()) {
            if (!fulfils(entry.getValue(), filter)) {
                continue;
            }
            if (sent + bad == request.pageSizeMax()) {
                var next = "%s?$select=%s&$filter=%s&$skiptoken=R,%d,%s"
                        .formatted(set, select, Literals.encoded(filter), tracked, last);
                return page(sent, 0, bad, Optional.of(next), Optional.empty());
            }
            last = entry.getKey();
            if (tell(
                    entry.getKey(),
                    entry.getValue(),
                    select == null ? Set.of() : Set.of(select.split(",", -1)),
                    sink)) {
                sent++;
            } else {
                bad++;
            }
        }
        return page(sent, 0, bad, Optional.empty(), tracked < 0 ? Optional.empty() : issued(tracked, true));
    }

    private boolean tell(String key, Map<String, Object> values, Set<String> select, Row.Sink sink) {
        boolean keysOnly = select.size() <= keys.size() + 1;
        if (poisoned.contains(key) && !keysOnly) {
            var known = new HashMap<String, String>();
            keys.forEach(name -> known.put(name, String.valueOf(values.get(name))));
            sink.unreadable(new Row.Unreadable(known, "PLTXT", "#", "it is poisoned"));
            return false;
        }
        sink.row(row(type, values));
        return true;
    }

    private PageRead changes(int from, int to, int at, int size, Row.Sink sink) {
        var last = new LinkedHashMap<String, Integer>();
        for (int i = from; i < to; i++) {
            last.put(log.get(i), i);
        }
        int sent = 0;
        int gone = 0;
        int bad = 0;
        for (int i = at; i < to; i++) {
            var key = log.get(i);
            if (last.getOrDefault(key, -1) != i) {
                continue;
            }
            if (sent + gone + bad == size) {
                return page(
                        sent,
                        gone,
                        bad,
                        Optional.of("%s?$skiptoken=C,%d,%d,%d".formatted(set, from, to, i)),
                        Optional.empty());
            }
            var row = rows.get(key);
            if (row == null) {
                var values = new HashMap<String, Object>();
                for (int k = 0; k < keys.size(); k++) {
                    values.put(keys.get(k), key.split("/", -1)[k]);
                }
                sink.deleted(row(type, values));
                gone++;
            } else if (tell(key, row, Set.of("a", "b", "c", "d", "e"), sink)) {
                sent++;
            } else {
                bad++;
            }
        }
        return page(sent, gone, bad, Optional.empty(), issued(to, false));
    }

    private Optional<String> issued(int token, boolean initial) {
        if (initial) {
            tokens.clear();
            links.clear();
            expired = false;
        }
        if (telling == Telling.NOWHERE) {
            return Optional.empty();
        }
        tokens.add(token);
        var link = new DeltaLink(set, Integer.toString(token));
        links.add(new DeltaLink.Open(link, Optional.of(clock.instant()), initial));
        if (telling == Telling.LINKS_OF_OTHERS_TOO) {
            var other = new DeltaLink(set, Integer.toString(log.size() + 1_000));
            links.add(new DeltaLink.Open(other, Optional.of(clock.instant().plusSeconds(5)), initial));
        }
        return telling != Telling.LAST_PAGE
                ? Optional.empty()
                : Optional.of("%s?!deltatoken='%d'".formatted(set, token));
    }

    private boolean fulfils(Map<String, Object> row, String filter) {
        var since = SINCE.matcher(filter);
        if (since.find()) {
            var at = (Instant)
                    Literals.parse(EdmKind.DATE_TIME_OFFSET, since.group(2)).orElseThrow();
            return row.get(since.group(1)) instanceof Instant stamped && !stamped.isBefore(at);
        }
        if (filter.isEmpty()) {
            return true;
        }
        if (BOUND.matcher(filter).find()) {
            return BOUND.matcher(filter).results().allMatch(bound -> {
                int order = String.valueOf(row.get(bound.group(1))).compareTo(bound.group(3));
                return bound.group(2).equals("lt") ? order < 0 : order >= 0;
            });
        }
        for (var term : filter.split(" or ", -1)) {
            var matcher = TERM.matcher(term);
            boolean all = true;
            while (matcher.find()) {
                all &= matcher.group(2).equals(row.get(matcher.group(1)));
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private PageRead page(int sent, int gone, int bad, Optional<String> next, Optional<String> delta) {
        var told = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        return new PageRead(sent, gone, bad, next, delta, OptionalLong.empty(), 0, true, Optional.of(told));
    }

    private static Map<String, String> parameters(String target) {
        var parameters = new HashMap<String, String>();
        for (var part : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static Row row(EntityType type, Map<String, Object> values) {
        var row = new Row(type);
        values.forEach((name, value) -> {
            if (type.place(name) >= 0) {
                row.put(type.place(name), value);
            }
        });
        return row;
    }
}
