package io.imaint.gateway.bundle;

import io.imaint.gateway.model.XmlElement;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What every endpoint must have, in whatever layout it is written. */
final class EndpointChecks {
    private EndpointChecks() {}

    /** The base path, with a slash before and none behind; empty where there is none. */
    static String basePath(FileReading file, Optional<XmlElement> element) {
        var text = element.map(XmlElement::trimmed).orElse("");
        if (text.isEmpty()) {
            file.error(element.orElse(file.root()), "the base path is missing; it begins with '/'");
            return "";
        }
        var at = element.orElse(file.root());
        if (!text.startsWith("/")) {
            file.warn(at, "the base path '%s' should begin with '/'; it is read so".formatted(text));
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0 || text.chars().anyMatch(Character::isWhitespace)) {
            file.error(at, "the base path '%s' must have no blanks, '?' or '#'".formatted(text));
        }
        var path = text.startsWith("/") ? text : "/" + text;
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path;
    }

    /** A target has a URL or a provider. */
    static void address(
            FileReading file, Optional<XmlElement> element, Optional<String> url, Optional<String> provider) {
        if (provider.isPresent()) {
            return;
        }
        var at = element.orElse(file.root());
        if (url.isEmpty()) {
            file.error(at, "the target has neither a URL nor an API provider");
        } else if (!isHttp(url.get())) {
            file.error(at, "the URL '%s' must begin with http:// or https:// and have a host".formatted(url.get()));
        }
    }

    /** Variables may stand in a URL, but not in its scheme. */
    private static boolean isHttp(String url) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            return false;
        }
        if (url.indexOf('{') >= 0) {
            return true;
        }
        try {
            return new URI(url.replace(" ", "%20")).getRawAuthority() != null;
        } catch (URISyntaxException invalid) {
            return false;
        }
    }

    /** A step names a policy. */
    static void step(FileReading file, XmlElement step, Optional<String> policy) {
        if (policy.isEmpty()) {
            file.error(step, "a step names no policy");
        }
    }
}
