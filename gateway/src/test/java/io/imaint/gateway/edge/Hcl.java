package io.imaint.gateway.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads as much of HCL's native syntax as modules of Terraform without functions need; what is not that syntax fails. */
final class Hcl {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<blank>[ \\t]+|#[^\\n]*)|(?<line>\\n)|(?<name>[A-Za-z][A-Za-z0-9_-]*)|(?<number>[0-9]+)"
                    + "|(?<text>\"(?:[^\"\\\\\\n$%]|\\\\[\"\\\\nrt]|\\$\\$\\{|%%\\{|\\$(?!\\{)|%(?!\\{))*\")|(?<sign>[={}\\[\\].,()]|>=)");

    /** A block, such as {@code rule}, with its labels. */
    record Block(String type, List<String> labels, List<Block> blocks) {}

    private final List<String> tokens;
    private int at;

    private Hcl(List<String> tokens) {
        this.tokens = tokens;
    }

    /** The blocks of a file, which may hold nothing else. */
    static List<Block> read(String file) {
        var tokens = new ArrayList<String>();
        var matcher = TOKEN.matcher(file);
        int end = 0;
        while (end < file.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new AssertionError("no HCL: " + file.substring(end, Math.min(file.length(), end + 60)));
            }
            end = matcher.end();
            if (matcher.group("blank") == null) {
                tokens.add(matcher.group());
            }
        }
        var hcl = new Hcl(tokens);
        var blocks = hcl.body();
        if (hcl.at < tokens.size()) {
            throw new AssertionError("'%s' closes nothing".formatted(hcl.tokens.get(hcl.at)));
        }
        return blocks;
    }

    private List<Block> body() {
        var blocks = new ArrayList<Block>();
        while (true) {
            lines();
            if (at == tokens.size() || tokens.get(at).equals("}")) {
                return blocks;
            }
            var name = name();
            if (taken("=")) {
                expression();
            } else {
                blocks.add(block(name));
            }
            if (at < tokens.size()
                    && !tokens.get(at).equals("\n")
                    && !tokens.get(at).equals("}")) {
                throw new AssertionError("'%s' after '%s'".formatted(tokens.get(at), name));
            }
        }
    }

    private Block block(String type) {
        var labels = new ArrayList<String>();
        while (!tokens.get(at).equals("{")) {
            var label = tokens.get(at++);
            if (!label.startsWith("\"")) {
                throw new AssertionError("'%s' is no label of %s".formatted(label, type));
            }
            labels.add(label.substring(1, label.length() - 1));
        }
        wanted("{");
        var blocks = body();
        wanted("}");
        return new Block(type, labels, blocks);
    }

    private void expression() {
        if (taken("[")) {
            lines();
            while (!taken("]")) {
                expression();
                lines();
                if (!taken(",")) {
                    wanted("]");
                    return;
                }
                lines();
            }
        } else if (taken("{")) {
            lines();
            while (!taken("}")) {
                name();
                wanted("=");
                expression();
                lines();
            }
        } else {
            value();
        }
    }

    private void value() {
        var value = tokens.get(at++);
        if (value.startsWith("\"") || Character.isDigit(value.charAt(0))) {
            return;
        }
        at--;
        name();
        while (taken(".")) {
            name();
        }
        if (taken("(")) {
            expression();
            wanted(")");
        }
    }

    private String name() {
        var name = tokens.get(at++);
        if (!Character.isLetter(name.charAt(0))) {
            throw new AssertionError("'%s' is no name".formatted(name));
        }
        return name;
    }

    private void lines() {
        while (at < tokens.size() && tokens.get(at).equals("\n")) {
            at++;
        }
    }

    private boolean taken(String sign) {
        if (at < tokens.size() && tokens.get(at).equals(sign)) {
            at++;
            return true;
        }
        return false;
    }

    private void wanted(String sign) {
        if (!taken(sign)) {
            throw new AssertionError("'%s' where '%s' belongs".formatted(tokens.get(at), sign));
        }
    }
}
