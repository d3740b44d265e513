package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Outbound in one process with a simulator: outbox, producer and consumer, and what the tests ask of them. */
abstract class OutboundCase {
    @TempDir
    Path home;

    OutboundLandscape landscape;

    @BeforeEach
    void open() {
        landscape = new OutboundLandscape(home);
    }

    @AfterEach
    void close() {
        landscape.close();
    }

    static Document notification(String text) {
        return new Document().put("notificationType", "M1").put("description", text);
    }

    Document order(String text) {
        return new Document()
                .put("orderType", "PM01")
                .put("description", text)
                .put(
                        "plant",
                        landscape.rows(IcwpModel.PLANT, row -> true).getFirst().text("WERKS"));
    }

    /** Waits until SAP has confirmed; returns the number. */
    String posted(OutboxItem accepted) {
        var item = landscape.settled(accepted);
        assertThat(item.state()).as("%s: %s", item.command(), item.outcome()).isEqualTo(State.POSTED);
        return Objects.requireNonNull(item.outcome().sapNumber());
    }

    OutboxItem failed(OutboxItem accepted) {
        var item = landscape.settled(accepted);
        assertThat(item.state()).as("%s: %s", item.command(), item.outcome()).isEqualTo(State.FAILED);
        return item;
    }

    String about(Command command, String collection, String object, String key, Document values) {
        return posted(landscape.about(command, collection, object, key, values));
    }

    long described(EntitySet set, String property, String text) {
        return landscape.rows(set, row -> row.text(property).equals(text)).size();
    }
}
