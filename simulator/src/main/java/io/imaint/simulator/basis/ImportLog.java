package io.imaint.simulator.basis;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The log of one import, in the manner of tp: a level, a severity and the text on each line. */
final class ImportLog {
    static final int OK = 0;
    static final int WARNING = 4;
    static final int ERROR = 8;
    static final int FATAL = 12;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();
    private int returnCode = OK;

    ImportLog(RequestName request, String sid, String client, Instant start) {
        lines.add("1 ETP199X######################################");
        lines.add("1 ETP183 IMPORT OF TRANSPORT REQUEST");
        lines.add("1 ETP101 transport order     : \"%s\"".formatted(request));
        lines.add("1 ETP102 system              : \"%s\"".formatted(sid));
        lines.add("1 ETP103 client              : \"%s\"".formatted(client));
        lines.add("1 ETP107 start time (UTC)    : \"%s\"".formatted(TIME.format(start)));
    }

    void info(String text) {
        lines.add("3  TP000 " + text);
    }

    void add(int code, String text) {
        lines.add((code >= ERROR ? "2EETP0%02d " : "2WETP0%02d ").formatted(code) + text);
        returnCode = Math.max(returnCode, code);
    }

    boolean failed() {
        return returnCode >= ERROR;
    }

    int returnCode() {
        return returnCode;
    }

    List<String> finish(Instant end) {
        lines.add("1 ETP110 end time (UTC)      : \"%s\"".formatted(TIME.format(end)));
        lines.add("1 ETP111 exit code           : \"%d\"".formatted(returnCode));
        lines.add("1 ETP199 ######################################");
        return List.copyOf(lines);
    }
}
