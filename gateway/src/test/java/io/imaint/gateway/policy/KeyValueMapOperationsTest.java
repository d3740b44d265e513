package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.KeyValueMap.Scope;
import io.imaint.kernel.settings.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyValueMapOperationsTest {
    private final PolicyRig rig = new PolicyRig();
    private final Subscribers subscribers = new Subscribers();

    private void keep(Scope scope, String scopeId, boolean encrypted, String key, String value) {
        subscribers.maps =
                List.of(new KeyValueMap(scope, scopeId, "iCWPCredentials", encrypted, Map.of(key, new Secret(value))));
        rig.contents = subscribers.contents();
    }

    private FlowContext run(String operations) throws Exception {
        return rig.run(KeyValueMapOperations.TYPE, xml(operations));
    }

    private static String xml(String operations) {
        return "<KeyValueMapOperations mapIdentifier='iCWPCredentials' xmlns='http://www.sap.com/apimgmt'>%s</KeyValueMapOperations>"
                .formatted(operations);
    }

    private Fault faultOf(String operations) {
        return catchThrowableOfType(Fault.class, () -> run(operations));
    }

    @Test
    @Covers({
        "KeyValueMapOperations@mapIdentifier",
        "KeyValueMapOperations/Get@assignTo",
        "KeyValueMapOperations/Get/Key"
    })
    void readsAnEncryptedEntryIntoAPrivateVariable() throws Exception {
        keep(Scope.ENVIRONMENT, "", true, "UserID", "RFC_ICWP");
        var context = run("<Get assignTo='private.username'><Key><Parameter>UserID</Parameter></Key></Get>"
                + "<Scope>environment</Scope>");
        assertThat(context.get("private.username")).isEqualTo("RFC_ICWP");
    }

    @Test
    @Covers("KeyValueMapOperations!SetVariableFailed")
    void refusesToShowAnEncryptedEntryInAPlainVariable() {
        keep(Scope.ENVIRONMENT, "", true, "UserID", "RFC_ICWP");
        var fault = faultOf("<Get assignTo='username'><Key><Parameter>UserID</Parameter></Key></Get>");
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("steps.keyvaluemapoperations.SetVariableFailed");
        assertThat(fault.text()).contains("username").doesNotContain("RFC_ICWP");
    }

    @Test
    void refusesAVariableThatCanNotBeSet() {
        keep(Scope.ENVIRONMENT, "", false, "k", "v");
        assertThat(faultOf("<Get assignTo='client.ip'><Key><Parameter>k</Parameter></Key></Get>")
                        .code())
                .isEqualTo("steps.keyvaluemapoperations.SetVariableFailed");
    }

    @Test
    @Covers("KeyValueMapOperations/Get@index")
    void picksOneOfSeveralValuesByItsIndex() throws Exception {
        keep(Scope.ENVIRONMENT, "", false, "k", "one" + KeyValueMapOperations.SEPARATOR + "two");
        var context = run("<Get assignTo='second' index='2'><Key><Parameter>k</Parameter></Key></Get>"
                + "<Get assignTo='third' index='3'><Key><Parameter>k</Parameter></Key></Get>"
                + "<Get assignTo='all'><Key><Parameter>k</Parameter></Key></Get>");
        assertThat(context.get("second")).isEqualTo("two");
        assertThat(context.get("third")).isNull();
        assertThat(context.get("all")).isEqualTo(List.of("one", "two"));
    }

    @Test
    void keepsCommasOfASingleValue() throws Exception {
        keep(Scope.ENVIRONMENT, "", false, "k", "pass,word");
        assertThat(run("<Get assignTo='x' index='1'><Key><Parameter>k</Parameter></Key></Get>")
                        .get("x"))
                .isEqualTo("pass,word");
    }

    @Test
    void takesAwayTheVariableOfAMissingKey() throws Exception {
        keep(Scope.ENVIRONMENT, "", false, "k", "v");
        var context = rig.context();
        context.set("x", "stale");
        rig.compile(KeyValueMapOperations.TYPE, xml("<Get assignTo='x'><Key><Parameter>other</Parameter></Key></Get>"))
                .execute(context);
        assertThat(context.get("x")).isNull();
    }

    @Test
    @Covers({"KeyValueMapOperations/Get/Key/Parameter", "KeyValueMapOperations/Get/Key/Parameter@ref"})
    void joinsThePartsOfAKeyByTwoUnderscores() throws Exception {
        keep(Scope.ENVIRONMENT, "", false, "target__Demo__size", "7");
        var context = run("<Get assignTo='x'><Key><Parameter>target</Parameter><Parameter ref='apiproxy.name'/>"
                + "<Parameter>size</Parameter></Key></Get>");
        assertThat(context.get("x")).isEqualTo("7");
    }

    @Test
    @Covers("KeyValueMapOperations/Scope")
    void readsTheMapOfItsScope() throws Exception {
        keep(Scope.APIPROXY, "Demo", false, "k", "of the proxy");
        var get = "<Get assignTo='x'><Key><Parameter>k</Parameter></Key></Get>";
        assertThat(run(get + "<Scope>apiproxy</Scope>").get("x")).isEqualTo("of the proxy");
        assertThat(run(get).get("x")).isNull();
        keep(Scope.POLICY, "Demo/P", false, "k", "of the policy");
        assertThat(run(get + "<Scope>policy</Scope>").get("x")).isEqualTo("of the policy");
        keep(Scope.ORGANIZATION, "", false, "k", "of all");
        assertThat(run(get + "<Scope>organization</Scope>").get("x")).isEqualTo("of all");
    }

    @Test
    @Covers({"KeyValueMapOperations/Put@override", "KeyValueMapOperations/Put/Value@ref", "KeyValueMapOperations/Delete"
    })
    void writesAndDeletesInTheOrderOfTheFile() throws Exception {
        rig.request.headers().set("token", "t1");
        run("<Delete><Key><Parameter>a</Parameter></Key></Delete>"
                + "<Put><Key><Parameter>b</Parameter></Key><Value ref='request.header.token'/></Put>"
                + "<Put override='true'><Key><Parameter>c</Parameter></Key><Value>x</Value></Put>");
        assertThat(rig.changes)
                .containsExactly(
                        "remove ENVIRONMENT  iCWPCredentials a",
                        "put ENVIRONMENT  iCWPCredentials b=t1 false",
                        "put ENVIRONMENT  iCWPCredentials c=x true");
    }

    @Test
    @Covers("KeyValueMapOperations/InitialEntries")
    void writesInitialEntriesOnce() throws Exception {
        var policy = rig.compile(
                KeyValueMapOperations.TYPE,
                xml("<InitialEntries><Entry><Key><Parameter>k</Parameter></Key><Value>v</Value><Value>w</Value></Entry>"
                        + "</InitialEntries>"));
        policy.execute(rig.context());
        policy.execute(rig.context());
        assertThat(rig.changes)
                .containsExactly("put ENVIRONMENT  iCWPCredentials k=v" + KeyValueMapOperations.SEPARATOR + "w false");
    }

    @Test
    void usesTheMapOfTheDefaultNameWithoutIdentifier() throws Exception {
        rig.run(
                KeyValueMapOperations.TYPE,
                "<KeyValueMapOperations><Delete><Key><Parameter>a</Parameter></Key></Delete></KeyValueMapOperations>");
        assertThat(rig.changes).containsExactly("remove ENVIRONMENT  kvmap a");
    }

    @Test
    @Covers("KeyValueMapOperations!UnsupportedOperationException")
    void failsWhereTheIdentifierIsEmpty() {
        var fault = catchThrowableOfType(
                Fault.class,
                () -> rig.run(
                        KeyValueMapOperations.TYPE,
                        "<KeyValueMapOperations mapIdentifier=''><Delete><Key><Parameter>a</Parameter></Key></Delete></KeyValueMapOperations>"));
        assertThat(fault.name()).isEqualTo("UnsupportedOperationException");
    }

    @Test
    @Covers({"KeyValueMapOperations!KeyIsMissing", "KeyValueMapOperations!ValueIsMissing"})
    void writesNothingWithoutKeyOrValue() {
        assertThat(faultOf("<Put><Key><Parameter ref='none'/></Key><Value>v</Value></Put>")
                        .name())
                .isEqualTo("KeyIsMissing");
        assertThat(faultOf("<Put><Key><Parameter>k</Parameter></Key><Value ref='none'/></Put>")
                        .name())
                .isEqualTo("ValueIsMissing");
        assertThat(rig.changes).isEmpty();
    }

    @Test
    @Covers({"KeyValueMapOperations!KeyTooLarge", "KeyValueMapOperations!ValueTooLarge"})
    void limitsKeysAndValues() {
        rig.request.headers().set("long", "x".repeat(KeyValueMapOperations.VALUE_MAX + 1));
        assertThat(faultOf("<Put><Key><Parameter ref='request.header.long'/></Key><Value>v</Value></Put>")
                        .name())
                .isEqualTo("KeyTooLarge");
        assertThat(faultOf("<Put><Key><Parameter>k</Parameter></Key><Value ref='request.header.long'/></Put>")
                        .name())
                .isEqualTo("ValueTooLarge");
    }

    @Test
    void reportsWhatSapRefusesToDeploy() {
        assertThat(rig.findings(KeyValueMapOperations.TYPE, xml("<Get assignTo='x' index='0'><Key/></Get>")))
                .extracting("reason")
                .containsExactly("attribute index must be a whole number from 1", "<Key> needs a <Parameter>");
        assertThat(rig.findings(KeyValueMapOperations.TYPE, xml("")))
                .extracting("reason")
                .containsExactly("one of <Get>, <Put>, <Delete> must be there");
    }
}
