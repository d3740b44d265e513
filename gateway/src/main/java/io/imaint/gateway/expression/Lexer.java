package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Token.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cuts a condition into its words. Documents ask for blanks around operators; real bundles leave them out, as in
 * {@code a=="b"} and {@code )AND(}, so that none are needed here.
 */
final class Lexer {
    /** Longer symbols come first, because some begin with others. */
    private static final List<String> SYMBOLS = Stream.concat(
                    Operator.SYMBOLS.stream(), Stream.of("(", ")", "!", "&&", "||"))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws ExpressionInvalid {
        var lexer = new Lexer(text);
        while (lexer.skipBlanks()) {
            lexer.tokens.add(lexer.next());
        }
        lexer.tokens.add(new Token(Kind.END, "", text.length()));
        return lexer.tokens;
    }

    /** Whether something follows. */
    private boolean skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    /** A blank that cannot be broken comes from copied documents. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private Token next() throws ExpressionInvalid {
        char c = text.charAt(at);
        if (c == '"') {
            return quoted(Kind.TEXT);
        }
        if (c == '\'') {
            return quoted(Kind.NAME);
        }
        if (isNumberStart()) {
            return number();
        }
        if (isNameStart(c)) {
            return word();
        }
        for (var symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Kind.SYMBOL, symbol, at - symbol.length());
            }
        }
        throw invalid(at, "the character '%c' has no meaning there; a name with it needs single quotes".formatted(c));
    }

    /** As in {@code 5}, {@code -5}, {@code .5} and {@code -.5}. */
    private boolean isNumberStart() {
        int digit = isAt(at, '-') ? at + 1 : at;
        return isDigit(digit) || (isAt(digit, '.') && isDigit(digit + 1));
    }

    private Token quoted(Kind kind) throws ExpressionInvalid {
        int from = at;
        int to = text.indexOf(text.charAt(from), from + 1);
        if (to < 0) {
            throw invalid(from, "the quote has no end");
        }
        at = to + 1;
        return new Token(kind, text.substring(from + 1, to), from);
    }

    private Token number() throws ExpressionInvalid {
        int from = at;
        at++;
        while (isDigit(at) || (isAt(at, '.') && isDigit(at + 1))) {
            at++;
        }
        if (at < text.length() && "fFdDlL".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at < text.length() && isNamePart(at)) {
            throw invalid(from, "'%s' is no number".formatted(text.substring(from, at + 1)));
        }
        return new Token(Kind.NUMBER, text.substring(from, at), from);
    }

    private Token word() {
        int from = at;
        while (at < text.length() && isNamePart(at)) {
            at++;
        }
        return new Token(Kind.WORD, text.substring(from, at), from);
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c == '$';
    }

    /** A colon belongs to a name unless it begins {@code :=}. */
    private boolean isNamePart(int index) {
        char c = text.charAt(index);
        return isNameStart(c) || Character.isDigit(c) || ".-@#".indexOf(c) >= 0 || (c == ':' && !isAt(index + 1, '='));
    }

    private boolean isAt(int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /** An error at a character, which people count from 1. */
    static ExpressionInvalid invalid(int at, String reason) {
        return new ExpressionInvalid("The condition is wrong at character %d: %s.".formatted(at + 1, reason));
    }
}
