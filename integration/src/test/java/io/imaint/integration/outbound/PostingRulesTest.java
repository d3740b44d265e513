package io.imaint.integration.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Mapping.Field;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.store.outbox.Command;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostingRulesTest {
    private static Mapping mapping(String collection) {
        return Integrations.product().stream()
                .map(integration -> integration.mapping())
                .filter(mapping -> mapping.collection().equals(collection))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no integration fills " + collection));
    }

    private static List<String> fields(String collection) {
        return mapping(collection).fields().stream().map(Field::to).toList();
    }

    @ParameterizedTest
    @EnumSource
    void eachCommandIsPostedByWhatTheProductMaps(Command command) {
        var collection = command.collection().name();
        switch (Posting.of(command)) {
            case Posting.Create create -> {
                assertThat(command.kind()).isEqualTo(Command.Kind.CREATE);
                below(create.below());
            }
            case Posting.CreateTogether ignored -> assertThat(command.kind()).isEqualTo(Command.Kind.CREATE);
            case Posting.Upload ignored -> assertThat(command.kind()).isEqualTo(Command.Kind.CREATE);
            case Posting.Change change -> {
                assertThat(command.kind()).isEqualTo(Command.Kind.CHANGE);
                assertThat(fields(collection)).containsAll(change.fixed().keySet());
            }
            case Posting.Call call -> {
                assertThat(command.kind()).isEqualTo(Command.Kind.ACTION);
                assertThat(mapping(collection).keys()).containsAll(call.keys());
                assertThat(fields(collection)).containsAll(call.fields().values());
            }
        }
    }

    private static void below(List<Posting.Below> lists) {
        for (var list : lists) {
            assertThat(mapping(list.collection())).isNotNull();
            below(list.below());
        }
    }

    private static Result refused(ODataProblem problem, int status, String code, String message) {
        return Result.of(new ODataAnswer.Refused(problem.because("x"), status, code, message));
    }

    @Test
    void aBusinessErrorFailsInSapsWords() {
        var result = refused(ODataProblem.SAP_CHANGE_REFUSED, 400, "BS/007", "Release is not allowed");
        assertThat(result).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.words().code()).isEqualTo("BS/007");
            assertThat(failed.words().message()).isEqualTo("Release is not allowed");
            assertThat(failed.words().remedy()).isNotBlank();
        });
    }

    @Test
    void aLockPassesAndNothingIsUncertainThen() {
        assertThat(refused(ODataProblem.SAP_OBJECT_LOCKED, 400, "IW/136", "Order 1 is already being processed by X"))
                .isInstanceOfSatisfying(Result.Passing.class, passing -> {
                    assertThat(passing.uncertain()).isFalse();
                    assertThat(passing.suspect()).isFalse();
                });
    }

    @Test
    void aBreakdownOfSapPassesAndIsLookedUp() {
        assertThat(refused(ODataProblem.SAP_FAILED, 500, "", ""))
                .isInstanceOfSatisfying(
                        Result.Passing.class,
                        passing -> assertThat(passing.uncertain()).isTrue());
    }

    @Test
    void aMissingAuthorizationOfTheUserIsNotTriedAgain() {
        assertThat(refused(ODataProblem.SAP_UNAUTHORIZED, 403, "S#/077", "You are not authorized"))
                .isInstanceOf(Result.Failed.class);
    }

    @Test
    void whatEveryCommandWouldMeetIsNoMatterOfOne() {
        assertThat(refused(ODataProblem.SAP_UNAUTHORIZED, 403, Result.NO_SERVICE_AUTHORIZATION, "No authorization"))
                .isInstanceOf(Result.Away.class);
        assertThat(Result.of(ODataProblem.SAP_UNAUTHENTICATED.because("HTTP 401"), false))
                .isInstanceOf(Result.Away.class);
        assertThat(refused(ODataProblem.SAP_UNAVAILABLE, 503, "", ""))
                .as("a proxy may say so after SAP did it")
                .isInstanceOfSatisfying(
                        Result.Away.class, away -> assertThat(away.uncertain()).isTrue());
        assertThat(Result.of(ODataProblem.SAP_UNREACHABLE.because("refused"), false))
                .isInstanceOfSatisfying(
                        Result.Away.class, away -> assertThat(away.uncertain()).isFalse());
    }

    @Test
    void valuesAreComparedAsSapKeepsThem() {
        assertThat(OutgoingFields.same("000000004711", "4711")).isTrue();
        assertThat(OutgoingFields.same(new BigDecimal("1.50"), new BigDecimal("1.5")))
                .isTrue();
        assertThat(OutgoingFields.same(2L, new BigDecimal("2.0"))).isTrue();
        assertThat(OutgoingFields.same(null, "")).isTrue();
        assertThat(OutgoingFields.same(null, false)).isTrue();
        assertThat(OutgoingFields.same(null, BigDecimal.ZERO))
                .as("an initial quantity")
                .isTrue();
        assertThat(OutgoingFields.same("pump", "Pump")).isFalse();
        assertThat(OutgoingFields.same(true, null)).isFalse();
    }
}
