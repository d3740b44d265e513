package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Condition;
import io.imaint.gateway.expression.ExpressionInvalid;
import io.imaint.gateway.expression.Template;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.Resource;
import io.imaint.gateway.model.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads an element of a policy's file. What is wrong becomes a finding, and reading goes on, so that all mistakes show at once.
 * What nobody asked for is found by {@link #unread()}.
 */
public final class PolicyReader {
    /** Attributes that every policy has; the engine reads them. */
    private static final Set<String> COMMON = Set.of("async", "continueOnError", "enabled", "name");

    /** What all readers of a file share. */
    private record File(PolicyFile policy, ApiProxy proxy, GatewayParts parts, List<BundleFinding> findings) {}

    private final File file;
    private final XmlElement element;
    private final Set<String> asked = new HashSet<>();
    private final List<PolicyReader> readers = new ArrayList<>();

    private PolicyReader(File file, XmlElement element) {
        this.file = file;
        this.element = element;
    }

    /** A reader of a policy's root element. */
    public static PolicyReader of(PolicyFile policy, ApiProxy proxy, GatewayParts parts) {
        return new PolicyReader(new File(policy, proxy, parts, new ArrayList<>()), policy.root());
    }

    /** The name of the policy. */
    public String policy() {
        return file.policy.name();
    }

    public ApiProxy proxy() {
        return file.proxy;
    }

    public GatewayParts parts() {
        return file.parts;
    }

    public XmlElement element() {
        return element;
    }

    /** The text of this element; empty where it is blank. */
    public Optional<String> text() {
        return Optional.of(element.trimmed()).filter(text -> !text.isEmpty());
    }

    /** The text of a child; empty where there is none or it is blank. */
    public Optional<String> text(String child) {
        return one(child).flatMap(PolicyReader::text);
    }

    public Optional<String> attribute(String name) {
        asked.add("@" + name);
        return element.attribute(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The first child of a name. */
    public Optional<PolicyReader> one(String child) {
        var all = all(child);
        all.stream()
                .skip(1)
                .findFirst()
                .ifPresent(second -> second.warn("only the first <%s> is read".formatted(child)));
        return all.stream().findFirst();
    }

    /** All children of a name, in their order. */
    public List<PolicyReader> all(String child) {
        asked.add(child);
        return element.all(child)
                .map(found -> readers.stream()
                        .filter(reader -> reader.isOf(found))
                        .findFirst()
                        .orElseGet(() -> {
                            var fresh = new PolicyReader(file, found);
                            readers.add(fresh);
                            return fresh;
                        }))
                .toList();
    }

    @SuppressWarnings("ReferenceEquality") // Two elements may have the same content.
    private boolean isOf(XmlElement other) {
        return element == other;
    }

    /** A child that gives a value as text or by its attribute {@code ref}. */
    public Value value(String child) {
        return value(child, "ref");
    }

    /** A child that gives a value as text or by an attribute. */
    public Value value(String child, String refAttribute) {
        return one(child)
                .map(found -> new Value(
                        found.attribute(refAttribute).orElse(null), found.text().orElse(null)))
                .orElse(Value.NONE);
    }

    /** A child that is true or false. */
    public boolean flag(String child, boolean otherwise) {
        return one(child)
                .flatMap(found -> found.text().map(text -> found.truth(text, otherwise)))
                .orElse(otherwise);
    }

    /** An attribute that is true or false. */
    public boolean attributeFlag(String name, boolean otherwise) {
        return attribute(name).map(text -> truth(text, otherwise)).orElse(otherwise);
    }

    private boolean truth(String text, boolean otherwise) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                error("'%s' must be true or false".formatted(text));
                yield otherwise;
            }
        };
    }

    /** A child that is a whole number. */
    public long number(String child, long otherwise) {
        return one(child)
                .flatMap(found -> found.text().map(text -> found.whole(text, otherwise)))
                .orElse(otherwise);
    }

    private long whole(String text, long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            error("'%s' must be a whole number".formatted(text));
            return otherwise;
        }
    }

    /** A child that is one of a few words, without regard to case. */
    public <E extends Enum<E>> E choice(String child, Class<E> words, E otherwise) {
        return one(child)
                .flatMap(found -> found.text().map(text -> found.word(text, words, otherwise)))
                .orElse(otherwise);
    }

    /** One of a few words, without regard to case; underscores of the constants are no part of the words. */
    public <E extends Enum<E>> E word(String text, Class<E> words, E otherwise) {
        for (var constant : words.getEnumConstants()) {
            if (plain(constant.name()).equals(plain(text))) {
                return constant;
            }
        }
        error("'%s' must be one of %s"
                .formatted(
                        text,
                        Arrays.stream(words.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
        return otherwise;
    }

    private static String plain(String word) {
        return word.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The text of this element as a template. */
    public Template template() {
        return template(element.text(), "{", "}");
    }

    /** A text of this element as a template with its own marks. */
    public Template template(String text, String prefix, String suffix) {
        try {
            return Template.parse(text, prefix, suffix);
        } catch (ExpressionInvalid invalid) {
            error(String.valueOf(invalid.getMessage()));
            return Template.constant(text);
        }
    }

    /** The text of a child as a condition; empty where there is none. */
    public Optional<Condition> condition(String child) {
        return one(child).flatMap(found -> found.text().flatMap(found::parsed));
    }

    private Optional<Condition> parsed(String text) {
        try {
            return Optional.of(Condition.parse(text));
        } catch (ExpressionInvalid invalid) {
            error(String.valueOf(invalid.getMessage()));
            return Optional.empty();
        }
    }

    /** The script or other file that a child {@code ResourceURL} names; what is missing is reported. */
    public Optional<Resource> resource(String child) {
        return one(child).flatMap(found -> found.text().flatMap(found::resourceAt));
    }

    /** The file of a URL such as {@code jsc://a.js}. */
    public Optional<Resource> resourceAt(String url) {
        var resource = file.proxy.resources().get(url);
        if (resource == null) {
            missing("the bundle has no '%s'; add it to FileResource".formatted(url));
        }
        return Optional.ofNullable(resource);
    }

    public void error(String reason) {
        file.findings.add(BundleFinding.error(file.policy.file(), element.line(), reason));
    }

    public void missing(String reason) {
        file.findings.add(BundleFinding.missing(file.policy.file(), element.line(), reason));
    }

    public void warn(String reason) {
        file.findings.add(BundleFinding.warning(file.policy.file(), element.line(), reason));
    }

    /** Reports a child that must be there. */
    public void require(String child) {
        if (element.child(child).isEmpty()) {
            error("<%s> is missing".formatted(child));
        }
    }

    /** What was reported so far, by all readers of this file. */
    public List<BundleFinding> findings() {
        return List.copyOf(file.findings);
    }

    /** Warns of every element and attribute that was not read, here and below. */
    public void unread() {
        boolean root = isOf(file.policy.root());
        element.attributes().keySet().stream()
                .filter(name -> !asked.contains("@" + name) && !(root && COMMON.contains(name)))
                .sorted()
                .forEach(name ->
                        warn("attribute '%s' of <%s> is kept, but not applied".formatted(name, element.name())));
        for (var child : element.children()) {
            if (!asked.contains(child.name()) && !(root && child.name().equals("DisplayName"))) {
                file.findings.add(BundleFinding.warning(
                        file.policy.file(), child.line(), "<%s> is kept, but not applied".formatted(child.name())));
            }
        }
        readers.forEach(PolicyReader::unread);
    }
}
