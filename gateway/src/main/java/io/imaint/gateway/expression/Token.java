package io.imaint.gateway.expression;

/**
 * A word of a condition.
 *
 * @param text without the quotes
 * @param at where it begins, counted from 0
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        /** A name, a literal such as {@code null}, or an operator in letters. */
        WORD,
        /** A name in single quotes. */
        NAME,
        /** A text in double quotes. */
        TEXT,
        NUMBER,
        /** An operator or a parenthesis. */
        SYMBOL,
        END
    }

    boolean is(String symbol, String word) {
        return kind == Kind.SYMBOL ? text.equals(symbol) : kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case WORD, NUMBER, SYMBOL -> "'" + text + "'";
            case NAME -> "the name '" + text + "'";
            case TEXT -> "the text \"" + text + "\"";
            case END -> "the end";
        };
    }
}
