package io.imaint.simulator.faults;

import io.imaint.simulator.faults.Fault.HalfAnswer;
import io.imaint.simulator.faults.Fault.Latency;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.faults.Fault.SlowBytes;
import io.imaint.simulator.faults.Fault.Status;
import io.imaint.simulator.faults.FaultRule.Form;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads rules from their text, from left to right; every error points at the word it is about. */
final class FaultText {
    static final List<Form> FORMS = Stream.concat(
                    Stream.of(
                            new Form("latency=40ms", "the answer comes later by this much"),
                            new Form("latency=uniform(10ms,2s)", "later by anything between"),
                            new Form("latency=lognormal(40ms,400ms)", "later by a median and a 99th percentile"),
                            new Form("status=503(burst=5,retry-after=2s)", "an error page for some requests in a row"),
                            new Form("half-answer=0.5", "the body breaks off after this part of it"),
                            new Form("slow-bytes=1000", "the body trickles with so many bytes per second")),
                    Arrays.stream(Plain.values()).map(plain -> new Form(plain.text(), plain.meaning())))
            .toList();

    /** More rules at once than anybody can follow. */
    private static final int RULES_MAX = 100;

    /** Room for the most rules at a length that people still read. */
    private static final int LENGTH_MAX = 20_000;

    private static final int NUMBER_DIGITS_MAX = 9;

    private static final Set<String> CONDITIONS = Set.of("user", "p", "after", "times", "from", "until", "for");

    private final String text;
    private int at;

    FaultText(String text) {
        this.text = text;
    }

    List<FaultRule> rules() {
        if (text.length() > LENGTH_MAX) {
            throw new FaultSyntax(text, LENGTH_MAX, "the text is longer than " + LENGTH_MAX + " characters");
        }
        var rules = new ArrayList<FaultRule>();
        while (!skipToRule()) {
            if (rules.size() == RULES_MAX) {
                throw new FaultSyntax(text, at, "there are more than " + RULES_MAX + " rules");
            }
            rules.add(rule());
        }
        return List.copyOf(rules);
    }

    /** Passes what stands between rules; true at the end of the text. */
    private boolean skipToRule() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c) || c == ';') {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }

    private FaultRule rule() {
        var fault = fault();
        int conditions = at;
        String[] requests = {"", "*"};
        boolean filtered = false;
        var given = new LinkedHashMap<String, Word>();
        for (var word = word(); !word.text.isEmpty(); word = word()) {
            int equals = word.text.indexOf('=');
            var name = equals < 0 ? word.text : word.text.substring(0, equals);
            if (word.text.equals("on") && !filtered) {
                filtered = true;
                requests = requests();
            } else if (equals < 0 || !CONDITIONS.contains(name)) {
                throw word.wrong(
                        "'%s' is no condition; use on [METHODS] [PATTERN], user=, p=, after=, times=, from=,"
                                + " until= or for=",
                        word.text);
            } else if (given.put(name, new Word(word.start + equals + 1, word.text.substring(equals + 1))) != null) {
                throw word.wrong("'%s=' stands here a second time", name);
            }
        }
        var methods = requests[0].isEmpty() ? Set.<String>of() : Set.of(requests[0].split(",", -1));
        var pattern = requests[1];
        var user = value(
                given, "user", "", name -> new RequestFilter(Set.of(), "*", name.toUpperCase(Locale.ROOT)).user());
        return checked(conditions, () -> new FaultRule(fault, new RequestFilter(methods, pattern, user), when(given)));
    }

    /** The methods, joined by commas, and the pattern that follow {@code on}. */
    private String[] requests() {
        var first = word();
        var methods = List.of(first.text.split(",", -1));
        if (RequestFilter.METHODS.containsAll(methods)) {
            if (Set.copyOf(methods).size() < methods.size()) {
                throw first.wrong("a method stands in '%s' twice", first.text);
            }
            int before = at;
            var second = word();
            boolean pattern = !second.text.isEmpty() && second.text.indexOf('=') < 0 && !second.text.equals("on");
            if (!pattern) {
                at = before;
            }
            return new String[] {first.text, pattern ? pattern(second) : "*"};
        }
        return new String[] {"", pattern(first)};
    }

    private String pattern(Word word) {
        if (word.text.isEmpty() || word.text.indexOf('=') >= 0) {
            throw word.wrong("'on' needs methods such as GET,POST or a pattern such as WorkOrderSet%s", "");
        }
        return checked(word.start, () -> new RequestFilter(Set.of(), word.text, "").pattern());
    }

    private When when(Map<String, Word> given) {
        return new When(
                value(
                        given,
                        "p",
                        1.0,
                        word -> sometimes(decimal(word), Optional.empty()).probability()),
                value(given, "after", 0, this::number),
                value(given, "times", 0, this::number),
                value(given, "from", Optional.empty(), word -> Optional.of(Instant.parse(word))),
                value(given, "until", Optional.empty(), word -> Optional.of(Instant.parse(word))),
                value(
                        given,
                        "for",
                        Optional.empty(),
                        word -> sometimes(1, Optional.of(Spans.parse(word))).span()));
    }

    /** A condition made only to be checked by itself, so that a error points at the word. */
    private static When sometimes(double probability, Optional<Duration> span) {
        return new When(probability, 0, 0, Optional.empty(), Optional.empty(), span);
    }

    private <T> T value(Map<String, Word> given, String name, T standard, Function<String, T> reader) {
        var word = given.get(name);
        return word == null ? standard : checked(word.start, () -> reader.apply(word.text));
    }

    private Fault fault() {
        int start = at;
        var name = letters();
        return switch (name) {
            case "latency" -> new Latency(delay());
            case "status" -> status();
            case "half-answer" -> checked(start, () -> new HalfAnswer(peek('=') ? decimal(argumentWord()) : 0.5));
            case "slow-bytes" -> {
                require('=', "slow-bytes needs bytes per second, such as slow-bytes=1000");
                yield checked(start, () -> new SlowBytes(number(argumentWord())));
            }
            default -> plain(start, name);
        };
    }

    private Fault plain(int start, String name) {
        var whole = peek('=') ? name + "=" + argumentWord() : name;
        for (var plain : Plain.values()) {
            if (plain.text().equals(whole)) {
                return plain;
            }
        }
        var alike = Arrays.stream(Plain.values())
                .map(Plain::text)
                .filter(text -> text.split("=", -1)[0].equals(name))
                .toList();
        throw new FaultSyntax(
                text,
                start,
                alike.isEmpty()
                        ? "'%s' is no fault; there are %s".formatted(name, names())
                        : "'%s' is no fault; write %s".formatted(whole, String.join(" or ", alike)));
    }

    private static String names() {
        return FORMS.stream()
                .map(form -> form.text().split("=", -1)[0])
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private Delay delay() {
        require('=', "latency needs a span of time or a distribution, such as latency=40ms");
        int start = at;
        var word = letters();
        if (word.isEmpty()) {
            return checked(start, () -> new Delay.Fixed(Spans.parse(argumentWord())));
        }
        var spans = arguments();
        return checked(start, () -> switch (word + spans.size()) {
            case "fixed1" -> new Delay.Fixed(span(spans, 0));
            case "uniform2" -> new Delay.Uniform(span(spans, 0), span(spans, 1));
            case "lognormal2" -> new Delay.Lognormal(span(spans, 0), span(spans, 1));
            default ->
                throw new IllegalArgumentException(
                        "'%s' with %d spans is no distribution; write 40ms, uniform(10ms,2s) or lognormal(40ms,400ms)"
                                .formatted(word, spans.size()));
        });
    }

    private Duration span(List<Word> words, int place) {
        var word = words.get(place);
        return checked(word.start, () -> Spans.parse(word.text));
    }

    private Status status() {
        require('=', "status needs a number, such as status=503");
        int start = at;
        var status = argumentWord();
        int burst = 1;
        Optional<Duration> retryAfter = Optional.empty();
        for (var argument : peekAt('(') ? arguments() : List.<Word>of()) {
            var pair = argument.text.split("=", 2);
            if (pair.length == 2 && pair[0].equals("burst")) {
                burst = checked(argument.start, () -> number(pair[1]));
            } else if (pair.length == 2 && pair[0].equals("retry-after")) {
                retryAfter = Optional.of(checked(argument.start, () -> Spans.parse(pair[1])));
            } else {
                throw argument.wrong("'%s' is neither burst= nor retry-after=", argument.text);
            }
        }
        int length = burst;
        var advice = retryAfter;
        return checked(start, () -> new Status(number(status), length, advice));
    }

    private int number(String digits) {
        if (!digits.matches("[0-9]{1," + NUMBER_DIGITS_MAX + "}")) {
            throw new IllegalArgumentException("'%s' is no whole number".formatted(digits));
        }
        return Integer.parseInt(digits);
    }

    private double decimal(String digits) {
        if (!digits.matches("[0-9]{1,9}(\\.[0-9]{1,400})?")) {
            throw new IllegalArgumentException("'%s' is no number such as 0.3".formatted(digits));
        }
        return Double.parseDouble(digits);
    }

    /** Runs a step whose error is about what stands at {@code start}, unless it says otherwise itself. */
    private <T> T checked(int start, Supplier<T> step) {
        try {
            return step.get();
        } catch (FaultSyntax known) {
            throw known;
        } catch (DateTimeException refused) {
            throw new FaultSyntax(text, start, "a time is written 2026-03-01T22:00:00Z");
        } catch (IllegalArgumentException refused) {
            throw new FaultSyntax(text, start, String.valueOf(refused.getMessage()));
        }
    }

    /** A part of the text and where it stands. */
    private final class Word {
        private final int start;
        private final String text;

        Word(int start, String text) {
            this.start = start;
            this.text = text;
        }

        FaultSyntax wrong(String message, String subject) {
            return new FaultSyntax(FaultText.this.text, start, message.formatted(subject));
        }
    }

    private boolean peekAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean peek(char c) {
        boolean there = peekAt(c);
        at += there ? 1 : 0;
        return there;
    }

    private void require(char c, String otherwise) {
        if (!peek(c)) {
            throw new FaultSyntax(text, at, otherwise);
        }
    }

    private String letters() {
        int start = at;
        while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return text.substring(start, at);
    }

    private String argumentWord() {
        int start = at;
        while (at < text.length() && " \t\r\n;(),".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private List<Word> arguments() {
        require('(', "'(' is missing");
        var words = new ArrayList<Word>();
        do {
            skipBlanks();
            int start = at;
            words.add(new Word(start, argumentWord()));
            skipBlanks();
        } while (peek(','));
        require(')', "')' is missing");
        return words;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) != '\n' && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** The next word of this rule; empty at its end. */
    private Word word() {
        int before = at;
        skipBlanks();
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && text.charAt(at) != ';') {
            at++;
        }
        if (start == before && at > start) {
            throw new FaultSyntax(text, start, "a blank is missing before '%s'".formatted(text.substring(start, at)));
        }
        return new Word(start, text.substring(start, at));
    }
}
