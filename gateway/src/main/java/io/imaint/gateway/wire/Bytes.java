package io.imaint.gateway.wire;

/** Which bytes may stand where in a message. */
final class Bytes {
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] FIELD = new boolean[256];
    private static final boolean[] TARGET = new boolean[256];
    private static final boolean[] AUTHORITY = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            TOKEN[c] = alphanumeric || (c != 0 && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
            FIELD[c] = c == '\t' || (c >= ' ' && c != 0x7f);
            TARGET[c] = c > ' ' && c < 0x7f && "\"<>\\^`{|}#".indexOf(c) < 0;
            AUTHORITY[c] = alphanumeric || (c != 0 && "-._~%!$&'()*+;=:[]".indexOf(c) >= 0);
        }
    }

    private Bytes() {}

    /** In a method or a header's name. */
    static boolean token(int c) {
        return c < 256 && TOKEN[c];
    }

    /** In a header's value. */
    static boolean field(int c) {
        return c >= 256 || FIELD[c];
    }

    /** In a path or query. */
    static boolean target(int c) {
        return c < 256 && TARGET[c];
    }

    /** In a host with a port. */
    static boolean authority(int c) {
        return c < 256 && AUTHORITY[c];
    }

    static int hex(int c) {
        return c < 256 ? Character.digit(c, 16) : -1;
    }

    static boolean isToken(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!token(text.charAt(at))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isField(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!field(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }
}
