package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: rules are edited safely by several people and programs. Method: the routes over HTTP, a real store. */
class AlertRulesIT {
    private static final String RULES = "/api/alert-rules";
    private static final String ADMIN = "administrator";
    private static final String RULE = """
            {"name": "Failures", "fact": "MachineFailed", "roles": ["technician"], "channels": ["email"],
             "conditions": [{"field": "severity", "operator": "at-least", "values": ["3"]}],
             "grouping": {"fields": ["reason"], "window": "PT10M"},
             "escalation": {"after": "PT30M", "roles": ["supervisor"]}}""";

    private AlertSystem system;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AlertSystem(directory);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void createsARuleAndShowsItWithItsVersion() {
        var made = system.call(ADMIN, "POST", RULES, RULE);

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("location"))
                .isEqualTo(RULES + "/" + made.json().get("id").asString());
        var shown = system.call(ADMIN, "GET", made.header("location"), "");
        assertThat(shown.json()).isEqualTo(made.json());
        assertThat(shown.header("etag")).isEqualTo(made.header("etag")).isEqualTo("\"1\"");
        assertThat(shown.json().get("severity").asString()).isEqualTo("warning");
        assertThat(shown.json().at("/conditions/0/operator").asString()).isEqualTo("at-least");
    }

    @Test
    void createsOnceHoweverOftenARequestIsRepeated() {
        var first = system.call(ADMIN, "POST", RULES, RULE, "Idempotency-Key", "k1");
        var again = system.call(ADMIN, "POST", RULES, RULE, "Idempotency-Key", "k1");

        assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(system.call(ADMIN, "GET", RULES, "").json().get("items")).hasSize(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherBody() {
        system.call(ADMIN, "POST", RULES, RULE, "Idempotency-Key", "k1");
        var other = system.call(ADMIN, "POST", RULES, RULE.replace("Failures", "Other"), "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void replacesTheRevisionThatTheClientSaw() {
        var path = created();
        var replaced = system.call(ADMIN, "PUT", path, RULE.replace("Failures", "Better"), "If-Match", "\"1\"");

        assertThat(replaced.status()).as(replaced.toString()).isEqualTo(200);
        assertThat(replaced.header("etag")).isEqualTo("\"2\"");
        assertThat(replaced.json().get("name").asString()).isEqualTo("Better");
    }

    @Test
    void changesPartsAndLeavesTheRest() {
        var path = created();
        var patched =
                system.call(ADMIN, "PATCH", path, "{\"enabled\": false, \"escalation\": null}", "If-Match", "\"1\"");

        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.json().get("enabled").asBoolean()).isFalse();
        assertThat(patched.json().get("escalation").isNull()).isTrue();
        assertThat(patched.json().at("/grouping/window").asString()).isEqualTo("PT10M");
    }

    @Test
    void refusesAWriteThatNamesNoRevision() {
        var path = created();
        assertThat(system.call(ADMIN, "PUT", path, RULE).status()).isEqualTo(428);
        assertThat(system.call(ADMIN, "PATCH", path, "{}").status()).isEqualTo(428);
        assertThat(system.call(ADMIN, "DELETE", path, "").status()).isEqualTo(428);
    }

    @Test
    void showsWhatStandsThereToWhoeverNamesAnOldRevision() {
        var path = created();
        system.call(ADMIN, "PATCH", path, "{\"name\": \"Newer\"}", "If-Match", "\"1\"");

        for (var method : new String[] {"PUT", "PATCH", "DELETE"}) {
            var body = method.equals("DELETE") ? "" : method.equals("PATCH") ? "{}" : RULE;
            var lost = system.call(ADMIN, method, path, body, "If-Match", "\"1\"");
            assertThat(lost.status()).as(method).isEqualTo(412);
            assertThat(lost.header("etag")).as(method).isEqualTo("\"2\"");
            assertThat(lost.json().at("/current/name").asString()).as(method).isEqualTo("Newer");
        }
    }

    @Test
    void removesARule() {
        var path = created();
        assertThat(system.call(ADMIN, "DELETE", path, "", "If-Match", "\"1\"").status())
                .isEqualTo(204);
        assertThat(system.call(ADMIN, "GET", path, "").status()).isEqualTo(404);
    }

    @Test
    void listsTheRulesOfAFactPageByPage() {
        for (int i = 0; i < 3; i++) {
            created();
        }
        system.call(ADMIN, "POST", RULES, "{\"name\": \"x\", \"fact\": \"LoadFailed\"}");

        var first = system.call(ADMIN, "GET", RULES + "?fact=MachineFailed&limit=2", "");
        assertThat(first.json().get("items")).hasSize(2);
        var next = system.call(
                ADMIN,
                "GET",
                RULES + "?fact=MachineFailed&limit=2&after="
                        + first.json().get("next").asString(),
                "");
        assertThat(next.json().get("items")).hasSize(1);
        assertThat(next.json().get("next").isNull()).isTrue();
    }

    @Test
    void namesEverythingThatIsWrongWithARule() {
        var refused = system.call(ADMIN, "POST", RULES, """
                {"name": "", "fact": "not a fact", "severity": "loud", "unknown": 1,
                 "conditions": [{"field": "a", "operator": "equal", "values": []}],
                 "escalation": {"after": "PT59S"}}""");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").toString())
                .contains("name", "fact", "severity", "unknown", "conditions", "escalation");
    }

    @Test
    void refusesATextThatDoesNotExist() {
        var refused = system.call(
                ADMIN, "POST", RULES, "{\"name\": \"x\", \"fact\": \"LoadFailed\", \"text\": \"no-such-text\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("code").asString()).isEqualTo("alert-rule-invalid");
    }

    @Test
    void refusesAnEscalationOfAlertsAboutAlerts() {
        var refused = system.call(ADMIN, "POST", RULES, RULE.replace("MachineFailed", "AlertEscalated"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").toString()).contains("/escalation");
    }

    @Test
    void takesNoMoreRulesThanEachFactIsComparedWith() {
        var path = created();
        var rules = system.store.documents(AlertCollections.RULES);
        var rule = rules.find(path.substring(path.lastIndexOf('/') + 1))
                .orElseThrow()
                .value();
        rules.upsertAll(IntStream.range(1, AlertRules.MAX)
                .mapToObj(i -> AlertRuleInput.of(rule).rule("r" + i))
                .toList());
        var refused = system.call(ADMIN, "POST", RULES, RULE);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("alert-limit-reached");
    }

    @Test
    void letsNobodyInWithoutThePermission() {
        var path = created();
        assertThat(system.call("", "GET", RULES, "").status()).isEqualTo(401);
        for (var user : new String[] {"anna", "guest"}) {
            assertThat(system.call(user, "GET", RULES, "").status()).isEqualTo(403);
            assertThat(system.call(user, "POST", RULES, RULE).status()).isEqualTo(403);
            assertThat(system.call(user, "DELETE", path, "", "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(403);
        }
    }

    private String created() {
        return system.call(ADMIN, "POST", RULES, RULE).header("location");
    }
}
