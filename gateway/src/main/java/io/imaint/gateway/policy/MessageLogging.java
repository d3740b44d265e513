package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.expression.UnresolvedVariable;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends a line to a syslog server. Apigee documents the form: with {@code FormatMessage} the head of RFC 5424 stands before the text,
 * without it the text alone is sent. Ends of lines within the text become blanks, since they would begin another line.
 *
 * <p>Assumptions: a variable without value is an empty text, and a host that can't be reached is no fault of the request.
 */
final class MessageLogging implements Policy {
    static final PolicyType TYPE = new PolicyType("MessageLogging", "messagelogging", MessageLogging::compile);

    private static final System.Logger LOG = System.getLogger(MessageLogging.class.getName());

    private static final int PORT = 514;
    private static final String DATE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSZ";

    /** The facility of user programs, times eight. */
    private static final int FACILITY = 8;

    private final Template message;
    private final Optional<Head> head;
    private final SyslogSender sender;

    /** How grave a line is, as in syslog. */
    private enum LogLevel {
        ALERT(1),
        ERROR(3),
        WARN(4),
        INFO(6),
        DEBUG(7);

        private final int severity;

        LogLevel(int severity) {
            this.severity = severity;
        }
    }

    /** What stands before the text. */
    private record Head(InstantSource clock, DateTimeFormatter format, int priority, UUID process) {
        String text() {
            return "<%d>1 %s %s Apigee-Edge - - - "
                    .formatted(priority, format.format(clock.instant().atOffset(ZoneOffset.UTC)), process);
        }
    }

    private MessageLogging(Template message, Optional<Head> head, SyslogSender sender) {
        this.message = message;
        this.head = head;
        this.sender = sender;
    }

    private static Policy compile(PolicyReader reader) {
        reader.require("Syslog");
        var level = reader.choice("logLevel", LogLevel.class, LogLevel.INFO);
        var syslog = reader.one("Syslog").orElse(reader);
        syslog.require("Message");
        var sender = new SyslogSender(
                target(syslog),
                problem -> LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} of {1}: {2}",
                        reader.policy(),
                        reader.proxy().name(),
                        problem));
        return new MessageLogging(
                syslog.one("Message")
                        .map(one -> one.template(one.element().trimmed(), "{", "}"))
                        .orElse(Template.constant("")),
                head(syslog, level),
                sender);
    }

    private static Optional<Head> head(PolicyReader syslog, LogLevel level) {
        var format = syslog.text("DateFormat").orElse(DATE_FORMAT);
        if (!syslog.flag("FormatMessage", false)) {
            return Optional.empty();
        }
        var parts = syslog.parts();
        var process = new UUID(parts.random().nextLong(), parts.random().nextLong());
        try {
            var formatter = DateTimeFormatter.ofPattern(format, Locale.ROOT);
            return Optional.of(new Head(parts.clock(), formatter, FACILITY + level.severity, process));
        } catch (IllegalArgumentException invalid) {
            syslog.error("'%s' is not a format of dates".formatted(format));
            return Optional.empty();
        }
    }

    private static SyslogTarget target(PolicyReader syslog) {
        var protocol = syslog.choice("Protocol", SyslogTarget.Protocol.class, SyslogTarget.Protocol.UDP);
        var tls = syslog.one("SSLInfo").flatMap(MessageLogging::tls);
        if (tls.isPresent() && protocol == SyslogTarget.Protocol.UDP) {
            syslog.error("TLS needs <Protocol>TCP</Protocol>");
        }
        long port = syslog.number("Port", PORT);
        if (port < 1 || port > 65535) {
            syslog.error("port %d must be from 1 to 65535".formatted(port));
        }
        return new SyslogTarget(syslog.text("Host").orElse("localhost"), Math.clamp(port, 1, 65535), protocol, tls);
    }

    private static Optional<SyslogTarget.Tls> tls(PolicyReader info) {
        boolean shown = info.flag("ClientAuthEnabled", false);
        var keyStore = info.text("KeyStore").filter(name -> shown);
        var keyAlias = info.text("KeyAlias");
        var trustStore = info.text("TrustStore");
        var ciphers = list(info, "Ciphers", "Cipher");
        var protocols = list(info, "Protocols", "Protocol");
        if (!info.flag("Enabled", false)) {
            return Optional.empty();
        }
        var registry = info.parts().registry();
        for (var name : List.of(keyStore, trustStore)) {
            name.filter(given -> registry.certificates(given).isEmpty())
                    .ifPresent(given -> info.missing("there is no certificate store '%s'; create it".formatted(given)));
        }
        return Optional.of(new SyslogTarget.Tls(
                registry, keyStore.orElse(""), keyAlias.orElse(""), trustStore.orElse(""), ciphers, protocols));
    }

    /** {@code SSLv2Hello} is the first message of protocols that nobody speaks any more. */
    private static List<String> list(PolicyReader info, String list, String item) {
        return info.one(list).stream()
                .flatMap(all -> all.all(item).stream())
                .flatMap(one -> one.text().stream())
                .filter(name -> !name.equals("SSLv2Hello"))
                .toList();
    }

    @Override
    public void execute(FlowContext context) {
        sender.send(head.map(Head::text).orElse("") + text(context).replaceAll("[\\r\\n]+", " "));
    }

    private String text(FlowContext context) {
        try {
            return message.render(context, true);
        } catch (UnresolvedVariable impossible) { // They are ignored.
            throw new AssertionError(impossible);
        }
    }
}
