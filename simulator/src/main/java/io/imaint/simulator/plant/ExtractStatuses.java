package io.imaint.simulator.plant;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statuses of an extract's objects: those JEST names if it is there, else what the object's own fields tell. */
final class ExtractStatuses {
    private static final int LENGTH_MAX = 100;

    private final ExtractTable set;
    private final ExtractTable texts;
    /** The place of each known status in what SAP shows; others follow in the order of their numbers. */
    private final Map<String, Integer> ranks = new HashMap<>();

    private final Map<String, String> known = new HashMap<>();

    ExtractStatuses(ExtractTable jest, ExtractTable tj02t) {
        this.set = jest;
        this.texts = tj02t;
        for (String[] line : Tables.lines("statuses", ";")) {
            ranks.put(line[0], ranks.size());
            known.put(line[0], line[1]);
        }
    }

    /** The active statuses of an object as SAP shows them, or null if JEST has none of it. */
    @Nullable
    String of(String objectNumber) {
        KeyOrder order = set.order();
        List<String> active = new ArrayList<>();
        if (order.find(objectNumber) < 0) {
            return null;
        }
        for (int place = order.seek(List.of(objectNumber)); order.matches(place, objectNumber); place++) {
            String status = set.text("STAT", order.row(place));
            // User statuses (E…) belong to a status profile, whose texts an extract does not hold.
            if (status.startsWith("I") && set.text("INACT", order.row(place)).isEmpty()) {
                active.add(status);
            }
        }
        active.sort((one, other) -> {
            int byRank = Integer.compare(rank(one), rank(other));
            return byRank != 0 ? byRank : one.compareTo(other);
        });
        StringBuilder shown = new StringBuilder();
        for (String status : active) {
            String text = text(status);
            if (shown.length() + 1 + text.length() <= LENGTH_MAX) {
                shown.append(shown.isEmpty() ? "" : " ").append(text);
            }
        }
        return shown.isEmpty() ? null : shown.toString();
    }

    private int rank(String status) {
        return ranks.getOrDefault(status, Integer.MAX_VALUE);
    }

    private String text(String status) {
        int row = Texts.row(texts, status);
        String text = texts.text("TXT04", row);
        return text.isEmpty() ? known.getOrDefault(status, status) : text;
    }

    /** An order's statuses by its phase and dates. */
    static String ofOrder(
            ExtractTable order, int row, ExtractTable head, int headRow, ExtractTable dates, int datesRow) {
        String phase = head.text("IPHAS", headRow);
        String stage;
        if (order.at("IDAT3", row) != null || phase.equals("6")) {
            stage = "CLSD";
        } else if (order.at("IDAT2", row) != null || phase.equals("3")) {
            stage = "TECO";
        } else if (order.at("IDAT1", row) != null || phase.equals("2")) {
            stage = "REL";
        } else {
            stage = "CRTD";
        }
        if (stage.equals("REL") && dates.at("GSTRI", datesRow) instanceof LocalDate) {
            stage = dates.at("GETRI", datesRow) == null ? "REL PCNF" : "REL CNF";
        }
        boolean deleted = !order.text("LOEKZ", row).isEmpty() || phase.equals("4");
        return deleted ? stage + " DLFL" : stage;
    }

    /** A notification's statuses by its phase: 1 outstanding, 2 postponed, 3 in process, 4 completed, 5 to be deleted. */
    static String ofNotification(ExtractTable notification, int row) {
        String phase = notification.text("PHASE", row);
        String stage = switch (phase) {
            case "2" -> "NOPO";
            case "3" -> "NOPR";
            case "4" -> "NOCO";
            default -> "OSNO";
        };
        String assigned = notification.text("AUFNR", row).isEmpty() ? stage : stage + " ORAS";
        boolean deleted = !notification.text("KZLOESCH", row).isEmpty() || phase.equals("5");
        return deleted ? assigned + " DLFL" : assigned;
    }
}
