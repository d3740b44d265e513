package io.imaint.checks;

import static io.imaint.checks.ScopeTable.EVERYWHERE;
import static io.imaint.checks.ScopeTable.PERSONAL;
import static io.imaint.checks.ScopeTable.unscoped;
import static io.imaint.checks.TwoPlants.ROTTERDAM;

import io.imaint.checks.ScopeRow.Unscoped;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import java.util.List;

/** The rows of seed data, settings and preferences. */
final class ConfigurationRows {
    private static final String SEEDS = "configuration of the installation, the same in all plants";

    private final ServedCatalogue program;
    private final Caller administrator = Caller.system("matrix");

    ConfigurationRows(ServedCatalogue program) {
        this.program = program;
    }

    List<ScopeRow> rows() {
        var definitions = "definitions hold in every plant, and the values shown are the caller's own";
        var values = "whoever sees a plant is refused those of others, as SettingsIT shows; here are the caller's own";
        var mobile = "/api/mobile-preferences/android";
        var android = program.send(administrator, "GET", mobile, null).json().get("document");
        var setting = "/api/settings/formats.dates";
        var value = "/api/settings/{key}/values/{level}/{subject}";
        return List.of(
                unscoped("GET /api/seed", SEEDS),
                new Unscoped(
                        "POST /api/seed/conflicts/{id}/resolve",
                        SEEDS,
                        () -> "/api/seed/conflicts/none/resolve",
                        () -> "{\"take\": \"mine\"}",
                        "seed-conflict-not-found"),
                unscoped("GET /api/settings", definitions),
                unscoped("GET /api/settings/{key}", definitions, () -> setting, null),
                unscoped("GET /api/settings/{key}/explanation", definitions, () -> setting + "/explanation", null),
                unscoped("GET " + value, values, () -> ownSetting(true), null),
                unscoped("PUT " + value, values, () -> ownSetting(false), "{\"value\": \"iso\"}"),
                unscoped("DELETE " + value, values, () -> ownSetting(true), null),
                unscoped("GET /api/risk-matrices", SEEDS),
                unscoped("GET /api/risk-matrices/{id}", SEEDS, () -> "/api/risk-matrices/standard-5x5", null),
                unscoped("GET /api/languages", "texts are the same in all plants"),
                unscoped(
                        "GET /api/languages/{language}",
                        "texts are the same in all plants",
                        () -> "/api/languages/en",
                        null),
                unscoped("GET /api/me/views", PERSONAL),
                unscoped("PUT /api/me/views", PERSONAL, "{\"views\": []}"),
                unscoped("GET /api/mobile-preferences", PERSONAL),
                unscoped("GET /api/mobile-preferences/choices", PERSONAL),
                unscoped("PUT /api/mobile-preferences/choices", PERSONAL, "{\"plant\": \"1000\"}")
                        .refusing("mobile-preference-invalid", ROTTERDAM),
                unscoped("GET /api/mobile-preferences/{id}", "the same app in all plants", () -> mobile, null),
                unscoped(
                        "PUT /api/mobile-preferences/{id}",
                        "the same app in all plants",
                        () -> mobile,
                        "{\"document\": %s}".formatted(android)));
    }

    /** The path of a value of the caller who sees everything; it is set or not. */
    private String ownSetting(boolean set) {
        var caller = new Caller(EVERYWHERE, permission -> true, PlantScope.ALL);
        var path = "/api/settings/formats.dates/values/user/" + EVERYWHERE;
        var tag = program.send(caller, "GET", path, null).header("etag");
        if (set && tag.isEmpty()) {
            program.send(caller, "PUT", path, "{\"value\": \"iso\"}");
        } else if (!set && !tag.isEmpty()) {
            program.send(caller, "DELETE", path, null, "If-Match", tag);
        }
        return path;
    }
}
