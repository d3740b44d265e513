package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.flow.PolicyType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePoliciesTest {
    private static final String KEY = "<CacheKey><Prefix>token</Prefix><KeyFragment ref='who'/></CacheKey>";

    private final PolicyRig rig = new PolicyRig();

    private FlowContext context(Map<String, Object> variables) throws Exception {
        var context = rig.context();
        variables.forEach(context::set);
        return context;
    }

    private FlowContext run(PolicyType type, String elements, Map<String, Object> variables) throws Exception {
        var context = context(variables);
        var element = type.element();
        rig.compile(type, "<%s>%s</%s>".formatted(element, elements, element)).execute(context);
        return context;
    }

    private void populate(String more, Map<String, Object> variables) throws Exception {
        run(PopulateCache.TYPE, KEY + "<Source>token</Source>" + more, variables);
    }

    private FlowContext lookup(Map<String, Object> variables) throws Exception {
        return run(LookupCache.TYPE, KEY + "<AssignTo>found</AssignTo>", variables);
    }

    @Test
    @Covers({
        "PopulateCache/CacheKey/Prefix",
        "PopulateCache/CacheKey/KeyFragment@ref",
        "PopulateCache/Source",
        "LookupCache/CacheKey/Prefix",
        "LookupCache/CacheKey/KeyFragment@ref",
        "LookupCache/AssignTo"
    })
    void findsWhatWasKept() throws Exception {
        populate("", Map.of("who", "a", "token", "abc"));
        var found = lookup(Map.of("who", "a"));
        assertThat(found.get("found")).isEqualTo("abc");
        assertThat(found.get("lookupcache.P.cachehit")).isEqualTo(true);
        assertThat(found.get("lookupcache.P.cachekey")).isEqualTo("token__a");
        assertThat(found.get("lookupcache.P.cachename")).isEqualTo("default");
        assertThat(found.get("lookupcache.P.assignto")).isEqualTo("found");
    }

    @Test
    @Covers("LookupCache/CacheLookupTimeoutInSeconds")
    void saysThatItFoundNothing() throws Exception {
        populate("", Map.of("who", "a", "token", "abc"));
        var missed = run(
                LookupCache.TYPE,
                KEY + "<AssignTo>found</AssignTo><CacheLookupTimeoutInSeconds>5</CacheLookupTimeoutInSeconds>",
                Map.of("who", "b"));
        assertThat(missed.get("lookupcache.P.cachehit")).isEqualTo(false);
        assertThat(missed.get("found")).isNull();
    }

    @Test
    @Covers({"PopulateCache/CacheResource", "LookupCache/CacheResource", "InvalidateCache/CacheResource"})
    void keepsCachesApart() throws Exception {
        populate("<CacheResource>mine</CacheResource>", Map.of("who", "a", "token", "abc"));
        assertThat(lookup(Map.of("who", "a")).get("lookupcache.P.cachehit")).isEqualTo(false);
        var elements = KEY + "<CacheResource>mine</CacheResource>";
        assertThat(run(LookupCache.TYPE, elements + "<AssignTo>found</AssignTo>", Map.of("who", "a"))
                        .get("found"))
                .isEqualTo("abc");
        run(InvalidateCache.TYPE, elements, Map.of("who", "a"));
        assertThat(rig.caches.get("mine")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Global, default__default__k",
        "Application, default__default__Demo__k",
        "Proxy, default__default__Demo__1__default__k",
        "Target, default__default__Demo__1____k",
        "Exclusive, default__default__Demo__1__default__k",
    })
    @Covers({"PopulateCache/Scope", "LookupCache/Scope", "LookupCache/CacheKey/KeyFragment"})
    void beginsKeysWithTheirScope(String scope, String key) throws Exception {
        var found = run(
                LookupCache.TYPE,
                "<CacheKey><KeyFragment>k</KeyFragment></CacheKey><AssignTo>x</AssignTo><Scope>%s</Scope>"
                        .formatted(scope),
                Map.of());
        assertThat(found.get("lookupcache.P.cachekey")).isEqualTo(key);
    }

    @Test
    @Covers({"InvalidateCache/CacheKey", "InvalidateCache/Scope"})
    void removesOneEntry() throws Exception {
        populate("", Map.of("who", "a", "token", "abc"));
        populate("", Map.of("who", "ab", "token", "abc"));
        var context = run(InvalidateCache.TYPE, KEY + "<Scope>Exclusive</Scope>", Map.of("who", "a"));
        assertThat(context.get("invalidatecache.P.cachekey")).isEqualTo("token__a");
        assertThat(rig.caches.get("default")).containsOnlyKeys("token__ab");
    }

    @Test
    @Covers("InvalidateCache/PurgeChildEntries")
    void removesEntriesBelow() throws Exception {
        populate("", Map.of("who", "a", "token", "abc"));
        run(
                InvalidateCache.TYPE,
                "<CacheKey><Prefix>token</Prefix></CacheKey><PurgeChildEntries>true</PurgeChildEntries>",
                Map.of());
        assertThat(rig.caches.get("default")).isEmpty();
    }

    @Test
    @Covers({
        "InvalidateCache/CacheContext/APIProxyName",
        "InvalidateCache/CacheContext/ProxyName",
        "InvalidateCache/CacheContext/TargetName"
    })
    void removesEntriesOfAnotherProxy() throws Exception {
        var proxy = run(InvalidateCache.TYPE, """
                <CacheKey><KeyFragment>k</KeyFragment></CacheKey><CacheContext><APIProxyName>Other</APIProxyName>
                <ProxyName>in</ProxyName></CacheContext>""", Map.of());
        assertThat(proxy.get("invalidatecache.P.cachekey")).isEqualTo("default__default__Other__1__in__k");
        var target = run(InvalidateCache.TYPE, """
                <CacheKey><KeyFragment>k</KeyFragment></CacheKey><CacheContext><TargetName>out</TargetName></CacheContext>
                """, Map.of());
        assertThat(target.get("invalidatecache.P.cachekey")).isEqualTo("default__default__Demo__1__out__k");
    }

    @ParameterizedTest
    @CsvSource({
        "<TimeoutInSeconds>60</TimeoutInSeconds>, 2026-11-30T10:01:00Z",
        "<TimeoutInSeconds ref='n'>60</TimeoutInSeconds>, 2026-11-30T10:00:07Z",
        "<TimeoutInSec>60</TimeoutInSec>, 2026-11-30T10:01:00Z",
        "<TimeoutInSec>60</TimeoutInSec><TimeoutInSeconds>30</TimeoutInSeconds>, 2026-11-30T10:00:30Z",
        "<TimeOfDay>12:30:00</TimeOfDay>, 2026-11-30T12:30:00Z",
        "<TimeOfDay>09:30:00</TimeOfDay>, 2026-12-01T09:30:00Z",
        "<TimeOfDay ref='t'/>, 2026-11-30T23:00:00Z",
        "<ExpiryDate>12-24-2026</ExpiryDate>, 2026-12-24T00:00:00Z",
        "<ExpiryDate ref='d'/>, 2026-12-06T00:00:00Z",
        "<TimeoutInSeconds>-1</TimeoutInSeconds>, 2026-12-30T10:00:00Z",
        "'', 2026-12-30T10:00:00Z"
    })
    @Covers({
        "PopulateCache/ExpirySettings/TimeoutInSeconds",
        "PopulateCache/ExpirySettings/TimeoutInSeconds@ref",
        "PopulateCache/ExpirySettings/TimeoutInSec",
        "PopulateCache/ExpirySettings/TimeOfDay",
        "PopulateCache/ExpirySettings/TimeOfDay@ref",
        "PopulateCache/ExpirySettings/ExpiryDate",
        "PopulateCache/ExpirySettings/ExpiryDate@ref"
    })
    void keepsValuesUntilTheyExpire(String settings, String until) throws Exception {
        populate(
                "<ExpirySettings>" + settings + "</ExpirySettings>",
                Map.of("who", "a", "token", "abc", "n", "7", "t", "23:00:00", "d", "12-06-2026"));
        assertThat(rig.changes).containsExactly("cached token__a until " + until);
    }

    @Test
    @Covers("PopulateCache!policies.populatecache.EntryCannotBeCached")
    void refusesWhatCanNotBeKept() throws Exception {
        for (var value : List.of(Message.response(200, "OK"), "x".repeat(PopulateCache.SIZE_MAX + 1))) {
            var fault = catchThrowableOfType(Fault.class, () -> populate("", Map.of("who", "a", "token", value)));
            assertThat(fault.code()).isEqualTo("policies.populatecache.EntryCannotBeCached");
            assertThat(fault.status()).isEqualTo(500);
        }
        var fault = catchThrowableOfType(
                Fault.class, () -> populate("", Map.of("who", "x".repeat(CacheKey.LENGTH_MAX + 1), "token", "abc")));
        assertThat(fault.code()).isEqualTo("policies.populatecache.EntryCannotBeCached");
    }

    @Test
    void keepsNothingOfAVariableWithoutValue() throws Exception {
        populate("", Map.of("who", "a"));
        assertThat(rig.caches).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LookupCache, <CacheKey/>",
        "LookupCache, <AssignTo>x</AssignTo>",
        "PopulateCache, <CacheKey/>",
        "PopulateCache, <CacheKey/><Source>x</Source><ExpirySettings><TimeOfDay>noon</TimeOfDay></ExpirySettings>",
        "PopulateCache, <CacheKey/><Source>x</Source><ExpirySettings><TimeoutInSec>soon</TimeoutInSec></ExpirySettings>",
        "InvalidateCache, ''"
    })
    void reportsWhatIsMissingOrInvalid(String element, String inner) {
        var type = Map.of(
                        "LookupCache", LookupCache.TYPE,
                        "PopulateCache", PopulateCache.TYPE,
                        "InvalidateCache", InvalidateCache.TYPE)
                .get(element);
        assertThat(rig.findings(
                        java.util.Objects.requireNonNull(type), "<%s>%s</%s>".formatted(element, inner, element)))
                .anyMatch(one -> !one.deployable());
    }
}
