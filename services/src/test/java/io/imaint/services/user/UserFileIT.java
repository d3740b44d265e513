package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Goal: users come and go as files without surprises. Method: import and export over HTTP, a real store. */
class UserFileIT {
    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    private ApiClient admin;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
    }

    private ApiClient.Answer send(String mode, String file) {
        return admin.send("POST", "/api/users/import?mode=" + mode, file, "Content-Type", "text/csv; charset=utf-8");
    }

    private JsonNode imported(String file) {
        var answer = send("good-lines", file);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String name(String id) {
        return admin.get("/api/users/" + id).json().get("displayName").asString();
    }

    private String exported() {
        return admin.get("/api/users/export").text();
    }

    @Test
    void createsUsersInEveryScriptAndChangesThemTheSecondTime() {
        var report = imported("\uFEFFid,displayName,roles,plants\r\nanna,Żaneta,reader,1000|2000\r\nmira,\"मीरा, जोशी\",,\r\n");
        assertThat(report.get("created").asInt()).isEqualTo(2);
        assertThat(name("mira")).isEqualTo("मीरा, जोशी");

        report = imported("displayName;id\nAnna;anna\nमीरा, जोशी;mira\n");
        assertThat(report.get("changed").asInt()).isEqualTo(1);
        assertThat(report.get("unchanged").asInt()).isEqualTo(1);
        var anna = admin.get("/api/users/anna").json();
        assertThat(anna.get("displayName").asString()).isEqualTo("Anna");
        assertThat(anna.get("plants").toString()).isEqualTo("[\"1000\",\"2000\"]");
    }

    @Test
    void reportsEveryBadLineByItsNumberAndTakesTheGoodOnes() {
        var report = imported("""
                id,displayName,email,roles,status,allPlants
                anna,Anna,,reader,,TRUE
                Bad Id,x,,,,
                ben,,,,,
                carl,Carl,no address,king,,maybe
                dora,Dora,,king,,
                anna,Anna again,,,,
                emil,Emil,,,sleeping,
                few,Few
                """);
        assertThat(report.get("created").asInt()).isEqualTo(1);
        assertThat(report.get("bad").toString()).contains("king", "email", "allPlants", "sleeping", "earlier line");
        assertThat(ApiClient.Answer.texts(report.get("bad"), "line")).containsExactly("3", "4", "5", "6", "7", "8", "9");
        assertThat(admin.get("/api/users").each("id")).containsExactly("anna");
    }

    @Test
    void writesAllOrNothingWhenAskedTo() {
        var refused = send("all-or-nothing", "id,displayName\nanna,Anna\nben,\n");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/parameter").asString()).isEqualTo("line 3");
        assertThat(admin.get("/api/users").each("id")).isEmpty();
    }

    @Test
    void writesNothingInADryRun() {
        var report = send("dry-run", "id,displayName\nanna,Anna\n").json();
        assertThat(report.get("created").asInt()).isEqualTo(1);
        assertThat(report.get("written").asBoolean()).isFalse();
        assertThat(admin.get("/api/users").each("id")).isEmpty();
    }

    @Test
    void disarmsFormulasOnExportAndTakesThemLiterallyOnImport() {
        imported("id,displayName\nf1,\"=HYPERLINK(\"\"http://x\"\")\"\nf2,+49\nf3,-1\nf4,@x\nf5,'=already\nf6,'n Sync\n");
        assertThat(name("f1")).isEqualTo("=HYPERLINK(\"http://x\")");
        var file = exported();
        assertThat(file).contains("'=HYPERLINK", "'+49", "'-1", "'@x", ",'n Sync,").doesNotContain(",=", ",+", ",@");

        var report = imported(file);
        assertThat(report.get("unchanged").asInt()).as(report.toString()).isEqualTo(6);
        assertThat(name("f6")).isEqualTo("'n Sync");
    }

    @Test
    void exportsWhatItImportsUnchanged() {
        imported("""
                id,displayName,email,status,roles,groups,allPlants,plants,workCenters,personnelNumber,language,timeZone
                anna,"Anna ""A"" Berg",a@b.c,active,reader|administrator,,false,1000,1000/MECH,00012345,de,Europe/Berlin
                """);
        var first = exported();
        assertThat(imported(first).get("unchanged").asInt()).isEqualTo(1);
        assertThat(exported()).isEqualTo(first);
    }

    @Test
    void cannotDisableTheLastAdministrator() {
        Staff.active(admin, "anna", "administrator");
        var report = imported("id,status\nanna,disabled\n");
        assertThat(report.at("/bad/0/reason").asString()).contains("administrator");
        assertThat(report.get("changed").asInt()).isZero();
    }

    @Test
    void refusesAFileThatCannotBeRead() {
        assertThat(send("good-lines", "").status()).isIn(400, 422);
        assertThat(send("good-lines", "id,shoeSize\n").text()).contains("shoeSize");
        assertThat(send("good-lines", "displayName\nAnna\n").status()).isEqualTo(422);
        assertThat(send("good-lines", "id,displayName\nanna,\"Anna\n").status()).isEqualTo(422);
        assertThat(admin.send("POST", "/api/users/import", "{}").status()).isEqualTo(415);
        assertThat(admin.send("POST", "/api/users", Staff.user("export")).status()).isEqualTo(409);
    }
}
