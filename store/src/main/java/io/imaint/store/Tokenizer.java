package io.imaint.store;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Splits text into words, in the same way for both engines: lower case, without accents, split at every character that is
 * neither letter nor digit. A number with leading zeros is two words: with and without them.
 */
final class Tokenizer {
    /** Longer words are truncated, in documents and in queries, so that a prefix still finds them. */
    static final int LENGTH_MAX = 60;

    /** Limits the cost of one long text in the index; later words are not found. */
    static final int DOCUMENT_MAX = 1_000;

    /** Limits the cost of one query; nobody types more. */
    static final int QUESTION_MAX = 20;

    private Tokenizer() {}

    /** The words of a document, in order, without duplicates. */
    static SequencedSet<String> of(Document document, List<String> fields) {
        var words = new LinkedHashSet<String>();
        for (var field : fields) {
            add(document.get(field), words);
        }
        return words;
    }

    /** The words of a query; each must be a prefix of a word of the document. */
    static SequencedSet<String> asked(String text) {
        var words = new LinkedHashSet<String>();
        split(text, QUESTION_MAX, words);
        return words;
    }

    private static void add(@Nullable Object value, SequencedSet<String> words) {
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(item -> add(item, words));
            case Document document -> document.forEach((name, item) -> add(item, words));
            default -> {
                var found = new LinkedHashSet<String>();
                split(value.toString(), DOCUMENT_MAX, found);
                for (var word : found) {
                    if (words.size() < DOCUMENT_MAX) {
                        words.add(word);
                        words.add(withoutLeadingZeros(word));
                    }
                }
            }
        }
    }

    private static void split(String text, int most, SequencedSet<String> words) {
        var folded = folded(text);
        int start = -1;
        for (int i = 0; i <= folded.length() && words.size() < most; i++) {
            boolean inside = i < folded.length() && Character.isLetterOrDigit(folded.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(folded.substring(start, Math.min(i, start + LENGTH_MAX)));
                start = -1;
            }
        }
    }

    private static String folded(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 0x80)) {
            return lower;
        }
        var folded = new StringBuilder(lower.length());
        var parts = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        for (int i = 0; i < parts.length(); i++) {
            char c = parts.charAt(i);
            switch (c) {
                case 'ß' -> folded.append("ss");
                case 'æ' -> folded.append("ae");
                case 'œ' -> folded.append("oe");
                case 'ø' -> folded.append('o');
                case 'đ' -> folded.append('d');
                case 'ł' -> folded.append('l');
                case 'ı' -> folded.append('i');
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        folded.append(c);
                    }
                }
            }
        }
        return folded.toString();
    }

    private static String withoutLeadingZeros(String word) {
        int zeros = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c < '0' || c > '9') {
                return word;
            }
            zeros += zeros == i && c == '0' && i < word.length() - 1 ? 1 : 0;
        }
        return word.substring(zeros);
    }
}
