package io.imaint.integration.state;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.time.Instant;

/** Why an integration's last load failed. */
public record LastError(String code, String detail, String remedy, Instant at) {
    public static LastError of(Failure failure, Instant at) {
        return new LastError(
                failure.code().slug(), failure.detail(), failure.code().remedy(), at);
    }

    /** One line for people. */
    public String line() {
        return "%s: %s. %s".formatted(code, detail, remedy);
    }

    Document document() {
        return new Document()
                .put("code", code)
                .put("detail", detail)
                .put("remedy", remedy)
                .put("at", at);
    }

    static LastError read(StrictDocument in) {
        var error = new LastError(
                in.text("code"),
                in.text("detail"),
                in.text("remedy"),
                in.instant("at").orElseThrow());
        in.end();
        return error;
    }
}
