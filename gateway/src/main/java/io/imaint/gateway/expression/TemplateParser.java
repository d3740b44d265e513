package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Argument.Reference;
import io.imaint.gateway.expression.Argument.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a template into texts, variables and calls. Payloads are full of braces that mean nothing, so that what does not look
 * exactly like a variable or a known function stays as it is; only a call of a known function can be wrong.
 */
final class TemplateParser {
    /** A payload in a policy's file; real ones have some kilobytes. */
    static final int LENGTH_MAX = 1024 * 1024;

    /** Names, arguments and defaults stay far below; a bound keeps the work on hostile templates in proportion to their length. */
    private static final int NAME_LENGTH_MAX = 256;

    /** More than any function takes; the same reason. */
    private static final int ARGUMENTS_MAX = 60;

    private final String text;
    private final String prefix;
    private final String suffix;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;

    private TemplateParser(String text, String prefix, String suffix) {
        this.text = text;
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** A part of a template. */
    sealed interface Piece {
        /** A text or a variable. */
        record Plain(Argument argument) implements Piece {}

        record Called(TemplateFunction.Call call) implements Piece {}
    }

    static List<Piece> parse(String text, String prefix, String suffix) throws ExpressionInvalid {
        if (text.length() > LENGTH_MAX) {
            throw new ExpressionInvalid("The template has more than %d characters.".formatted(LENGTH_MAX));
        }
        if (prefix.isEmpty() || suffix.isEmpty()) {
            throw new ExpressionInvalid("The marks around the variables of a template can't be empty.");
        }
        var parser = new TemplateParser(text, prefix, suffix);
        parser.parse();
        return List.copyOf(parser.pieces);
    }

    private void parse() throws ExpressionInvalid {
        int done = 0;
        for (int mark = text.indexOf(prefix); mark >= 0; mark = text.indexOf(prefix, mark)) {
            at = mark + prefix.length();
            var piece = piece();
            if (piece == null) {
                mark++;
                continue;
            }
            literal(done, mark);
            pieces.add(piece);
            done = at;
            mark = at;
        }
        literal(done, text.length());
    }

    private void literal(int from, int to) {
        if (from < to) {
            pieces.add(new Piece.Plain(new Text(text.substring(from, to))));
        }
    }

    /** What is between the marks; null when that is nothing but text. */
    private @Nullable Piece piece() throws ExpressionInvalid {
        int from = at;
        var name = name();
        if (name.isEmpty()) {
            return null;
        }
        if (isAt('(')) {
            var function = TemplateFunction.of(name);
            return function == null ? null : call(function, from);
        }
        var fallback = isAt(':') && !text.startsWith(suffix, at) ? fallback() : null;
        if (!text.startsWith(suffix, at)) {
            return null;
        }
        at += suffix.length();
        return new Piece.Plain(new Reference(name, fallback));
    }

    /** The name at this place; empty where there is none. */
    private String name() {
        int from = at;
        while (at < text.length()
                && at - from < NAME_LENGTH_MAX
                && !text.startsWith(suffix, at)
                && isNamePart(text.charAt(at), at == from)) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isNamePart(char c, boolean first) {
        return Character.isLetter(c)
                || c == '_'
                || c == '$'
                || (!first && (Character.isDigit(c) || c == '.' || c == '-'));
    }

    /** The default behind a colon: it is on one line and has no mark in it. */
    private String fallback() {
        int from = ++at;
        while (at < text.length()
                && at - from < NAME_LENGTH_MAX
                && !text.startsWith(suffix, at)
                && !text.startsWith(prefix, at)
                && text.charAt(at) != '\n') {
            at++;
        }
        return text.substring(from, at);
    }

    private @Nullable Piece call(TemplateFunction function, int from) throws ExpressionInvalid {
        at++;
        var arguments = new ArrayList<Argument>();
        skipBlanks();
        while (!isAt(')')) {
            if (at >= text.length() || arguments.size() > ARGUMENTS_MAX) {
                return null;
            }
            if (!arguments.isEmpty()) {
                if (!isAt(',')) {
                    return null;
                }
                at++;
                skipBlanks();
            }
            arguments.add(argument(function));
            skipBlanks();
        }
        at++;
        if (!text.startsWith(suffix, at)) {
            return null;
        }
        at += suffix.length();
        try {
            return new Piece.Called(function.call(arguments));
        } catch (ExpressionInvalid invalid) {
            throw invalid(from, String.valueOf(invalid.getMessage()));
        }
    }

    private Argument argument(TemplateFunction function) throws ExpressionInvalid {
        if (isAt('\'') || isAt('"')) {
            int end = text.indexOf(text.charAt(at), at + 1);
            if (end < 0) {
                throw invalid(at, "the quote has no end");
            }
            var literal = new Text(text.substring(at + 1, end));
            at = end + 1;
            return literal;
        }
        int from = at;
        var name = name();
        if (isAt('(')) {
            throw invalid(
                    from, "a function within %s is not possible; set a variable before".formatted(function.name()));
        }
        int colon = isAt(':') ? at : -1;
        while (at < text.length() && at - from < NAME_LENGTH_MAX && text.charAt(at) != ',' && text.charAt(at) != ')') {
            at++;
        }
        var raw = text.substring(from, at).stripTrailing();
        if (colon >= 0 && !name.isEmpty()) {
            return new Reference(name, raw.substring(Math.min(raw.length(), colon + 1 - from)));
        }
        // A number, true or a stray text means itself.
        return raw.equals(name) && !raw.equals("true") && !raw.equals("false") && !raw.isEmpty()
                ? new Reference(name, null)
                : new Text(raw);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static ExpressionInvalid invalid(int at, String reason) {
        return new ExpressionInvalid("The template is wrong at character %d: %s.".formatted(at + 1, reason));
    }
}
