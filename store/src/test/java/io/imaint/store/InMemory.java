package io.imaint.store;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The port's semantics in their plainest form, against which the engines are compared. */
final class InMemory {
    private InMemory() {}

    static List<String> keys(List<Document> documents, Query query) {
        Comparator<Document> order = Comparator.comparingInt(document -> 0);
        for (var sort : query.sort()) {
            order = order.thenComparing(document -> document.get(sort.field()), InMemory::compare);
        }
        order = order.thenComparing(document -> document.text("id").orElseThrow());
        return documents.stream()
                .filter(document -> fulfils(document, query.where()))
                .sorted(Paging.descending(query) ? order.reversed() : order)
                .limit(query.limit())
                .map(document -> document.text("id").orElseThrow())
                .toList();
    }

    static boolean fulfils(Document document, Condition where) {
        return switch (where) {
            case Condition.All all -> true;
            case Condition.Equal equal -> compare(document.get(equal.field()), equal.value()) == 0;
            case Condition.In in ->
                in.values().stream().anyMatch(value -> compare(document.get(in.field()), value) == 0);
            case Condition.Range range -> {
                var value = document.get(range.field());
                yield value != null
                        && (range.from() == null || compare(value, range.from()) >= 0)
                        && (range.to() == null || compare(value, range.to()) < 0);
            }
            case Condition.Prefix prefix ->
                document.get(prefix.field()) instanceof String text && text.startsWith(prefix.start());
            case Condition.Text text -> {
                var there = Tokenizer.of(document, StoreContract.PARTS.searched());
                var words = Tokenizer.asked(text.words());
                yield (!words.isEmpty() || text.words().isBlank())
                        && words.stream().allMatch(asked -> there.stream().anyMatch(word -> word.startsWith(asked)));
            }
            case Condition.And and -> and.all().stream().allMatch(part -> fulfils(document, part));
            case Condition.Or or -> or.any().stream().anyMatch(part -> fulfils(document, part));
            case Condition.Unexpired live ->
                document.instant(live.field()).map(live.at()::isBefore).orElse(true);
            case Condition.Not not -> !fulfils(document, not.condition());
        };
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return switch (left) {
            case String text -> text.compareTo((String) right);
            case Boolean flag -> flag.compareTo((Boolean) right);
            default -> decimal(left).compareTo(decimal(right));
        };
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }
}
