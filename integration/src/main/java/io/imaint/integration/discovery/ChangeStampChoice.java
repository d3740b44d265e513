package io.imaint.integration.discovery;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The property by which a set's changes are found, and what makes it doubtful.
 *
 * <p>A change stamp is a date or time whose name or label says that the row was changed then, and by which SAP filters.
 * Drafts have one of their own, which is null for active rows, a creation date never moves, and one of a status or a price
 * misses all other changes: none of these is chosen. Among the others, one of the whole row is better than one that may be
 * of a part of it, SAP's own ETag better than others, a time of day better than a day, a name better than a label, and one
 * that is never null better than one that may be.
 *
 * @param stamp empty when the set has none that can be used
 * @param reason why it is the one, or that there is none
 * @param notes what to know about it, or why there is none
 */
record ChangeStampChoice(Optional<EdmProperty> stamp, String reason, List<String> notes) {
    /** Names are compared in small letters without underscores. {@code ExchangeDate} is none. */
    private static final Pattern CHANGE = Pattern.compile("aedat|aedtm|laeda|laedat|aenderdat|upddat|chdat"
            + "|(?<part>.*?)(?<!ex)(last)?(chang(e|ed)|chgd?|modified|modification|updat(e|ed)|updtd)"
            + "(?=.)(at|on)?(utc|local)?(date|dte|dat)?(time|tme)?(stamp|tstmp)?(utc)?"
            + "|(?<whole>.*?)last(chang(e|ed)|modified|modification|updat(e|ed))|changed|updated|modified");

    private static final Pattern CHANGE_LABEL = Pattern.compile(
            ".*(last change|changed (on|at)|change date|change time|last modif|last update|geändert am).*");

    private static final Pattern CREATION = Pattern.compile("erdat|ersda|erfdat|.*(creat(e|ed|ion)|crtn|crted?).*");

    /** Names that a label such as {@code Changed On} does not outweigh: they tell of another event or of a period. */
    private static final Pattern OTHER_EVENT =
            Pattern.compile(".*(valid|valdt|start|strt|begin|due|cmplt|complet|clos|posti|deliv|releas|delet).*");

    /** What has a life of its own within a row. */
    private static final Set<String> PARTS = Set.of(
            "status",
            "sts",
            "stat",
            "price",
            "text",
            "approval",
            "apprvl",
            "decision",
            "dcsn",
            "usage",
            "usge",
            "phase",
            "phse",
            "session",
            "number");

    private static final int WORD_LENGTH_MIN = 3;

    /** Words that say when and not what. */
    private static final Set<String> TIME_WORDS = Set.of("date", "dte", "time", "tme", "day");

    /** What a part of all properties this large begins with is the area of the row, such as legal contents, and no part of it. */
    private static final int SHARE_OF_AREA = 3;

    /** Services that pass on the fields of a table have texts and numbers instead. */
    private static final List<EdmKind> TIMES = List.of(EdmKind.DATE_TIME, EdmKind.DATE_TIME_OFFSET);

    ChangeStampChoice {
        notes = List.copyOf(notes);
    }

    static ChangeStampChoice of(EntitySet set) {
        var properties = set.type().properties();
        var changes = properties.stream()
                .filter(property -> saysChange(set, property))
                .toList();
        var chosen = changes.stream()
                .filter(property -> TIMES.contains(property.kind()) && property.comparable())
                .filter(property -> !ofDraft(property) && !ofCreation(property))
                .filter(property -> partOf(set, property).stream().noneMatch(PARTS::contains))
                .min(Comparator.comparing((EdmProperty property) -> ofPart(set, property))
                        .thenComparing(property -> !isEtag(set, property))
                        .thenComparing(EdmProperty::date)
                        .thenComparing(property -> !named(property))
                        .thenComparing(EdmProperty::nullable));
        return new ChangeStampChoice(
                chosen,
                chosen.map(stamp -> reason(set, stamp)).orElse("none"),
                chosen.map(stamp -> doubts(set, stamp)).orElseGet(() -> obstacles(set, changes)));
    }

    private static String reason(EntitySet set, EdmProperty stamp) {
        var said = named(stamp)
                ? "its name says that the row was changed then"
                : labelled(stamp)
                        ? "its label '%s' says that the row was changed then".formatted(stamp.label())
                        : "it is a time";
        return "%s: %s%s, and SAP filters by ranges of it"
                .formatted(
                        stamp.name(),
                        said,
                        isEtag(set, stamp)
                                ? ", SAP compares it before it changes a row (ETag), so each change moves it"
                                : "");
    }

    private static List<String> doubts(EntitySet set, EdmProperty stamp) {
        var doubts = new ArrayList<String>();
        if (stamp.nullable()) {
            doubts.add(
                    "%s may be null: changes of rows without it are found only when contents are compared (inbound-contents-every)"
                            .formatted(stamp.name()));
        }
        if (ofPart(set, stamp)) {
            doubts.add("%s may tell only of changes to a part of the row; compare contents before you rely on it"
                    .formatted(stamp.name()));
        }
        if (stamp.date()) {
            var time = set.type().properties().stream()
                    .filter(property -> property.kind() == EdmKind.TIME && named(property))
                    .map(EdmProperty::name)
                    .findFirst();
            doubts.add("%s is a day without a time%s: the rows of the last day are read again each time"
                    .formatted(
                            stamp.name(),
                            time.map(" (which is in %s, where ranges of both cannot be asked for)"::formatted)
                                    .orElse("")));
        }
        return doubts;
    }

    /** Why what looks like a change stamp is not used, one reason for each property. */
    private static List<String> obstacles(EntitySet set, List<EdmProperty> changes) {
        var obstacles = new ArrayList<String>();
        for (var property : changes) {
            if (ofDraft(property) || !ofCreation(property)) {
                obstacles.add("%s is not used as change stamp: %s".formatted(property.name(), obstacle(set, property)));
            }
        }
        set.type().properties().stream()
                .filter(property -> ofCreation(property) && !ofDraft(property) && property.comparable())
                .filter(property -> TIMES.contains(property.kind()))
                .findFirst()
                .ifPresent(property -> obstacles.add(
                        "%1$s is not used as change stamp: it tells when a row was created; if rows never change, set \"delta\" to \"stamp\" and \"changeStamp\" to \"%1$s\""
                                .formatted(property.name())));
        return obstacles;
    }

    private static String obstacle(EntitySet set, EdmProperty property) {
        if (ofDraft(property)) {
            return "it belongs to drafts and is null for active rows";
        }
        if (property.kind() == EdmKind.TIME) {
            return "it is a time of day without its day";
        }
        if (!TIMES.contains(property.kind())) {
            return "it is %s, neither date nor time".formatted(property.typeName());
        }
        return property.comparable()
                ? "it tells only of changes to a part of the row (%s)"
                        .formatted(String.join(" ", partOf(set, property)))
                : "SAP does not filter by ranges of it";
    }

    private static boolean saysChange(EntitySet set, EdmProperty property) {
        boolean flag = property.kind() == EdmKind.BOOLEAN || property.kind() == EdmKind.BYTE;
        boolean time = TIMES.contains(property.kind());
        return (named(property) && !flag) || (time && (labelled(property) || isEtag(set, property)));
    }

    /** Labels are copied from other fields, so what the name says of another event counts more. */
    private static boolean labelled(EdmProperty property) {
        return CHANGE_LABEL.matcher(property.label().toLowerCase(Locale.ROOT)).matches()
                && !OTHER_EVENT.matcher(plain(property)).matches();
    }

    private static boolean isEtag(EntitySet set, EdmProperty property) {
        return property.name().equals(set.type().traits().etag());
    }

    private static boolean named(EdmProperty property) {
        return CHANGE.matcher(plain(property)).matches();
    }

    private static boolean ofDraft(EdmProperty property) {
        return plain(property).startsWith("draft")
                || property.label().toLowerCase(Locale.ROOT).contains("draft");
    }

    private static boolean ofCreation(EdmProperty property) {
        return CREATION.matcher(plain(property)).matches();
    }

    private static boolean ofPart(EntitySet set, EdmProperty property) {
        return !partOf(set, property).isEmpty();
    }

    /**
     * The words before the change that name something else than the set: that of {@code PriceChangedAt} does, and in a set
     * of maintenance orders those of {@code MaintOrdLastChangeDate} do not.
     */
    private static List<String> partOf(EntitySet set, EdmProperty property) {
        var matcher = CHANGE.matcher(plain(property));
        if (!matcher.matches()) {
            return List.of();
        }
        var part = matcher.group("part") == null ? matcher.group("whole") : matcher.group("part");
        if (part == null || part.isEmpty()) {
            return List.of();
        }
        var properties = set.type().properties();
        long alike = properties.stream()
                .filter(other -> plain(other).startsWith(part))
                .count();
        boolean area = alike > 1 && alike * SHARE_OF_AREA >= properties.size();
        var foreign = new ArrayList<String>();
        var own = new ArrayList<>(FieldNames.Tokenizer.of(set.name()).lower());
        own.addAll(FieldNames.Tokenizer.of(set.type().name()).lower());
        set.type().keys().forEach(key -> own.addAll(FieldNames.Tokenizer.of(key).lower()));
        int length = 0;
        for (var word : FieldNames.Tokenizer.of(property.name()).lower()) {
            if (length >= part.length()) {
                break;
            }
            length += word.length();
            boolean says = word.length() >= WORD_LENGTH_MIN && !TIME_WORDS.contains(word);
            boolean known = area && !PARTS.contains(word);
            if (says && !known && own.stream().noneMatch(other -> same(word, other))) {
                foreign.add(word);
            }
        }
        return foreign;
    }

    /**
     * Whether one of two words may abbreviate the other, as {@code qlty} does quality: same first letter, the others in
     * order. A letter or two, such as the A of A_Equipment, say nothing.
     */
    private static boolean same(String one, String other) {
        if (one.length() > other.length()) {
            return same(other, one);
        }
        if (one.length() < WORD_LENGTH_MIN || one.charAt(0) != other.charAt(0)) {
            return false;
        }
        int found = 0;
        for (int i = 0; i < other.length() && found < one.length(); i++) {
            found += one.charAt(found) == other.charAt(i) ? 1 : 0;
        }
        return found == one.length();
    }

    private static String plain(EdmProperty property) {
        return property.name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
