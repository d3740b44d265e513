package io.imaint.gateway.policy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Token;
import org.mozilla.javascript.ast.Assignment;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.ConditionalExpression;
import org.mozilla.javascript.ast.InfixExpression;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.NumberLiteral;
import org.mozilla.javascript.ast.ParenthesizedExpression;
import org.mozilla.javascript.ast.UnaryExpression;
import org.mozilla.javascript.ast.WithStatement;
import org.mozilla.javascript.ast.XmlFragment;
import org.mozilla.javascript.ast.XmlLiteral;
import org.mozilla.javascript.ast.XmlRef;

/**
 * The text of a script in which every text that is put together is looked at: {@code a + b} becomes {@code bound(a + b)}.
 *
 * <p>The interpreter can't be asked to do this, and counts neither instructions nor memory when {@code s += s} doubles a text: it notes the
 * two parts, until one comparison makes a text of a gigabyte of them. Lines stay where they are, so that errors name the right ones.
 *
 * @param usesXml whether the script has XML in it
 */
record BoundedSource(String text, boolean usesXml) {
    /** The name of the function; nobody can guess it. */
    static final String BOUND = "$" + new BigInteger(128, new SecureRandom()).toString(36);

    /** Additions in one expression before its result is looked at; so many longest texts are no harm, because they are only noted. */
    private static final int ADDITIONS_MAX = 16;

    /**
     * A script in this form.
     *
     * @throws EvaluatorException when it can't be read, or has what would hide the function
     */
    static BoundedSource of(String text, String name, CompilerEnvirons environment) {
        var edits = new Edits();
        boolean[] xml = {false};
        new Parser(environment).parse(text, name, 1).visit(node -> {
            switch (node) {
                case WithStatement with -> throw invalid("'with' is not supported", name, with);
                case Name named when named.getIdentifier().equals(BOUND) -> throw invalid("invalid name", name, named);
                case Assignment assigned when assigned.getType() == Token.ASSIGN_ADD -> edits.around(assigned);
                case InfixExpression sum when isSum(sum) && !isPart(sum) -> edits.sum(sum);
                case XmlLiteral literal -> xml[0] = true;
                case XmlFragment fragment -> xml[0] = true;
                case XmlRef ref -> xml[0] = true;
                default -> {
                    // It makes no text.
                }
            }
            return true;
        });
        return new BoundedSource(edits.applied(text), xml[0]);
    }

    private static EvaluatorException invalid(String reason, String source, AstNode node) {
        return new EvaluatorException(reason, source, node.getLineno());
    }

    private static boolean isSum(AstNode node) {
        return node instanceof InfixExpression && node.getType() == Token.ADD;
    }

    /** Whether a sum is an operand of another one, which looks at both. */
    private static boolean isPart(AstNode sum) {
        var above = sum.getParent();
        while (above instanceof ParenthesizedExpression) {
            above = above.getParent();
        }
        return above != null && isSum(above);
    }

    /** What is put into the text, by its place. */
    private static final class Edits {
        private final SortedMap<Integer, StringBuilder> inserted = new TreeMap<>();

        void sum(InfixExpression sum) {
            int count = additions(sum);
            boolean counter = sum.getLeft() instanceof NumberLiteral || sum.getRight() instanceof NumberLiteral;
            if (count > 1 || (count == 1 && !counter)) {
                around(sum);
            }
        }

        /** The additions of an expression that nothing inside it has looked at. */
        private int additions(AstNode node) {
            if (node instanceof ParenthesizedExpression inner) {
                return additions(inner.getExpression());
            }
            if (!isSum(node)) {
                return 0;
            }
            var sum = (InfixExpression) node;
            int count = 1 + additions(sum.getLeft()) + additions(sum.getRight());
            if (count < ADDITIONS_MAX) {
                return count;
            }
            around(sum);
            return 0;
        }

        void around(AstNode node) {
            int to = end(node);
            inserted.computeIfAbsent(node.getAbsolutePosition(), at -> new StringBuilder())
                    .append(BOUND)
                    .append('(');
            inserted.computeIfAbsent(to, at -> new StringBuilder()).insert(0, ')');
        }

        /** Where an expression ends. The parser takes a literal of XML for its first character. */
        private static int end(AstNode node) {
            return switch (node) {
                case XmlLiteral literal
                when !literal.getFragments().isEmpty() ->
                    end(literal.getFragments().getLast());
                case InfixExpression infix -> end(infix.getRight());
                case ConditionalExpression choice -> end(choice.getFalseExpression());
                case UnaryExpression unary -> end(unary.getOperand());
                default -> node.getAbsolutePosition() + node.getLength();
            };
        }

        String applied(String text) {
            var whole = new StringBuilder(text.length() + inserted.size() * (BOUND.length() + 1));
            int at = 0;
            for (var edit : inserted.entrySet()) {
                whole.append(text, at, edit.getKey()).append(edit.getValue());
                at = edit.getKey();
            }
            return whole.append(text, at, text.length()).toString();
        }
    }
}
