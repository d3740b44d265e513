package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Secret;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: e-mail arrives readable, and SMTP's answers decide what happens next. Method: a real SMTP server. */
class MailIT {
    private MailServer server = MailServer.start();

    @BeforeEach
    void empty() {
        server.close();
        server = MailServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTextAndHtml() throws Exception {
        var outcome = mail().send(Notices.some("Auftrag 4711 geändert", "a < b\nnext"), "anna@example.com");

        assertThat(outcome).isEqualTo(new Outcome.Delivered());
        var mail = server.received().getFirst();
        assertThat(mail.getSubject()).isEqualTo("Auftrag 4711 geändert");
        assertThat(mail.getHeader("Message-ID")).containsExactly("<delivery-1@example.com>");
        var parts = (jakarta.mail.internet.MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("a < b");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("a &lt; b<br>next");
    }

    @Test
    void triesAgainWhenTheServerIsBusy() {
        server.answers(451);
        assertThat(mail().send(Notices.some("t", "b"), "anna@example.com")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void givesUpWhenTheServerKnowsNoSuchMailbox() {
        server.answers(550);
        assertThat(mail().send(Notices.some("t", "b"), "anna@example.com")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void triesAgainWhenNobodyListens() {
        var mail = mail();
        server.close();
        assertThat(mail.send(Notices.some("t", "b"), "anna@example.com")).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void sendsNothingInTheClearWhereEncryptionIsSet() {
        var mail = new Mail(new SmtpSettings(
                "127.0.0.1",
                server.port(),
                SmtpSettings.Security.STARTTLS,
                Optional.of("imaint"),
                Optional.of(new Secret("password")),
                "imaint@example.com"));

        assertThat(mail.send(Notices.some("t", "b"), "anna@example.com")).isNotInstanceOf(Outcome.Delivered.class);
        assertThat(server.received()).isEmpty();
    }

    private Mail mail() {
        return new Mail(server.settings());
    }
}
