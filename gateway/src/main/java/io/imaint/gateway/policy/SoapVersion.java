package io.imaint.gateway.policy;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The versions of SOAP, by the namespace of their envelope. */
enum SoapVersion {
    SOAP_1_1("1.1", "http://schemas.xmlsoap.org/soap/envelope/"),
    SOAP_1_2("1.2", "http://www.w3.org/2003/05/soap-envelope");

    private final String number;
    private final String namespace;

    SoapVersion(String number, String namespace) {
        this.number = number;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /** The versions that a text such as {@code 1.1/1.2} names; empty when it names others. */
    static Optional<Set<SoapVersion>> named(String text) {
        var numbers = Set.of(text.split("\\s*/\\s*"));
        var found = Arrays.stream(values())
                .filter(version -> numbers.contains(version.number))
                .collect(Collectors.toUnmodifiableSet());
        return found.size() == numbers.size() ? Optional.of(found) : Optional.empty();
    }

    static Optional<SoapVersion> of(String namespace) {
        return Arrays.stream(values())
                .filter(version -> version.namespace.equals(namespace))
                .findFirst();
    }
}
