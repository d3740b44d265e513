package io.imaint.gateway.edge;

import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a web ACL in the shape of AWS WAFv2: what its operation CreateWebACL takes, and beside it {@code IPSets}, a list of what
 * CreateIPSet takes. Each set may have {@code Entries}, which say for an address who answers for it. Rules refer to a set by its name, or by an ARN that
 * ends with {@code /ipset/NAME/ID}.
 */
final class WebAclReader {
    private static final JsonMapper JSON = new JsonMapper();

    /** AWS's own limit of addresses in a set. */
    static final int ADDRESSES_MAX = 10_000;

    /** Statements within statements; AWS allows few. */
    private static final int DEPTH_MAX = 10;

    private final List<Finding> findings = new ArrayList<>();
    private final SequencedMap<String, WebAcl.IpSet> sets = new LinkedHashMap<>();
    private final Map<String, AddressSet> addresses = new HashMap<>();

    private WebAclReader() {}

    /**
     * What was read.
     *
     * @param acl empty when anything is wrong
     */
    record Reading(Optional<WebAcl> acl, List<Finding> findings) {}

    static Reading read(byte[] file) {
        var reader = new WebAclReader();
        try {
            var acl = reader.acl(JSON.readTree(file));
            return new Reading(reader.findings.isEmpty() ? Optional.of(acl) : Optional.empty(), reader.findings);
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            var line = at == null ? "" : " (line %d)".formatted(at.getLineNr());
            return new Reading(
                    Optional.empty(),
                    List.of(new Finding("", "is no JSON" + line + ": " + broken.getOriginalMessage())));
        }
    }

    private WebAcl acl(JsonNode root) {
        if (!root.isObject()) {
            report("", "must be an object with DefaultAction, Rules and IPSets");
            return WebAcl.OPEN;
        }
        int index = 0;
        for (var set : root.path("IPSets")) {
            set(set, "/IPSets/" + index++);
        }
        var rules = new ArrayList<WebAcl.Rule>();
        index = 0;
        for (var rule : root.path("Rules")) {
            rules.add(rule(rule, "/Rules/" + index++));
        }
        rules.sort(Comparator.comparingInt(WebAcl.Rule::priority));
        unique(rules);
        var action = root.path("DefaultAction");
        if (action.has("Allow") == action.has("Block")) {
            report("/DefaultAction", "must have either 'Allow' or 'Block'");
        }
        return new WebAcl(root.path("Name").asString(""), action.has("Block"), List.copyOf(rules), Map.copyOf(sets));
    }

    private void unique(List<WebAcl.Rule> rules) {
        var priorities = new HashSet<Integer>();
        var names = new HashSet<String>();
        for (var rule : rules) {
            if (!priorities.add(rule.priority())) {
                report(
                        "/Rules",
                        "has two rules of priority %d; their order would be chance".formatted(rule.priority()));
            }
            if (!names.add(rule.name())) {
                report("/Rules", "has two rules named '%s'".formatted(rule.name()));
            }
        }
    }

    private void set(JsonNode set, String at) {
        var name = set.path("Name").asString("");
        if (name.isEmpty() || sets.containsKey(name)) {
            report(at + "/Name", "must be a name that no other set has");
        }
        var version = set.path("IPAddressVersion").asString("");
        if (!version.equals("IPV4") && !version.equals("IPV6")) {
            report(at + "/IPAddressVersion", "must be IPV4 or IPV6");
        }
        int wanted = version.equals("IPV6") ? 6 : 4;
        var blocks = new ArrayList<AddressSet.Block>();
        int index = 0;
        for (var one : set.path("Addresses")) {
            var text = one.asString("");
            var place = "%s/Addresses/%d".formatted(at, index++);
            var block = AddressSet.block(text).filter(found -> text.indexOf('/') > 0);
            if (block.isEmpty() || block.get().version() != wanted) {
                report(
                        place,
                        "is '%s' but must be an IPv%d block such as %s"
                                .formatted(text, wanted, wanted == 4 ? "203.0.113.7/32" : "2001:db8::7/128"));
            }
            block.ifPresent(blocks::add);
        }
        if (blocks.size() > ADDRESSES_MAX) {
            report(at + "/Addresses", "has %d addresses but may have %d".formatted(blocks.size(), ADDRESSES_MAX));
        }
        var entries = new LinkedHashMap<String, WebAcl.Entry>();
        set.path("Entries").properties().forEach(entry -> entries.put(entry.getKey(), entry(entry.getValue())));
        sets.put(name, new WebAcl.IpSet(name, set.path("Description").asString(""), wanted, blocks, entries));
        addresses.put(name, new AddressSet(blocks));
    }

    private static WebAcl.Entry entry(JsonNode entry) {
        return new WebAcl.Entry(
                entry.path("Owner").asString(""),
                entry.path("Date").asString(""),
                entry.path("Justification").asString(""));
    }

    private WebAcl.Rule rule(JsonNode rule, String at) {
        var name = rule.path("Name").asString("");
        if (name.isEmpty()) {
            report(at + "/Name", "is missing");
        }
        if (!rule.path("Priority").isIntegralNumber()) {
            report(at + "/Priority", "must be a whole number");
        }
        var action = rule.path("Action");
        var kinds =
                List.of("Allow", "Block", "Count").stream().filter(action::has).toList();
        if (kinds.size() != 1) {
            report(at + "/Action", "must have one of 'Allow', 'Block' and 'Count'");
        }
        var kind = kinds.isEmpty()
                ? WebAcl.Action.BLOCK
                : WebAcl.Action.valueOf(kinds.getFirst().toUpperCase(java.util.Locale.ROOT));
        int status =
                action.path("Block").path("CustomResponse").path("ResponseCode").asInt(WebAcl.FORBIDDEN);
        if (status < 400 || status > 599) {
            report(at + "/Action/Block/CustomResponse/ResponseCode", "must be a status from 400 to 599");
        }
        return new WebAcl.Rule(
                name,
                rule.path("Priority").asInt(0),
                statement(rule.path("Statement"), at + "/Statement", 0),
                kind,
                status);
    }

    private Statement statement(JsonNode statement, String at, int depth) {
        if (statement.isMissingNode() || statement.isEmpty()) {
            return new Statement.Everything();
        }
        var kind = statement.propertyNames().iterator().next();
        var content = statement.path(kind);
        var place = at + "/" + kind;
        if (statement.size() > 1 || depth > DEPTH_MAX) {
            report(at, "must be one statement, at most %d deep".formatted(DEPTH_MAX));
        }
        return switch (kind) {
            case "IPSetReferenceStatement" -> inSet(content, place);
            case "ByteMatchStatement" -> path(content, place);
            case "NotStatement" ->
                new Statement.Not(statement(content.path("Statement"), place + "/Statement", depth + 1));
            case "AndStatement" -> new Statement.And(statements(content, place, depth));
            case "OrStatement" -> new Statement.Or(statements(content, place, depth));
            default -> {
                report(
                        place,
                        "is not known here; IPSetReferenceStatement, ByteMatchStatement, NotStatement, AndStatement and OrStatement are");
                yield new Statement.Everything();
            }
        };
    }

    private List<Statement> statements(JsonNode content, String place, int depth) {
        var parts = new ArrayList<Statement>();
        int index = 0;
        for (var part : content.path("Statements")) {
            parts.add(statement(part, "%s/Statements/%d".formatted(place, index++), depth + 1));
        }
        if (parts.size() < 2) {
            report(place + "/Statements", "must have two or more");
        }
        return List.copyOf(parts);
    }

    private Statement inSet(JsonNode content, String place) {
        var arn = content.path("ARN").asString("");
        var parts = arn.split("/");
        int ipset = List.of(parts).indexOf("ipset");
        var name = ipset >= 0 && ipset + 1 < parts.length ? parts[ipset + 1] : arn;
        var known = addresses.get(name);
        if (known == null) {
            report(place + "/ARN", "is '%s', and IPSets has no set of that name".formatted(arn));
        }
        var forwarded = content.path("IPSetForwardedIPConfig");
        return new Statement.InSet(
                name,
                known == null ? new AddressSet(List.of()) : known,
                forwarded.isMissingNode() ? null : forwarded(forwarded, place + "/IPSetForwardedIPConfig"));
    }

    private Statement.Forwarded forwarded(JsonNode config, String place) {
        var position = config.path("Position").asString("FIRST");
        if (!List.of("FIRST", "LAST", "ANY").contains(position)) {
            report(place + "/Position", "must be FIRST, LAST or ANY");
            position = "FIRST";
        }
        return new Statement.Forwarded(
                config.path("HeaderName").asString("X-Forwarded-For"),
                Statement.Forwarded.Position.valueOf(position),
                config.path("FallbackBehavior").asString("NO_MATCH").equals("MATCH"));
    }

    private Statement path(JsonNode content, String place) {
        if (!content.path("FieldToMatch").has("UriPath")) {
            report(place + "/FieldToMatch", "must be UriPath");
        }
        var constraint = content.path("PositionalConstraint").asString("");
        if (!List.of("EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS").contains(constraint)) {
            report(place + "/PositionalConstraint", "must be EXACTLY, STARTS_WITH, ENDS_WITH or CONTAINS");
            constraint = "EXACTLY";
        }
        return new Statement.PathIs(
                content.path("SearchString").asString(""), Statement.PathIs.Constraint.valueOf(constraint));
    }

    private void report(String pointer, String reason) {
        findings.add(new Finding(pointer, reason));
    }
}
