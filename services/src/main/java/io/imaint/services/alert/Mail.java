package io.imaint.services.alert;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** E-mail by SMTP, as plain text and HTML. */
final class Mail {
    private static final String TIMEOUT_MS = "15000";

    private final SmtpSettings settings;
    private final Session session;

    Mail(SmtpSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings), authenticator(settings));
    }

    private static Properties properties(SmtpSettings settings) {
        var properties = new Properties();
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MS);
        properties.put("mail.smtp.timeout", TIMEOUT_MS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MS);
        properties.put("mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
        switch (settings.security()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true"); // Else who strips the offer reads the mail.
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
        }
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    private static @Nullable Authenticator authenticator(SmtpSettings settings) {
        return settings.user()
                .<Authenticator>map(user -> new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(
                                user,
                                settings.password()
                                        .map(secret -> secret.reveal())
                                        .orElse(""));
                    }
                })
                .orElse(null);
    }

    /** Sends a notice to one address. */
    Outcome send(Notice notice, String address) {
        return Deadline.within(Deadline.ATTEMPT, () -> attempt(notice, address));
    }

    private Outcome attempt(Notice notice, String address) {
        try {
            Transport.send(message(notice, address));
            return new Outcome.Delivered();
        } catch (MailConnectException unreachable) {
            return new Outcome.Failed(reason(unreachable));
        } catch (MessagingException failed) {
            return lasting(failed) ? new Outcome.Refused(reason(failed)) : new Outcome.Failed(reason(failed));
        }
    }

    private MimeMessage message(Notice notice, String address) throws MessagingException {
        var domain = settings.from().substring(settings.from().indexOf('@') + 1);
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + notice.delivery() + "@" + domain + ">");
            }
        };
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        message.setSubject(notice.title(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notice.at()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no out-of-office answers, please.
        message.setHeader("Content-Language", notice.language());
        if (notice.severity() == Severity.CRITICAL) {
            message.setHeader("Importance", "high");
        }
        var plain = new MimeBodyPart();
        plain.setText(notice.body() + "\n", StandardCharsets.UTF_8.name());
        var html = new MimeBodyPart();
        html.setContent(html(notice), "text/html; charset=utf-8");
        message.setContent(new MimeMultipart("alternative", plain, html));
        return message;
    }

    private static String html(Notice notice) {
        return "<!doctype html><html lang=\"%s\"><body><h1 style=\"font-size:1.2em\">%s</h1><p>%s</p></body></html>"
                .formatted(
                        escaped(notice.language()),
                        escaped(notice.title()),
                        escaped(notice.body()).replace("\n", "<br>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** SMTP says by the first digit whether it is worth trying again: 4 may pass, 5 does not. */
    private static boolean lasting(@Nullable Exception failed) {
        int code = switch (failed) {
            case SMTPSendFailedException send -> send.getReturnCode();
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case null, default -> 0;
        };
        if (code != 0) {
            return code / 100 == 5;
        }
        return failed instanceof SendFailedException wrapped && lasting(wrapped.getNextException());
    }

    private static String reason(MessagingException failed) {
        Exception inner = failed;
        while (inner instanceof MessagingException messaging && messaging.getNextException() != null) {
            inner = messaging.getNextException();
        }
        return String.valueOf(inner.getMessage()).strip();
    }
}
