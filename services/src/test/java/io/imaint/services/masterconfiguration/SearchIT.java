package io.imaint.services.masterconfiguration;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchIT {
    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(MasterConfigurationService.MODULE);

    private static final Caller EVERYTHING = new Caller("everything", permission -> true, PlantScope.ALL);

    /** The hits as their type and key, without zeros. */
    private static String found(Caller caller, String query) {
        var answer = PLANT.as(caller).get("/api/search?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .required("items")
                .valueStream()
                .map(hit -> hit.required("type").asString() + ":"
                        + hit.required("key").asString().replaceFirst("^0+", ""))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q=4000001 | order:4000001",
                "q=000004000001 | order:4000001",
                "q=hh-hall | functional-location:HH-HALL order:4000006 equipment:10000003",
                "q=815 | material:815",
                "q=seal | material:SEAL",
                "q=crane | order:4000006 notification:10000002 equipment:10000003",
                "q=feed+pump | order:4000001 order:4000003 notification:10000001 equipment:10000001 equipment:10000002"
                        + " functional-location:HH-PUMP-01",
                "q=feed+pump&limit=1 | order:4000001 notification:10000001 equipment:10000001 functional-location:HH-PUMP-01",
                "q=feed+pump&type=equipment&type=material | equipment:10000001 equipment:10000002",
                "q=nosuchword | ''",
                "q=%2D%2D | ''"
            })
    void findsByNumberAndByWords(String query, String expected) {
        assertThat(found(EVERYTHING, query)).isEqualTo(expected);
    }

    @Test
    void showsFirstWhatHasExactlyThisNumber() {
        assertThat(found(EVERYTHING, "q=10000001"))
                .as("the order and the motor only mention it")
                .startsWith("notification:10000001 equipment:10000001 order:");
    }

    @Test
    void showsWhatAHitIs() {
        var hit = PLANT.get("/api/search?q=4000001").json().at("/items/0");
        assertThat(hit.required("description").asString()).isEqualTo("Replace bearing of feed pump");
        assertThat(hit.required("plant").asString()).isEqualTo("1000");
        assertThat(hit.required("status").asString()).isEqualTo("REL");
        var material = PLANT.get("/api/search?q=SEAL").json().at("/items/0");
        assertThat(material.required("plant").isNull()).isTrue();
        assertThat(material.required("status").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "master-data.read | equipment:10000003",
                "master-data.read work-orders.read | order:4000006 equipment:10000003",
                "master-data.read notifications.read | notification:10000002 equipment:10000003"
            })
    void findsOnlyTypesThatTheCallerMayRead(String permissions, String expected) {
        var held = Arrays.stream(permissions.split(" ")).map(Permission::new).collect(Collectors.toSet());
        assertThat(found(new Caller(permissions, held, PlantScope.ALL), "q=crane"))
                .isEqualTo(expected);
    }

    @Test
    void findsNothingOfOtherPlants() {
        var rotterdam = new Caller("rotterdam", permission -> true, PlantScope.of("2000"));
        for (var hidden : new String[] {"crane", "4000001", "10000001", "HH-HALL", "pump"}) {
            assertThat(found(rotterdam, "q=" + hidden)).as(hidden).isEmpty();
        }
        assertThat(found(rotterdam, "q=compressor"))
                .isEqualTo("order:4000004 notification:10000003 equipment:10000004");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"limit=5 | q", "q=%20 | q", "q=a&limit=0 | limit", "q=a&limit=51 | limit", "q=a&type=person | type"
            })
    void refusesBadParametersByName(String query, String parameter) {
        var answer = PLANT.get("/api/search?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(parameter);
    }
}
