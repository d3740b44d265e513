package io.imaint.gateway.bundle;

import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlElement;
import io.imaint.gateway.model.XmlInvalid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a file of two bundles differs.
 *
 * @param unified the lines that differ, in the unified form; of binary files empty
 */
public record FileDiff(String path, Kind kind, String unified) {
    /** What happened to it. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED,
        /** An XML file says the same; only blanks, comments or the form of text differ. */
        REFORMATTED
    }

    static FileDiff of(String path, Kind kind, byte[] before, byte[] after) {
        boolean binary = binary(before) || binary(after);
        return new FileDiff(path, kind, binary ? "" : LineDiff.unified(path, text(before), text(after)));
    }

    private static boolean binary(byte[] content) {
        for (byte one : content) {
            if (one == 0) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Whether two files are equal, or as XML differ in blanks and comments only. */
    static boolean saysTheSame(String path, byte[] before, byte[] after) {
        if (Arrays.equals(before, after)) {
            return true;
        }
        if (!BundlePath.ending(path).equals("xml")) {
            return false;
        }
        try {
            return same(Xml.read(before), Xml.read(after));
        } catch (XmlInvalid unreadable) { // Then it is text like any other.
            return false;
        }
    }

    private static boolean same(XmlElement one, XmlElement other) {
        if (!one.name().equals(other.name())
                || !one.namespace().equals(other.namespace())
                || !one.attributes().equals(other.attributes())
                || !one.trimmed().equals(other.trimmed())
                || one.children().size() != other.children().size()) {
            return false;
        }
        for (int i = 0; i < one.children().size(); i++) {
            if (!same(one.children().get(i), other.children().get(i))) {
                return false;
            }
        }
        return true;
    }
}
