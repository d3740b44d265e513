package io.imaint.store;

import static io.imaint.store.StoreContract.NOTES;
import static io.imaint.store.StoreContract.PARTS;
import static io.imaint.store.StoreContract.USERS;
import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.keys;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Documents.Bounds;
import io.imaint.store.Documents.Written;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a caller sees and changes of documents that belong to plants, on every engine. */
interface ScopeContract {
    Store store();

    Documents<Document> parts();

    private static Caller caller(String... plants) {
        return new Caller("user-1", Set.of(), PlantScope.of(plants));
    }

    private Documents<Document> of(String... plants) {
        return store().as(caller(plants)).documents(PARTS);
    }

    /** Two parts of plant 1000, two of 2000, and one without a plant. */
    private void fill() {
        parts().upsertAll(List.of(
                part("a1")
                        .put("plant", "1000")
                        .put("status", "REL")
                        .put("amount", 10)
                        .put("text", "pump"),
                part("a2")
                        .put("plant", "1000")
                        .put("status", "CRTD")
                        .put("amount", 20)
                        .put("text", "pump"),
                part("b1")
                        .put("plant", "2000")
                        .put("status", "REL")
                        .put("amount", 5)
                        .put("text", "pump"),
                part("b2")
                        .put("plant", "2000")
                        .put("status", "CNF")
                        .put("amount", 99)
                        .put("text", "motor"),
                part("c1").put("status", "REL").put("amount", 1).put("text", "pump")));
    }

    @Test
    default void findsOnlyDocumentsOfTheCallersPlants() {
        fill();
        var ours = of("1000");
        assertThat(ours.find("a1")).isPresent();
        assertThat(ours.find("b1")).isEmpty();
        assertThat(ours.find("c1")).isEmpty();
        assertThat(ours.findAll(List.of("a1", "b1", "c1", "a2"))).containsOnlyKeys("a1", "a2");
        assertThat(keys(ours.list(Query.where(Condition.ALL)))).containsExactly("a1", "a2");
        assertThat(keys(ours.list(Query.where(Condition.equal("status", "REL")))))
                .containsExactly("a1");
        assertThat(keys(ours.list(Query.where(new Condition.Text("pump"))))).containsExactly("a1", "a2");
        assertThat(keys(ours.list(Query.where(Condition.equal("plant", "2000")))))
                .isEmpty();
        assertThat(keys(of("1000", "2000").list(Query.where(Condition.ALL)))).containsExactly("a1", "a2", "b1", "b2");
    }

    @Test
    default void letsNoConditionLeadOutOfThePlants() {
        fill();
        var wide = new Condition.Or(
                List.of(Condition.equal("plant", "2000"), new Condition.In("status", List.of("REL", "CRTD", "CNF"))));
        assertThat(keys(of("1000").list(Query.where(wide)))).containsExactly("a1", "a2");
        assertThat(of("1000").count(wide)).isEqualTo(2);
        var negated =
                Condition.and(Condition.equal("status", "REL"), new Condition.Not(Condition.equal("plant", "1000")));
        assertThat(of("1000").count(negated)).isZero();
    }

    @Test
    default void countsAndSumsUpOnlyWhatTheCallerSees() {
        fill();
        var ours = of("1000");
        assertThat(parts().count(Condition.ALL)).isEqualTo(5);
        assertThat(ours.count(Condition.ALL)).isEqualTo(2);
        assertThat(ours.count(Condition.equal("status", "REL"))).isEqualTo(1);
        assertThat(parts().count(Condition.equal("status", "REL"))).isEqualTo(3);
        assertThat(ours.countBy("status", Condition.ALL)).isEqualTo(Map.of("CRTD", 1L, "REL", 1L));
        assertThat(ours.bounds("amount", Condition.ALL)).contains(new Bounds(10L, 20L));
    }

    @Test
    default void showsNothingToACallerWithoutPlantsAndAllToOneOfAllPlants() {
        fill();
        assertThat(of().count(Condition.ALL)).isZero();
        assertThat(of().list(Query.where(Condition.ALL)).items()).isEmpty();
        assertThat(of().find("a1")).isEmpty();
        assertThat(of().changesAfter(0, 10)).isEmpty();
        assertThat(store().as(Caller.system("test")).documents(PARTS).count(Condition.ALL))
                .isEqualTo(5);
    }

    @Test
    default void neverWidensAConfinedStore() {
        fill();
        var narrowed = store().as(caller("1000")).as(Caller.system("test")).documents(PARTS);
        assertThat(narrowed.count(Condition.ALL)).isEqualTo(2);
        assertThat(store().as(caller("1000")).under(List.of()).documents(PARTS).count(Condition.ALL))
                .isEqualTo(2);
    }

    @Test
    default void createsDocumentsOnlyInTheCallersPlants() {
        var ours = of("1000");
        assertThat(ours.insert(part("n1").put("plant", "1000"))).isInstanceOf(Written.Done.class);
        assertProblem(
                StoreProblem.PLANT_OUT_OF_SCOPE, () -> ours.insert(part("n2").put("plant", "2000")));
        assertProblem(StoreProblem.PLANT_OUT_OF_SCOPE, () -> ours.insert(part("n3")));
        assertProblem(
                StoreProblem.PLANT_OUT_OF_SCOPE,
                () -> ours.upsertAll(List.of(part("n4").put("plant", "2000"))));
        assertThat(parts().count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    default void movesADocumentOnlyBetweenTheCallersPlants() {
        fill();
        var moved = part("a1").put("plant", "2000");
        assertProblem(StoreProblem.PLANT_OUT_OF_SCOPE, () -> of("1000").replace(moved, 1));
        assertThat(of("2000").replace(moved, 1)).isEqualTo(new Written.Lost<>(Optional.empty()));
        assertThat(of("1000", "2000").replace(moved, 1)).isInstanceOf(Written.Done.class);
        assertThat(of("2000").find("a1")).isPresent();
    }

    @Test
    default void changesNothingOutsideOfTheCallersPlants() {
        fill();
        var ours = of("1000");
        assertThat(ours.replace(part("b1").put("plant", "1000"), 1)).isEqualTo(new Written.Lost<>(Optional.empty()));
        assertThat(ours.update("b1", found -> Documents.Change.of(found.value())))
                .isEmpty();
        assertThat(ours.remove("b1", 1)).isFalse();
        assertThat(ours.removeAll(Condition.ALL)).isEqualTo(2);
        assertThat(keys(parts().list(Query.where(Condition.ALL)))).containsExactly("b1", "b2", "c1");
        assertThat(parts().find("b1").orElseThrow().rev()).isEqualTo(1);
    }

    @Test
    default void saysOfAHiddenDocumentOnlyThatItsKeyIsTaken() {
        fill();
        assertThatThrownBy(() -> of("1000").insert(part("b1").put("plant", "1000")))
                .hasMessageContaining("DUPLICATE")
                .hasMessageContaining("taken")
                .hasMessageNotContaining("2000");
        assertProblem(
                StoreProblem.DUPLICATE,
                () -> of("1000").upsertAll(List.of(part("b1").put("plant", "1000"))));
    }

    @Test
    default void saysOfAHiddenUniqueValueOnlyThatItIsTaken() {
        store().documents(USERS).insert(part("hidden-user").put("mail", "a@plant.example"));
        assertThatThrownBy(() -> store().as(caller("1000"))
                        .documents(USERS)
                        .upsertAll(List.of(part("2").put("mail", "a@plant.example"))))
                .hasMessageContaining("DUPLICATE")
                .hasMessageNotContaining("hidden-user");
    }

    @Test
    default void bindsACursorToScopeAndQuery() {
        fill();
        var query = Query.where(new Condition.Text("pump")).limit(1);
        var next = of("1000").list(query).next();
        assertThat(keys(of("1000").list(query.after(next)))).containsExactly("a2");
        assertProblem(StoreProblem.CURSOR_INVALID, () -> of("2000").list(query.after(next)));
        assertProblem(StoreProblem.CURSOR_INVALID, () -> of("1000", "2000").list(query.after(next)));
        assertProblem(StoreProblem.CURSOR_INVALID, () -> parts().list(query.after(next)));
        assertProblem(
                StoreProblem.CURSOR_INVALID,
                () -> of("1000")
                        .list(Query.where(Condition.equal("status", "REL")).after(next)));
    }

    @Test
    default void refusesEveryAlteredCursor() {
        fill();
        var query = Query.where(Condition.ALL).limit(2);
        var cursor = Objects.requireNonNull(parts().list(query).next());
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int place = 0; place < cursor.length(); place++) {
            for (int shift = 1; shift < 64; shift += 9) {
                char other = letters.charAt((letters.indexOf(cursor.charAt(place)) + shift) % 64);
                var altered = cursor.substring(0, place) + other + cursor.substring(place + 1);
                assertProblem(StoreProblem.CURSOR_INVALID, () -> parts().list(query.after(altered)));
            }
        }
        for (var altered : List.of(cursor + "A", cursor + "=", cursor.substring(1), "", "A", "!")) {
            assertProblem(StoreProblem.CURSOR_INVALID, () -> parts().list(query.after(altered)));
        }
    }

    @Test
    default void tellsFollowersOfAPlantWhatEnteredAndWhatLeft() {
        fill();
        var all = of("1000", "2000");
        long before = store().position();
        all.replace(part("a1").put("plant", "2000"), 1);
        all.replace(part("b2").put("plant", "1000"), 1);
        all.replace(part("b1").put("plant", "2000").put("status", "TECO"), 1);
        all.remove("a2", 1);
        parts().upsertAll(List.of(part("b1").put("plant", "3000")));

        var ours = of("1000").changesAfter(before, 10);
        assertThat(ours).extracting(Documents.Changed::key).containsExactly("a1", "b2", "a2");
        assertThat(ours).extracting(changed -> changed.stored().isPresent()).containsExactly(false, true, false);
        var theirs = of("2000").changesAfter(before, 10);
        assertThat(theirs).extracting(Documents.Changed::key).containsExactly("a1", "b2", "b1");
        assertThat(theirs).extracting(changed -> changed.stored().isPresent()).containsExactly(true, false, false);
        assertThat(all.changesAfter(before, 10))
                .extracting(changed -> changed.stored().isPresent())
                .containsExactly(true, true, false, false);
        assertThat(of("3000").changesAfter(before, 10))
                .extracting(Documents.Changed::key)
                .containsExactly("b1");
    }

    @Test
    default void confinesCollectionsOutsideOfTheChangeSequenceToo() {
        store().documents(NOTES)
                .upsertAll(List.of(part("1").put("plant", "1000"), part("2").put("plant", "2000")));
        var ours = store().as(caller("1000")).documents(NOTES);
        assertThat(ours.count(Condition.ALL)).isEqualTo(1);
        assertThat(ours.removeAll(Condition.ALL)).isEqualTo(1);
        assertProblem(StoreProblem.DUPLICATE, () -> ours.insert(part("2").put("plant", "1000")));
    }

    @Test
    default void refusesTheUnconfinedStoreWithinARequest() {
        fill();
        ScopedValue.where(Caller.scoped(), caller("1000")).run(() -> {
            assertThatThrownBy(() -> parts().find("b1"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("store.as(caller)");
            assertThatThrownBy(() -> parts().count(Condition.ALL)).isInstanceOf(AssertionError.class);
            assertThat(store().documents(USERS).count(Condition.ALL)).isZero();
            assertThat(of("1000").count(Condition.ALL)).isEqualTo(2);
        });
    }

    @Test
    default void refusesACollectionThatDeclaresNoScope() {
        assertThatThrownBy(() -> store().documents(CollectionType.ofDocuments("Forgotten", "id")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("declares neither");
    }
}
