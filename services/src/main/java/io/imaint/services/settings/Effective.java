package io.imaint.services.settings;

import io.imaint.store.Document;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a setting that holds for somebody somewhere, and why. To ask for it as another type than the setting has is
 * an error in the code.
 *
 * @param steps every level and subject that could have a value, the one that counts most first; the delivered value is last
 */
public record Effective(String key, Object value, List<Step> steps) {
    /** The level of the value that is delivered with the program, under all others. */
    public static final String DELIVERED = "delivered";

    /**
     * One place where a value may stand.
     *
     * @param subject whose value it is; empty for the delivered one
     * @param value null where none is set
     * @param wins whether it is the value that holds
     */
    public record Step(
            String level, String subject, @Nullable Object value, boolean wins) {}

    public Effective {
        steps = List.copyOf(steps);
    }

    /** Where the value comes from. */
    public Step winner() {
        return steps.stream().filter(Step::wins).findFirst().orElseThrow();
    }

    public boolean flag() {
        return as(Boolean.class);
    }

    public long integer() {
        return as(Long.class);
    }

    public BigDecimal decimal() {
        return new BigDecimal(text());
    }

    public Duration duration() {
        return Duration.parse(text());
    }

    /** A text, the key of a choice, or the key of a document. */
    public String text() {
        return as(String.class);
    }

    /** The words of a set. */
    public List<String> words() {
        return ((List<?>) as(List.class)).stream().map(String.class::cast).toList();
    }

    /** The items of a structured list, such as shift templates. */
    public List<Document> items() {
        return ((List<?>) as(List.class)).stream().map(Document.class::cast).toList();
    }

    /** A structured value, such as the layout of a list. */
    public Document document() {
        return as(Document.class);
    }

    private <T> T as(Class<T> type) {
        if (!type.isInstance(value)) {
            throw new AssertionError("%s is no %s".formatted(key, type.getSimpleName()));
        }
        return type.cast(value);
    }
}
