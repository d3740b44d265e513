package io.imaint.services.masterconfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plant by which lists are filtered is the one that they show. */
class PlantFilterIT {
    private static final Document INHERITED = new Document().put("id", "1").put("plant", "1000");

    private static final Document OWN =
            new Document().put("id", "2").put("plant", "1010").put("maintenancePlant", "1010");

    @TempDir
    Path directory;

    private List<String> found(CollectionType<Document> type, Condition where) {
        try (Store store = StoreService.open(new StoreSettings(directory, Optional.empty()))) {
            var documents = store.documents(type);
            documents.upsertAll(List.of(INHERITED, OWN));
            return documents.list(Query.where(where)).items().stream()
                    .map(Stored::key)
                    .toList();
        }
    }

    @Test
    void findsEquipmentByThePlantThatItInherits() {
        var filter = new EquipmentRegister.Filter("1000", null, null, List.of(), null, 50, null);
        assertThat(found(Replicas.EQUIPMENT, filter.condition())).containsExactly("1");
    }

    @Test
    void findsFunctionalLocationsByThePlantThatTheyInherit() {
        var filter = new FunctionalLocations.Filter("1000", null, null, null, 50, null);
        assertThat(found(Replicas.FUNCTIONAL_LOCATIONS, filter.condition())).containsExactly("1");
    }
}
