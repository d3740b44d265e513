package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MongoAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://127.0.0.1",
                "mongodb://127.0.0.1:27017/plant",
                "mongodb://user:p%40ss@one.plant.example,two.plant.example/plant?replicaSet=rs0&authSource=admin",
                "mongodb+srv://user:secret@cluster.plant.example/plant?tls=true"
            })
    void takesEveryFormOfAnAddress(String uri) {
        assertThat(MongoAddress.finding(uri)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:27017/plant, must begin with mongodb://",
        "mongodb://127.0.0.1/plant.6, must not contain a dot",
        "mongodb+srv://cluster.plant.example/plant.6, must not contain a dot",
        "mongodb://127.0.0.1/my plant, ' '",
        "mongodb://user:s3cret@word@127.0.0.1/plant, urlencoded",
        "mongodb://127.0.0.1/plant?authMechanism=NONE, authMechanism",
        "mongodb://127.0.0.1:port/plant, port",
    })
    void refusesAMalformedAddressWithTheReason(String uri, String reason) {
        assertThat(MongoAddress.finding(uri))
                .hasValueSatisfying(
                        finding -> assertThat(finding).contains(reason).doesNotContain("s3cret"));
    }

    @Test
    void reportsAMalformedAddressAsAnInvalidSetting() {
        var settings = Settings.of(Map.of("mongo-uri", "mongodb://127.0.0.1/plant.6"));
        StoreSettings.read(settings);
        assertThatThrownBy(settings::verify)
                .hasMessageContaining("mongo-uri is refused: the name of the database must not contain a dot");
    }
}
