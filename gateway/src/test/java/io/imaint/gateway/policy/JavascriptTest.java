package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.Resource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavascriptTest {
    private static final String POLICY =
            "<Javascript timeLimit='5000'><ResourceURL>jsc://a.js</ResourceURL>%s</Javascript>";

    private final PolicyRig rig = new PolicyRig();

    private void script(String name, String text) {
        rig.resources.put("jsc://" + name, new Resource("jsc", name, "APIProxy/FileResource/" + name, text));
    }

    private FlowContext run(FlowContext context, String text) throws Exception {
        return run(context, text, "");
    }

    private FlowContext run(FlowContext context, String text, String elements) throws Exception {
        script("a.js", text);
        rig.compile(Javascript.TYPE, POLICY.formatted(elements)).execute(context);
        return context;
    }

    /** The variable {@code x} that a script sets. */
    private @Nullable Object x(String text) throws Exception {
        return run(rig.context(), text).get("x");
    }

    private String fault(String text) throws Exception {
        var context = rig.context();
        var fault = catchThrowableOfType(Fault.class, () -> run(context, text));
        assertThat(fault.code()).isEqualTo("steps.javascript.ScriptExecutionFailed");
        assertThat(fault.status()).isEqualTo(500);
        return fault.text();
    }

    @Test
    @Covers({"Javascript/ResourceURL", "Javascript@timeLimit"})
    void readsAndSetsVariables() throws Exception {
        rig.request.headers().set("Accept", "text/plain");
        var context = rig.context();
        run(context, """
                context.setVariable('text', context.getVariable('request.header.accept') + '!');
                context.setVariable('whole', 2 + 3);
                context.setVariable('part', 0.5);
                context.setVariable('truth', 1 < 2);
                context.setVariable('request.header.x-a', 'b');
                context.setVariable('gone', 'x');
                context.removeVariable('gone');
                context.setVariable('missing', context.getVariable('none') === null);
                """);
        assertThat(context.get("text")).isEqualTo("text/plain!");
        assertThat(context.get("whole")).isEqualTo(5);
        assertThat(context.get("part")).isEqualTo(0.5);
        assertThat(context.get("truth")).isEqualTo(true);
        assertThat(context.request().headers().first("x-a")).isEqualTo("b");
        assertThat(context.get("gone")).isNull();
        assertThat(context.get("missing")).isEqualTo(true);
    }

    @Test
    @Covers("Javascript!steps.javascript.ScriptExecutionFailed")
    void answersWithSapsTextForAMistake() throws Exception {
        script("setresponse.js", "\n\n\n\n\nvar a = status + 1;");
        var policy = rig.compile(
                Javascript.TYPE, "<Javascript><ResourceURL>jsc://setresponse.js</ResourceURL></Javascript>");
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(rig.context()));
        assertThat(fault.text())
                .isEqualTo("Execution of P failed with error: Javascript runtime error: "
                        + "\"ReferenceError: \"status\" is not defined. (setresponse.js:6)\"");
    }

    @Test
    void tellsWhatAScriptThrows() throws Exception {
        assertThat(fault("throw new Error('no good');")).contains("\"Error: no good (a.js:1)\"");
        assertThat(fault("throw 'plain';")).contains("plain");
        assertThat(fault("null.x;")).contains("TypeError");
    }

    @Test
    void stopsAScriptThatTakesTooLong() throws Exception {
        script("a.js", "while (true) {}");
        var policy = rig.compile(
                Javascript.TYPE, "<Javascript timeLimit='50'><ResourceURL>jsc://a.js</ResourceURL></Javascript>");
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(rig.context()));
        assertThat(fault.text())
                .isEqualTo("Execution of P failed with error: Javascript runtime exceeded limit of 50ms");
    }

    @Test
    @Covers("Javascript/IncludeURL")
    void includesOtherScriptsBefore() throws Exception {
        script("lib.js", "function twice(n) { return 2 * n; }");
        var context = run(rig.context(), "context.setVariable('x', twice(4))", "<IncludeURL>jsc://lib.js</IncludeURL>");
        assertThat(context.get("x")).isEqualTo(8);
    }

    @Test
    @Covers({"Javascript/Properties/Property", "Javascript/Properties/Property@name"})
    void givesTheScriptItsProperties() throws Exception {
        var context = run(
                rig.context(),
                "context.setVariable('x', properties.limit + properties['none'])",
                "<Properties><Property name='limit'>7</Property></Properties>");
        assertThat(context.get("x")).isEqualTo("7undefined");
    }

    @Test
    @Covers("Javascript/Source")
    void runsAScriptInThePolicyItself() throws Exception {
        var context = rig.run(
                Javascript.TYPE, "<Javascript><Source>context.setVariable('x', 'inside');</Source></Javascript>");
        assertThat(context.get("x")).isEqualTo("inside");
    }

    @Test
    void changesTheRequest() throws Exception {
        rig.request = Message.request("POST", "/demo/orders", "a=1&b=2");
        rig.request.headers().set("Content-Type", "application/json");
        rig.request.content("{\"n\":3}");
        var context = run(rig.context(), """
                var body = JSON.parse(request.content);
                request.headers['X-N'] = body.n + request.body.asJSON.n;
                delete request.headers['Content-Type'];
                request.queryParams.c = request.queryParams['a'] + context.proxyRequest.queryParams.b;
                request.method = 'PUT';
                request.content = JSON.stringify({n: body.n + 1});
                context.setVariable('x', context.flow + ' ' + (response === null) + ' ' + request.url);
                """);
        var request = context.request();
        assertThat(request.headers().first("x-n")).isEqualTo("6");
        assertThat(request.headers().contains("content-type")).isFalse();
        assertThat(request.query()).isEqualTo("a=1&b=2&c=12");
        assertThat(request.verb()).isEqualTo("PUT");
        assertThat(request.content()).isEqualTo("{\"n\":4}");
        assertThat(context.get("x")).isEqualTo("PROXY_REQ_FLOW true http://localhost/demo/orders");
    }

    @Test
    void changesTheResponse() throws Exception {
        var response = Message.response(200, "OK");
        response.content("hello");
        response.headers().add("Set-Cookie", "a=1");
        response.headers().add("Set-Cookie", "b=2");
        var context = run(rig.responseContext(response), """
                response.status.code = 201;
                context.proxyResponse.status.message = 'Made';
                context.setVariable('x', context.flow + ' ' + response.content.length + response.content.indexOf('l')
                    + ' ' + response.headers['Set-Cookie'][1] + ' ' + context.targetResponse.status.code);
                response.content = response.content + ' world';
                """);
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.reason()).isEqualTo("Made");
        assertThat(response.content()).isEqualTo("hello world");
        assertThat(context.get("x")).isEqualTo("PROXY_RESP_FLOW 52 b=2 201");
    }

    @Test
    void setsTheTarget() throws Exception {
        var context = run(rig.context(), "context.targetRequest.url = 'https://sap.example.com/x';");
        assertThat(context.get("target.url")).isEqualTo("https://sap.example.com/x");
    }

    @Test
    void readsAndWritesXml() throws Exception {
        rig.request.content(
                "<?xml version='1.0'?><orders><order id='1'>pump</order><order id='2'>valve</order></orders>");
        assertThat(x("""
                var orders = request.content.asXML;
                var made = <list/>;
                for each (var order in orders.order) { made.item += <item>{order.@id}</item>; }
                context.setVariable('x', orders.order.length() + made.item[1].toString());
                """)).isEqualTo("22");
        assertThat(x("context.setVariable('x', new XML('<a><b>c</b></a>').b.toString())"))
                .isEqualTo("c");
    }

    @Test
    void sharesASessionWithinARequest() throws Exception {
        var context = rig.context();
        run(context, "context.session['seen'] = {count: 1};");
        run(context, "context.setVariable('x', context.session.seen.count + 1);");
        assertThat(context.get("x")).isEqualTo(2);
        run(rig.context(), "if (context.session.seen) throw 'leaked';");
    }

    @Test
    void asksOtherSystemsAndWaits() throws Exception {
        rig.answer = Message.response(200, "OK");
        rig.answer.content("{\"a\":\"b\"}");
        assertThat(x("""
                var asked = new Request('https://sap.example.com:44300/x?y=1', 'POST', {'X-A': 'b'}, 'body');
                var exchange = httpClient.send(asked);
                exchange.waitForComplete();
                if (exchange.isSuccess() && exchange.isComplete() && !exchange.isError()) {
                    var answer = exchange.getResponse();
                    context.setVariable('x', answer.status.code + answer.content.asJSON.a + JSON.parse(answer.content).a);
                }
                """)).isEqualTo("200bb");
        var call = rig.calls.getFirst();
        assertThat(call.origin()).isEqualTo("https://sap.example.com:44300");
        assertThat(call.request().verb()).isEqualTo("POST");
        assertThat(call.request().uri()).isEqualTo("/x?y=1");
        assertThat(call.request().headers().first("x-a")).isEqualTo("b");
        assertThat(call.request().content()).isEqualTo("body");
    }

    @Test
    @Covers({"Javascript/SSLInfo/TrustStore", "Javascript/SSLInfo/KeyStore"})
    void asksWithTheStoresOfThePolicy() throws Exception {
        run(
                rig.context(),
                "httpClient.get('https://sap.example.com')",
                "<SSLInfo><Enabled>true</Enabled><TrustStore>t</TrustStore><KeyStore>k</KeyStore></SSLInfo>");
        assertThat(rig.calls.getFirst().trustStore()).isEqualTo("t");
        assertThat(rig.calls.getFirst().keyStore()).isEqualTo("k");
    }

    @Test
    void callsBackBeforeTheFlowGoesOn() throws Exception {
        assertThat(x("""
                httpClient.get('http://a.example.com/', function (response, error) {
                    context.setVariable('x', response.status.code + ' ' + error);
                });
                """)).isEqualTo("200 null");
    }

    @Test
    void keepsWhatIsPrinted() throws Exception {
        assertThat(run(rig.context(), "print('a', 1); print('b');").get("javascript.P.print"))
                .isEqualTo("a\n1\nb\n");
    }

    @Test
    void letsAScriptExtendBuiltInObjectsForItself() throws Exception {
        assertThat(x("String.prototype.shout = function () { return this.toUpperCase() + '!'; };"
                        + "context.setVariable('x', 'a'.shout());"))
                .isEqualTo("A!");
        assertThat(x("context.setVariable('x', typeof 'a'.shout);")).isEqualTo("undefined");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[3,1,2].sort().join('-') | 1-2-3",
                "JSON.stringify({a: [1, {b: 'c'}]}) | {\"a\":[1,{\"b\":\"c\"}]}",
                "JSON.stringify({a: 1, b: 2}, ['b']) | {\"b\":2}",
                "JSON.stringify([1, 2], function (k, v) { return typeof v === 'number' ? v * 2 : v; }) | [2,4]",
                "'a-b-c'.split('-').length + 'aXbX'.replace(/x/gi, '$&$&') | 3aXXbXX",
                "Array.prototype.slice.call({0: 'a', length: 1}).concat(['b']) + '' | a,b",
                "Math.max.apply(null, [1, 5, 2]) + '' | 5",
                "(function () { return [].slice.apply(arguments).length; })(1, 2) + '' | 2",
                "new Date(0).toISOString() | 1970-01-01T00:00:00.000Z",
                "Object.keys({a: 1, b: 2}).map(function (k) { return k + k; }).join() | aa,bb",
                "encodeURIComponent('a b') + decodeURIComponent('%C3%A4') | a%20bä",
                "'abc'.match(/b(c)/)[1] + /a/.test('cat') | ctrue",
                "eval('1 + 2') + '' | 3"
            })
    void runsTheLanguage(String expression, String value) throws Exception {
        assertThat(x("context.setVariable('x', " + expression + ");")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Javascript><ResourceURL>jsc://none.js</ResourceURL></Javascript>",
                "<Javascript><ResourceURL>jsc://broken.js</ResourceURL></Javascript>",
                "<Javascript/>",
                "<Javascript timeLimit='soon'><ResourceURL>jsc://a.js</ResourceURL></Javascript>"
            })
    void reportsWhatCanNotRun(String xml) {
        script("a.js", "");
        script("broken.js", "var a = ;");
        assertThat(rig.findings(Javascript.TYPE, xml)).anyMatch(one -> !one.deployable());
    }

    @Test
    @Covers({"Script/ResourceURL", "Script/IncludeURL", "Script@timeLimit"})
    void refusesPythonByTheNameOfTheScript() {
        var findings = rig.findings(
                Script.TYPE,
                "<Script timeLimit='200'><IncludeURL>py://b.py</IncludeURL><ResourceURL>py://a.py</ResourceURL></Script>");
        assertThat(findings).singleElement().satisfies(one -> {
            assertThat(one.deployable()).isFalse();
            assertThat(one.reason()).contains("py://a.py");
        });
    }

    @Test
    void runsOneCompiledScriptForManyRequestsAtOnce() throws Exception {
        script(
                "a.js",
                "var n = 0; for (var i = 0; i < 1000; i++) { n += i; } context.setVariable('x', n + context.getVariable('me'));");
        var policy = rig.compile(Javascript.TYPE, POLICY.formatted(""));
        var contexts = new java.util.ArrayList<FlowContext>();
        for (int i = 0; i < 50; i++) {
            var context = rig.context();
            context.set("me", i);
            contexts.add(context);
        }
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = contexts.stream()
                    .map(context -> threads.submit(() -> {
                        policy.execute(context);
                        return context.get("x");
                    }))
                    .toList();
            for (int i = 0; i < tasks.size(); i++) {
                assertThat(tasks.get(i).get()).isEqualTo(499500 + i);
            }
        }
    }

    @Test
    void showsNoValueOfTheSessionAsVariable() throws Exception {
        var context = run(
                rig.context(),
                "context.session.a = 1; context.setVariable('x', context.getVariable('private.javascript.session'));");
        assertThat(context.get("x")).isNull();
        assertThat(List.copyOf(context.noted().keySet())).contains("private.javascript.session");
        assertThat(Objects.toString(context.get("private.javascript.session"))).doesNotContain("Exception");
    }
}
