package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCacheTest {
    private final PolicyRig rig = new PolicyRig();
    private final Message response = Message.response(200, "OK");

    ResponseCacheTest() {
        response.content("hello");
    }

    private static String policy(String more) {
        return "<ResponseCache><CacheKey><KeyFragment ref='request.uri'/></CacheKey>" + more + "</ResponseCache>";
    }

    private void keep(String more) throws Exception {
        rig.compile(ResponseCache.TYPE, policy(more)).execute(rig.responseContext(response));
    }

    private FlowContext look(String more) throws Exception {
        return rig.run(ResponseCache.TYPE, policy(more));
    }

    /** The answer of the cache; null for none. */
    private @Nullable Message answer(String more) throws Exception {
        return look(more).answer();
    }

    @Test
    @Covers({"ResponseCache/CacheKey/KeyFragment@ref", "ResponseCache/CacheResource"})
    void answersWithAResponseThatItKept() throws Exception {
        response.headers().set("Content-Type", "text/plain");
        keep("<CacheResource>mine</CacheResource>");
        var context = look("<CacheResource>mine</CacheResource>");
        var answer = java.util.Objects.requireNonNull(context.answer());
        assertThat(answer.content()).isEqualTo("hello");
        assertThat(answer.headers().first("content-type")).isEqualTo("text/plain");
        assertThat(context.get("responsecache.P.cachehit")).isEqualTo(true);
        assertThat(context.get("responsecache.P.cachename")).isEqualTo("mine");
        assertThat(context.get("responsecache.P.cachekey"))
                .isEqualTo("default__default__Demo__1__default__/demo/orders");
        assertThat(answer("")).as("another cache has nothing").isNull();
    }

    @Test
    void givesEachRequestItsOwnCopy() throws Exception {
        keep("");
        java.util.Objects.requireNonNull(answer("")).headers().set("x-mine", "1");
        assertThat(java.util.Objects.requireNonNull(answer("")).headers().contains("x-mine"))
                .isFalse();
    }

    @Test
    void letsARequestPassWhoseResponseItDoesNotHave() throws Exception {
        keep("");
        rig.request = Message.request("GET", "/demo/others", "");
        var context = look("");
        assertThat(context.answer()).isNull();
        assertThat(context.get("responsecache.P.cachehit")).isEqualTo(false);
    }

    @Test
    @Covers({"ResponseCache/SkipCacheLookup", "ResponseCache/CacheLookupTimeoutInSeconds"})
    void skipsTheLookupOnACondition() throws Exception {
        var more = "<SkipCacheLookup>request.header.skip = \"true\"</SkipCacheLookup>"
                + "<CacheLookupTimeoutInSeconds>3</CacheLookupTimeoutInSeconds>";
        keep(more);
        assertThat(answer(more)).isNotNull();
        rig.request.headers().set("skip", "true");
        assertThat(answer(more)).isNull();
    }

    @Test
    @Covers("ResponseCache/SkipCachePopulation")
    void skipsKeepingOnACondition() throws Exception {
        keep("<SkipCachePopulation>response.status.code = 200</SkipCachePopulation>");
        assertThat(rig.caches).isEmpty();
    }

    @Test
    @Covers("ResponseCache/UseAcceptHeader")
    void keepsAResponseForEachAcceptedFormat() throws Exception {
        rig.request.headers().set("Accept", "application/json");
        keep("<UseAcceptHeader>true</UseAcceptHeader>");
        assertThat(answer("<UseAcceptHeader>true</UseAcceptHeader>")).isNotNull();
        rig.request.headers().set("Accept", "application/xml");
        assertThat(answer("<UseAcceptHeader>true</UseAcceptHeader>")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control | max-age=60 | 2026-11-30T10:01:00Z",
                "Cache-Control | max-age=60, s-maxage=30 | 2026-11-30T10:00:30Z",
                "Expires | Mon, 30 Nov 2026 11:00:00 GMT | 2026-11-30T11:00:00Z",
                "X-Other | 1 | 2026-11-30T10:05:00Z"
            })
    @Covers({"ResponseCache/UseResponseCacheHeaders", "ResponseCache/ExpirySettings/TimeoutInSeconds"})
    void keepsAResponseAsLongAsItSays(String header, String value, String until) throws Exception {
        response.headers().set(header, value);
        keep("<UseResponseCacheHeaders>true</UseResponseCacheHeaders>"
                + "<ExpirySettings><TimeoutInSeconds>300</TimeoutInSeconds></ExpirySettings>");
        assertThat(rig.changes).singleElement().asString().endsWith("until " + until);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control | no-store",
                "Cache-Control | private, max-age=60",
                "Cache-Control | max-age=0",
                "Expires | 0"
            })
    @Covers("ResponseCache/UseResponseCacheHeaders")
    void keepsNoResponseThatForbidsIt(String header, String value) throws Exception {
        response.headers().set(header, value);
        keep("<UseResponseCacheHeaders>true</UseResponseCacheHeaders>");
        assertThat(rig.caches).isEmpty();
    }

    @Test
    @Covers("ResponseCache/ExcludeErrorResponse")
    void keepsErrorsUnlessTheyAreExcluded() throws Exception {
        response.status(404, "Not Found");
        keep("<ExcludeErrorResponse>true</ExcludeErrorResponse>");
        assertThat(rig.caches).isEmpty();
        keep("");
        assertThat(java.util.Objects.requireNonNull(answer("")).status()).isEqualTo(404);
    }

    @Test
    void keepsNeitherCookiesNorStreamsNorLargeBodies() throws Exception {
        response.headers().add("Set-Cookie", "session=1");
        keep("");
        assertThat(java.util.Objects.requireNonNull(answer("")).headers().contains("set-cookie"))
                .isFalse();
        rig.caches.clear();
        response.body((Body.Streamed) () -> {});
        keep("");
        response.body(new Body.Bytes(new byte[PopulateCache.SIZE_MAX + 1]));
        keep("");
        assertThat(rig.caches).isEmpty();
    }
}
