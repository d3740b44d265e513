package io.imaint.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import io.imaint.store.Aggregation.By;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** One aggregation over a collection in MongoDB. */
final class MongoFigures {
    private static final String DOCUMENTS = "n";
    private static final String KEY = "k";
    private static final String NUMBERS = "c";
    private static final String SUM = "s";
    private static final String LEAST = "l";
    private static final String GREATEST = "g";

    private final Aggregation aggregation;
    private final List<String> measured;

    MongoFigures(Aggregation aggregation) {
        this.aggregation = aggregation;
        this.measured = aggregation.measured();
    }

    List<Group> groups(MongoCollection<Document> collection) {
        var figures = new Figures(aggregation);
        var stages = List.of(
                Aggregates.match(MongoFilters.where(aggregation.where())),
                group(),
                Aggregates.limit(Figures.PARTS_MAX + 1));
        for (var row : collection.aggregate(stages)) {
            figures.add(part(row));
        }
        return figures.groups();
    }

    private Bson group() {
        var keys = new Document();
        for (int i = 0; i < aggregation.by().size(); i++) {
            var by = aggregation.by().get(i);
            var path = "$" + MongoFormat.path(by.field());
            keys.append(
                    KEY + i,
                    by instanceof By.Time time
                            ? new Document("$substrBytes", List.of(path, 0, Figures.precision(time)))
                            : path);
        }
        var group = new Document("_id", keys).append(DOCUMENTS, new Document("$sum", 1L));
        for (int i = 0; i < measured.size(); i++) {
            var path = "$" + MongoFormat.path(measured.get(i));
            group.append(NUMBERS + i, new Document("$sum", ifNumber(path, 1L, 0L)));
            // A sum of whole numbers would become one of floating point when it is too large.
            var exact = new Document("$multiply", List.of(path, new Decimal128(BigDecimal.ONE)));
            group.append(SUM + i, new Document("$sum", ifNumber(path, exact, 0L)));
            group.append(LEAST + i, new Document("$min", path));
            group.append(GREATEST + i, new Document("$max", path));
        }
        return new Document("$group", group);
    }

    /** Numbers stand between null and texts. */
    private static Document ifNumber(String path, Object then, Object otherwise) {
        var number = new Document(
                "$and",
                List.of(new Document("$gt", Arrays.asList(path, null)), new Document("$lt", List.of(path, ""))));
        return new Document("$cond", List.of(number, then, otherwise));
    }

    private Figures.Part part(Document row) {
        var found = row.get("_id", new Document());
        var keys = new ArrayList<@Nullable Object>();
        for (int i = 0; i < aggregation.by().size(); i++) {
            var key = MongoFormat.kept(found.get(KEY + i));
            boolean absent = aggregation.by().get(i) instanceof By.Time && "".equals(key);
            keys.add(absent ? null : key);
        }
        var tallies = new ArrayList<Figures.Tally>();
        for (int i = 0; i < measured.size(); i++) {
            tallies.add(new Figures.Tally(
                    MongoFormat.number(row, NUMBERS + i),
                    sum(MongoFormat.kept(row.get(SUM + i))),
                    MongoFormat.kept(row.get(LEAST + i)),
                    MongoFormat.kept(row.get(GREATEST + i))));
        }
        return new Figures.Part(keys, MongoFormat.number(row, DOCUMENTS), tallies);
    }

    private static BigDecimal sum(@Nullable Object sum) {
        return sum instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(sum instanceof Long whole ? whole : 0);
    }
}
