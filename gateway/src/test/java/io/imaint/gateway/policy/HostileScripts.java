package io.imaint.gateway.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/** Scripts that try to harm the gateway. Each sets {@code x} to {@code broken} when it has succeeded. */
final class HostileScripts {
    /** Those that try to reach Java, files, or what other requests share. */
    static final Map<String, String> ESCAPES = new LinkedHashMap<>();

    /** Those that try not to end. */
    static final Map<String, String> LOOPS = new LinkedHashMap<>();

    /** Those that try to fill the memory or the stack. */
    static final Map<String, String> BOMBS = new LinkedHashMap<>();

    private HostileScripts() {}

    private static String works(String expression) {
        return "if (" + expression + ") context.setVariable('x', 'broken');";
    }

    static {
        for (var name : new String[] {
            "java", "javax", "org", "com", "Packages", "getClass", "JavaAdapter", "JavaImporter", "importPackage",
            "importClass", "load", "readFile", "readUrl", "runCommand", "spawn", "quit", "System", "Continuation",
            "ArrayBuffer", "Proxy", "Reflect", "Symbol", "Promise"
        }) {
            ESCAPES.put(name, works("typeof " + name + " !== 'undefined'"));
        }
        for (var object :
                new String[] {"context", "request", "httpClient", "properties", "print", "'a'", "[]", "request.headers"
                }) {
            ESCAPES.put("class of " + object, works(object + ".getClass || " + object + "['class']"));
            ESCAPES.put(
                    "constructor of " + object,
                    object + ".constructor.constructor('return java.lang.System')();" + works("true"));
        }
        ESCAPES.put("exception", "try { null.x; } catch (e) { " + works("e.javaException || e.rhinoException") + "}");
        ESCAPES.put(
                "exception of ours",
                "try { httpClient.get('nonsense'); } catch (e) { " + works("e.javaException || e.rhinoException")
                        + "}");
        ESCAPES.put("file by http", "httpClient.get('file:///etc/passwd');" + works("true"));
        ESCAPES.put("parent scope", works("(function () {}).__parent__"));
        ESCAPES.put(
                "external entity",
                "var a = new XML('<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>');"
                        + works("('' + a).indexOf('root') >= 0"));
        ESCAPES.put(
                "change Object.prototype",
                "this['Obj' + 'ect']['proto' + 'type'].leaked = 1;" + works("({}).leaked === 1"));
        ESCAPES.put(
                "change through a literal",
                "({}).constructor['proto' + 'type'].leaked = 1;" + works("({}).leaked === 1"));
        ESCAPES.put(
                "change a built-in",
                "var m = Math; m.max = function () { return 1; };" + works("Math.max(2, 3) === 1"));
        ESCAPES.put("change by Function", "new Function('leaked = 1')();" + works("Object.leaked || [].leaked"));
        ESCAPES.put(
                "change by define",
                "var o = Object; o.defineProperty(o.getPrototypeOf({}), 'leaked', {value: 1});"
                        + works("({}).leaked === 1"));
        ESCAPES.put("change a function", "var f = [].push; f.leaked = 1;" + works("[].push.leaked === 1"));
        ESCAPES.put(
                "change a constructor",
                "var o = Object; o.defineProperty(Array, 'leaked', {value: 1});" + works("Array.leaked"));
        ESCAPES.put(
                "change a prototype", "var o = Object; o.setPrototypeOf(Math, {leaked: 1});" + works("Math.leaked"));
        ESCAPES.put(
                "change an accessor",
                "var o = Object; var d = o.getOwnPropertyDescriptor(RegExp, '$1'); if (d && d.get) { d.get.leaked = 1; "
                        + works("o.getOwnPropertyDescriptor(RegExp, '$1').get.leaked") + "}");
        ESCAPES.put(
                "change a symbol",
                "var o = Object; var s = o.getOwnPropertySymbols([].constructor['proto' + 'type']);"
                        + works("s.length"));
        ESCAPES.put(
                "change an error",
                "try { null.x; } catch (e) { e.constructor['proto' + 'type'].leaked = 1; } try { null.x; } catch (e) {"
                        + works("e.leaked") + "}");
        ESCAPES.put(
                "change by getter",
                "({}).constructor['proto' + 'type'].__defineGetter__('leaked', function () { return 1; });"
                        + works("({}).leaked"));
        ESCAPES.put("change what errors tell", "var e = Error; e.prepareStackTrace = function () {};" + works("true"));
        ESCAPES.put("change a date", "var d = Date; d['proto' + 'type'].setTime(5);" + works("true"));
        ESCAPES.put("change an expression", "var r = RegExp; r['proto' + 'type'].compile('x');" + works("true"));

        ESCAPES.put("with", "eval('with ({a: 1}) {}');" + works("true"));
        ESCAPES.put(
                "hide what bounds texts",
                "var o = Object; for each (var n in o.getOwnPropertyNames(this)) if (n.charAt(0) == '$') { this[n] = Math.max;"
                        + works("this[n] === Math.max")
                        + "eval('var ' + n + ' = 1;');"
                        + works("true")
                        + "}");

        LOOPS.put("loop", "while (true) {}");
        LOOPS.put("catch", "while (true) { try { while (true) {} } catch (e) {} }");
        LOOPS.put("finally", "try { while (true) {} } finally { while (true) {} }");
        LOOPS.put(
                "many finally",
                "function f(n) { try { if (n) f(n - 1); while (true) {} } finally { while (true) {} } } f(200);");
        LOOPS.put("expression", "/(a+)+$/.test(new Array(60).join('a') + 'b');");
        LOOPS.put("array-like", "Array.prototype.indexOf.call({length: 9e15}, 1);");
        LOOPS.put(
                "callback",
                "var a = []; for (var i = 0; i < 1000; i++) a.push(i); a.sort(function () { while (true) {} });");
        LOOPS.put("getter", "JSON.stringify({get a() { while (true) {} }});");
        LOOPS.put("toString", "'' + {toString: function () { while (true) {} }};");
        LOOPS.put("eval", "eval('while (true) {}');");
        LOOPS.put("timers", "for (;;) { new Date().getTime(); }");

        BOMBS.put("doubling", "var s = 'x'; while (true) { s += s; s.charAt(0); }");
        BOMBS.put("doubling unseen", "var s = 'x'; for (var i = 0; i < 40; i++) s += s; var o = {}; o[s] = 1;");
        BOMBS.put("array", "var a = []; while (true) { a.push('text ' + a.length); }");
        BOMBS.put("arrays", "var a = []; while (true) { a = [a, new Array(1000).join('y')]; }");
        BOMBS.put("sparse array", "var a = new Array(4294967295); a.join('x');");
        BOMBS.put("filled array", "var a = new Array(1e8); for (var i = 0; i < 1e8; i++) a[i] = {};");
        BOMBS.put("repeat", "'abc'.repeat(1e9);");
        BOMBS.put("pad", "'a'.padStart(2e9);");
        BOMBS.put(
                "join",
                "var s = new Array(100000).join('abcdefgh'); var a = []; for (var i = 0; i < 100000; i++) a.push(s); a.join();");
        BOMBS.put("replace", "var s = new Array(300000).join('a'); s.replace(/a/g, s);");
        BOMBS.put("replace by itself", "var s = new Array(300000).join('a'); s.replace(/a/g, \"$'$'$'\");");
        BOMBS.put("stringify", "var a = ['x']; for (var i = 0; i < 60; i++) a = [a, a]; JSON.stringify(a);");
        BOMBS.put("nested text", "var a = ['x']; for (var i = 0; i < 60; i++) a = [a, a]; '' + a;");
        BOMBS.put("nested source text", "var a = ['x']; for (var i = 0; i < 60; i++) a = [a, a]; a.toSource();");
        BOMBS.put("apply", "print.apply(null, {length: 4e9});");
        BOMBS.put("object", "var o = {}; for (var i = 0; ; i++) o['k' + i] = i;");
        BOMBS.put("recursion", "function f() { f(); } f();");
        BOMBS.put("native recursion", "function f() { [1].map(f); } f();");
        BOMBS.put("nested source", "eval(new Array(100000).join('(') + '1' + new Array(100000).join(')'));");
        BOMBS.put("nested json", "JSON.parse(new Array(1000000).join('['));");
        BOMBS.put("variables", "for (var i = 0; ; i++) context.setVariable('v' + i, new Array(10000).join('z'));");
        BOMBS.put("print", "while (true) print('0123456789');");
        BOMBS.put(
                "entities",
                "new XML('<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\">"
                        + "<!ENTITY z \"&y;&y;&y;&y;&y;&y;&y;&y;\"><!ENTITY w \"&z;&z;&z;&z;&z;&z;&z;&z;\">]><a>&w;&w;&w;</a>');");
        BOMBS.put("elements", "var a = <a/>; while (true) { a.b += <b>text</b>; }");
        BOMBS.put("requests", "while (true) httpClient.get('http://a.example.com/');");

        // Without a loop or a call no instruction is counted.
        var big = "var s = 'abcd'; for (var i = 0; i < 26; i++) s += s; ";
        BOMBS.put("unseen key", big + "var o = {}; o[s] = 1;");
        BOMBS.put("unseen comparison", big + "var t = s + 'x'; s += 'x'; s == t; s < t;");
        BOMBS.put("unseen number", big + "s * 1;");
        BOMBS.put("unseen in one line", "var s = 'abcd'; " + "s += s; ".repeat(26) + "s * 1;");
        BOMBS.put(
                "unseen in an expression",
                "var s = 'abcdefgh'; s = " + "s+".repeat(300) + "s; s = " + "s+".repeat(300) + "s; s = "
                        + "s+".repeat(100) + "s; s * 1;");
        BOMBS.put("unseen in eval", "eval(\"" + big + "s * 1;\");");
        BOMBS.put("unseen in Function", "new Function(\"" + big + "return s * 1;\")();");
        BOMBS.put("unseen through a constructor", "(function () {}).constructor(\"" + big + "s * 1;\")();");
        BOMBS.put("thrown", big + "throw s;");
        BOMBS.put("number of a text", big + "parseInt(s); Number(s); new Date(s); Date.parse(s);");
        BOMBS.put("text object", big + "new String(s).charAt(0);");
        BOMBS.put(
                "concat",
                "var s = new Array(100000).join('abcdefgh'); var a = []; for (var i = 0; i < 1000; i++) a.push(s);"
                        + " ''.concat.apply('', a);");
        BOMBS.put(
                "array as text",
                "var s = new Array(100000).join('abcdefgh'); var a = []; for (var i = 0; i < 1000; i++) a.push(s); '' + a;");
        BOMBS.put("source", "eval(new Array(1000000).join('1;'));");
        BOMBS.put("source of a function", "new Function(new Array(1000000).join('1;'));");
        BOMBS.put("source of an expression", "new RegExp(new Array(1000000).join('a|'));");
        BOMBS.put("json", "JSON.parse('[' + new Array(1000000).join('[],') + '[]]');");
        BOMBS.put(
                "json of names",
                "var a = []; for (var i = 0; i < 100000; i++) a.push('\"' + i + '\":0'); JSON.parse('{' + a.join() + '}');");
        BOMBS.put(
                "places of a text",
                "var s = new Array(1000000).join('x'); for (var k in s) {} Object.keys(new String(s));");
        BOMBS.put("pieces", "new Array(1000000).join('x').split('');");
        BOMBS.put("escapes", "var s = new Array(1000000).join('\u20ac'); encodeURIComponent(s); escape(s);");
        BOMBS.put("matches", "new Array(1000000).join('x').match(/x/g);");
        BOMBS.put("backtracking", "/(x|y|z)*w/.test(new Array(1000000).join('xyz'));");
        BOMBS.put("long array", "var a = []; a.length = 4e9; a[4e9 - 1] = 1; a.concat(a); a.reverse();");
        BOMBS.put("elements doubled", "var a = <a><b/></a>; for (var i = 0; i < 40; i++) a.appendChild(a.copy());");
        BOMBS.put(
                "elements of a text",
                "var a = new XML('<a>' + new Array(500000).join('<b/>') + '</a>'); a..b.toXMLString();");
        BOMBS.put(
                "arguments",
                "var a = []; for (var i = 0; i < 50000; i++) a.push(i); (function f() { f.apply(null, a); })();");
        BOMBS.put(
                "replacing function",
                "var s = new Array(100000).join('ab'); s.replace(/a/g, function () { return s; });");
    }
}
